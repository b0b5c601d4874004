"""``/trainingsdaten``: the intents, and the sentences of one. What one changes is a proposal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.curation.corpus import Corpus, Located
from bot.curation.edits import Edit
from bot.curation.model_reports import ModelReport
from bot.curation.training_edits import MOST, added, changed, lines_of, merged, moved, removed
from bot.curation.training_overview import IntentRow, overview, row_of
from bot.errors import NavigatorError
from bot.records.proposals import TITLES
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.navigation import Entry
from bot.workbench.pages.inbox import INBOX
from bot.workbench.pages.models import MODELS
from bot.workbench.pages.proposals import CURATION, acting
from bot.workbench.pages.proposals import PATH as PROPOSALS
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from knowledge_base.text import fold

PATH = "/trainingsdaten"
ENTRY = Entry(PATH, "Trainingsdaten", Right.READ,
              "Hier stehen die Sätze, aus denen der Bot lernt, und die, mit denen wir ihn prüfen.")
KIND = "trainingsdaten"
PER_PAGE = 100
_LOOKED_UP = 5
"""So many of the typed lines are compared with all sentences, the last ones."""
INTENT = PATH + "/absicht/{absicht:[a-z][a-z0-9_]{1,60}}"
SENTENCE = PATH + "/satz/{satz:[tm]-[0-9a-f]{20}}"


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(PATH, show_all, Right.READ), post(PATH + "/pruefen", look_up, Right.READ),
        get(INTENT, show, Right.READ), post(INTENT + "/ergaenzen", add, Right.EDIT),
        post(INTENT + "/auswahl", choose, Right.EDIT), post(INTENT + "/zusammenlegen", merge, Right.EDIT),
        get(SENTENCE, show_one, Right.READ), post(SENTENCE, change, Right.EDIT),
    ]


async def corpus_of(request: web.Request) -> Corpus:
    """Return all sentences as they are now."""
    return await asyncio.to_thread(request.app[INBOX].corpora.now)


def sentence_of(request: web.Request, corpus: Corpus) -> Located:
    """Return the sentence that an address names."""
    found = corpus.sentence(request.match_info["satz"])
    if found is None:
        raise web.HTTPNotFound
    return found


async def propose(request: web.Request, title: str, reason: str, edits: Callable[[Corpus], Sequence[Edit]],
                  seen: dict[str, str] | None = None) -> None:
    """Make edits of the sentences as they are now, submit them as one proposal, and go there."""
    corpus, proposals = await corpus_of(request), request.app[CURATION].proposals

    def make() -> str:
        made = proposals.draft(acting(request), title, KIND, reason.strip() or "Pflege der Trainingsdaten",
                               edits(corpus), seen=seen)
        return proposals.submit(made.number, acting(request)).number

    number = await asyncio.to_thread(make)
    await go_on(request, f"{PROPOSALS}/{number}",
                "Vorgeschlagen. Eine zweite Person gibt es frei, danach wirkt es mit dem nächsten Training.")


async def show_all(request: web.Request) -> web.Response:
    """Show the intents."""
    corpus, report = await corpus_of(request), await _report(request)
    rows = await asyncio.to_thread(overview, corpus, report)
    wanted = request.query.get("suche", "").strip()[:100]
    found = [row for row in rows if fold(wanted) in fold(f"{row.title} {row.name} {row.owner}")]
    if "hinweise" in request.query:
        found = [row for row in found if row.hints]
    if request.query.get("reihe") == "schwach":
        found = sorted(found, key=lambda row: 2.0 if row.f1 is None else row.f1)
    return page(request, "training_data.html", {
        "rows": found, "all": len(rows), "wanted": wanted, "hints_only": "hinweise" in request.query,
        "order": request.query.get("reihe", ""), "report": report, "may_edit": _may_edit(request)})


async def show(request: web.Request) -> web.Response:
    """Show one intent with its sentences."""
    return await _intent(request)


async def add(request: web.Request) -> web.Response:
    """Propose more sentences, one per line."""
    form, intent = form_of(request), request.match_info["absicht"]
    measures = form.get("wohin") == "messen"
    texts = lines_of(form.get("saetze", ""))
    try:
        if not texts or len(texts) > MOST:
            raise NavigatorError(f"Schreiben Sie einen Satz je Zeile, höchstens {MOST} auf einmal.")
        await propose(request, f"{_many(len(texts))} für „{(await corpus_of(request)).title(intent)}“",
                      form.get("grund", ""), lambda corpus: added(corpus, intent, texts, measures=measures))
    except NavigatorError as error:
        return await _intent(request, str(error))
    raise AssertionError("propose always leads on")


async def choose(request: web.Request) -> web.Response:
    """Propose to take the chosen sentences out, or to move them to another intent."""
    form, intent = form_of(request), request.match_info["absicht"]
    corpus, chosen = await corpus_of(request), form.getall("satz", [])
    sentences = [found for each in chosen if (found := corpus.sentence(each)) and found.place.intent == intent]
    number, title = _many(len(sentences)), corpus.title(intent)
    try:
        if len(sentences) < len(chosen):
            raise NavigatorError("Jemand hat einen dieser Sätze inzwischen geändert – wählen Sie noch einmal aus.")
        if form.get("tun") == "streichen":
            await propose(request, f"{number} bei „{title}“ streichen", form.get("grund", ""),
                          lambda corpus: removed(corpus, sentences))
        target = corpus.intent(form.get("ziel", ""))
        await propose(request, f"{number} von „{title}“ zu „{corpus.title(target)}“", form.get("grund", ""),
                      lambda corpus: moved(corpus, sentences, target))
    except NavigatorError as error:
        return await _intent(request, str(error))
    raise AssertionError("propose always leads on")


async def merge(request: web.Request) -> web.Response:
    """Propose to put the whole intent to another."""
    form, intent, corpus = form_of(request), request.match_info["absicht"], await corpus_of(request)
    try:
        target = corpus.intent(form.get("ziel", ""))
        await propose(request, f"„{corpus.title(intent)}“ mit „{corpus.title(target)}“ zusammenlegen",
                      form.get("grund", ""), lambda corpus: merged(corpus, intent, target))
    except NavigatorError as error:
        return await _intent(request, str(error))
    raise AssertionError("propose always leads on")


async def show_one(request: web.Request) -> web.Response:
    """Show one sentence."""
    return await _sentence(request)


async def change(request: web.Request) -> web.Response:
    """Propose other words for a sentence, or take it out."""
    form, located = form_of(request), sentence_of(request, await corpus_of(request))
    title = (await corpus_of(request)).title(located.place.intent)
    try:
        if form.get("tun") == "streichen":
            await propose(request, f"1 Satz bei „{title}“ streichen", form.get("grund", ""),
                          lambda corpus: removed(corpus, [located]))
        await propose(request, f"Satz bei „{title}“ ändern", form.get("grund", ""),
                      lambda corpus: changed(corpus, located, form.get("text", "")))
    except NavigatorError as error:
        return await _sentence(request, str(error))
    raise AssertionError("propose always leads on")


async def look_up(request: web.Request) -> web.Response:
    """Show which sentences say nearly the same: the part of a page that htmx renews while somebody types."""
    form, corpus = form_of(request), await corpus_of(request)
    texts = lines_of(form.get("text") or form.get("saetze", ""))[-_LOOKED_UP:]

    def find() -> list[tuple[Located, float]]:
        return [found for text in texts for found in corpus.alike(text, 3)]

    return page(request, "_training_alike.html", {
        "alike": await asyncio.to_thread(find), "intent": form.get("absicht", ""), "titles": corpus.titles,
        "typed": bool(texts)})


async def _intent(request: web.Request, problem: str = "") -> web.Response:
    name, corpus = request.match_info["absicht"], await corpus_of(request)
    row = row_of(corpus, name, await _report(request))
    if row is None:
        raise web.HTTPNotFound
    sent = form_of(request) if problem else {}
    return page(request, "training_intent.html", {
        "row": row, **_listed(request, corpus, name), **await _open_proposals(request, corpus, row),
        "problem": problem, "sent": sent, "titles": corpus.titles, "may_edit": _may_edit(request),
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


def _listed(request: web.Request, corpus: Corpus, intent: str) -> dict[str, Any]:
    """One page of the sentences that somebody looks for."""
    measures, wanted = request.query.get("art") == "messen", request.query.get("suche", "").strip()[:100]
    found = [each for each in corpus.sentences(intent, measures=measures) if fold(wanted) in fold(each.sentence.text)]
    pages = max(1, -(-len(found) // PER_PAGE))
    asked = request.query.get("seite", "")
    number = min(max(1, int(asked) if asked.isdecimal() and len(asked) < 6 else 1), pages)
    return {"sentences": found[(number - 1) * PER_PAGE:number * PER_PAGE], "count": len(found), "number": number,
            "pages": pages, "measures": measures, "wanted": wanted}


async def _open_proposals(request: web.Request, corpus: Corpus, row: IntentRow) -> dict[str, Any]:
    files = [corpus.file(row.name, measures=measures) for measures in (False, True)]
    found = await asyncio.to_thread(request.app[CURATION].proposals.store.open_on, files)
    return {"proposals": found, "states": TITLES}


async def _sentence(request: web.Request, problem: str = "") -> web.Response:
    corpus = await corpus_of(request)
    located = sentence_of(request, corpus)
    others = [pair for pair in corpus.alike(located.sentence.text, 6) if pair[0] != located]
    sent = form_of(request) if problem else {}
    return page(request, "training_sentence.html", {
        "located": located, "title": corpus.title(located.place.intent), "alike": others, "problem": problem,
        "text": sent.get("text", located.sentence.text), "titles": corpus.titles, "typed": False,
        "intent": located.place.intent, "may_edit": _may_edit(request),
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


async def _report(request: web.Request) -> ModelReport | None:
    return await asyncio.to_thread(request.app[MODELS].newest_report)


def _may_edit(request: web.Request) -> bool:
    return Right.EDIT in person_of(request).rights


def _many(number: int) -> str:
    return f"{number} {'Satz' if number == 1 else 'Sätze'}"


