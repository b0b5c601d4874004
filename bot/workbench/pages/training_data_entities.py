"""``…/gemeintes``: say what a held-out sentence names, by choosing its words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.curation.corpus import Located
from bot.curation.training_edits import annotated
from bot.curation.training_entities import (
    KINDS,
    Label,
    entities_of,
    label_from,
    labels_of,
    names,
    read,
    title_of,
)
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import STORE
from bot.workbench.pages.records import choices_for
from bot.workbench.pages.training_data import SENTENCE, corpus_of, propose, sentence_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from knowledge_base.recognise.recogniser import Recogniser

PATH = SENTENCE + "/gemeintes"


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show, Right.EDIT), post(PATH, take, Right.EDIT)]


async def show(request: web.Request) -> web.Response:
    """Show what somebody read in the sentence."""
    located = await _located(request)
    return await _page(request, located, labels_of(located.sentence.entities))


async def take(request: web.Request) -> web.Response:
    """Add what the chosen words mean, or propose what is ticked."""
    form, located = form_of(request), await _located(request)
    may = set(form.getall("darf", []))
    labels: list[Label] = []
    try:
        labels = [label_from(each, each not in may) for each in form.getall("angabe", [])]
        if form.get("tun") == "zuordnen":
            added = await _read(request, located)
            known = {each.id for each in labels}
            return await _page(request, located, [*labels, *(each for each in added if each.id not in known)])
        title = (await corpus_of(request)).title(located.place.intent)
        wanted = None if form.get("tun") == "leeren" else entities_of(labels)
        await propose(request, f"Gemeintes in einem Prüfsatz von „{title}“", form.get("grund", ""),
                      lambda corpus: annotated(corpus, located, wanted))
    except NavigatorError as error:
        return await _page(request, located, labels, str(error))
    raise AssertionError("propose always leads on")


async def _read(request: web.Request, located: Located) -> Sequence[Label]:
    form, words = form_of(request), located.sentence.text.split()
    chosen = sorted({int(each) for each in form.getall("wort", []) if each.isdecimal() and int(each) < len(words)})
    text = form.get("name", "").strip() or " ".join(words[at] for at in chosen).strip(".,;:!?–„“\"()")
    recogniser = await asyncio.to_thread(request.app[STORE].derived, Recogniser)
    return read(text, form.get("art", ""), recogniser.find, await choices_for(request))


async def _located(request: web.Request) -> Located:
    located = sentence_of(request, await corpus_of(request))
    if not located.place.measures:
        raise web.HTTPNotFound
    return located


async def _page(request: web.Request, located: Located, labels: Sequence[Label], problem: str = "") -> web.Response:
    choices = await choices_for(request)
    sent: Any = form_of(request) if problem else {}
    return page(request, "training_entities.html", {
        "located": located, "title": (await corpus_of(request)).title(located.place.intent), "kinds": KINDS,
        "labels": [(each, title_of(each, choices)) for each in labels], "words": located.sentence.text.split(),
        "names": names(choices), "read": located.sentence.entities is not None, "problem": problem,
        "chosen": sent.getall("wort", []) if problem else [], "kind": sent.get("art", ""),
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)
