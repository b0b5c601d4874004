"""``/trainingsdaten/neu``: a new intent with all its files, as one proposal."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import web

from bot.curation.corpus import Corpus, Located
from bot.curation.training_edits import lines_of
from bot.curation.training_new_intent import NewIntent, choices, new_intent
from bot.errors import NavigatorError
from bot.records.editorial_tasks import Task, TaskKind, TaskStore
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE
from bot.workbench.pages.proposals import CURATION
from bot.workbench.pages.training_data import PATH as TRAINING
from bot.workbench.pages.training_data import corpus_of, propose
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from knowledge_base.problems import errors

PATH = TRAINING + "/neu"
_FIELDS = {"title": "titel", "topic": "thema", "importance": "gewicht", "owner": "zustaendig", "answer": "antwort",
           "text": "text", "plain_text": "einfach", "description": "beschreibung"}
_SHOWN = 3


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show, Right.EDIT), post(PATH, propose_new, Right.EDIT)]


async def show(request: web.Request) -> web.Response:
    """Show the form; with the question of a task, if it came from the inbox."""
    task = await _task(request, request.query.get("aufgabe", ""))
    wanted = NewIntent(training=[task.text] if task else [], description=task.note if task else "")
    return await _page(request, wanted, [], task.number if task else "")


async def propose_new(request: web.Request) -> web.Response:
    """Propose the intent; with „vorab“ only show the form with the sentences that shall move into it."""
    form, corpus = form_of(request), await corpus_of(request)
    leaving = [found for each in form.getall("satz", []) if (found := corpus.sentence(each))]
    wanted = NewIntent(**{field: form.get(name, "").strip() for field, name in _FIELDS.items()},
                       training=lines_of(form.get("saetze", "")), held_out=lines_of(form.get("pruefsaetze", "")))
    number = form.get("aufgabe", "")
    if "vorab" in form:
        return await _page(request, NewIntent(), leaving, "")
    try:
        await asyncio.to_thread(_refuse_wrong, request, corpus, wanted, leaving)
        reason = " ".join(filter(None, [form.get("grund", "").strip(), f"Aufgabe {number}" if number else ""]))
        await propose(request, f"Neue Absicht „{wanted.title}“", reason,
                      lambda corpus: new_intent(corpus, wanted, leaving))
    except NavigatorError as error:
        return await _page(request, wanted, leaving, number, str(error))
    raise AssertionError("propose always leads on")


def _refuse_wrong(request: web.Request, corpus: Corpus, wanted: NewIntent, leaving: list[Located]) -> None:
    """Say at once what would keep a second person from releasing it."""
    found = errors(request.app[CURATION].proposals.check(new_intent(corpus, wanted, leaving)))
    if found:
        raise NavigatorError(" ".join(f"{each.path}: {each.text}" for each in found[:_SHOWN]))


async def _task(request: web.Request, number: str) -> Task | None:
    tasks = await asyncio.to_thread(TaskStore(request.app[ENGINE]).open_tasks) if number else []
    return next((each for each in tasks if each.number == number and each.kind is TaskKind.INTENT), None)


async def _page(request: web.Request, wanted: NewIntent, leaving: list[Located], task: str, problem: str = ""
                ) -> web.Response:
    corpus = await corpus_of(request)
    return page(request, "training_new.html", {
        "wanted": wanted, "choices": choices(corpus), "leaving": leaving, "task": task, "problem": problem,
        "titles": corpus.titles, "reason": form_of(request).get("grund", "") if problem else "",
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)
