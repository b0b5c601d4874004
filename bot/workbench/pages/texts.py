"""``/texte``: what the bot always says the same way. A change is a proposal; it needs no training."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from bot.curation.readability import grade, hints
from bot.curation.texts import LONGEST, FixedText, edits_of, load_texts, placeholders
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import SETTINGS
from bot.workbench.navigation import Entry
from bot.workbench.pages.proposals import CURATION, acting
from bot.workbench.pages.proposals import PATH as PROPOSALS
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from bot.workbench.text_preview import Preview, previews
from knowledge_base.problems import errors

PATH = "/texte"
ENTRY = Entry(PATH, "Texte", Right.READ, "Hier ändern Sie, was der Bot immer gleich sagt.")
_ONE = PATH + "/{name:utter_[a-z_]{1,80}}"


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show_all, Right.READ), get(_ONE, show, Right.READ), post(_ONE, propose, Right.EDIT)]


async def show_all(request: web.Request) -> web.Response:
    """Show all texts."""
    return page(request, "texts.html", {"texts": await asyncio.to_thread(_load, request)})


async def show(request: web.Request) -> web.Response:
    """Show one text."""
    text = await _text(request)
    return _page(request, text, text.variants)


async def propose(request: web.Request) -> web.Response:
    """Take another wording; with „pruefen“ only show how it looks, else propose it."""
    text, form = await _text(request), form_of(request)
    wanted = [form.get(f"text{number}", "").strip() for number in range(len(text.variants))]
    curation, reason = request.app[CURATION], form.get("grund", "").strip()
    try:
        edits = edits_of(text, wanted)
        problems = errors(await asyncio.to_thread(curation.proposals.check, edits))
        if problems:
            raise NavigatorError(" ".join(problem.text for problem in problems[:3]))
        if "pruefen" in form:
            return _page(request, text, wanted, reason)
        if not reason:
            raise NavigatorError("Schreiben Sie dazu, warum sich der Text ändert.")
        made = await asyncio.to_thread(
            lambda: curation.proposals.draft(acting(request), f"Text „{text.title}“", "texte", reason, edits,
                                             seen={text.path: form.get("gesehen", "")}))
        await asyncio.to_thread(curation.proposals.submit, made.number, acting(request))
    except NavigatorError as error:
        return _page(request, text, wanted, reason, str(error))
    await go_on(request, f"{PROPOSALS}/{made.number}", "Vorgeschlagen. Eine zweite Person gibt den Text frei.")


def _load(request: web.Request) -> list[FixedText]:
    return load_texts(request.app[CURATION].contents, request.app[SETTINGS].content_dir)


async def _text(request: web.Request) -> FixedText:
    found = await asyncio.to_thread(_load, request)
    text = next((each for each in found if each.name == request.match_info["name"]), None)
    if text is None:
        raise web.HTTPNotFound
    return text


@dataclass(frozen=True)
class _Variant:
    """One wording of a text on the page."""

    number: int
    title: str
    words: str
    hints: Sequence[str]
    grade: int | None
    previews: Sequence[Preview]


def _variant(text: FixedText, number: int, words: str) -> _Variant:
    plain = number == text.plain
    return _Variant(number, "In einfacher Sprache" if plain else "Für alle", words, hints(words, plain), grade(words),
                    previews(words, text.buttons))


def _page(request: web.Request, text: FixedText, wanted: Sequence[str], reason: str = "", problem: str = ""
          ) -> web.Response:
    return page(request, "text.html", {
        "text": text, "variants": [_variant(text, number, words) for number, words in enumerate(wanted)],
        "placeholders": placeholders(" ".join(text.variants)), "reason": reason, "problem": problem,
        "longest": LONGEST, "may_edit": Right.EDIT in person_of(request).rights,
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)
