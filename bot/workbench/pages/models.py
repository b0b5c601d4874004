"""``/modelle``: train a candidate, see what it does better and worse, activate it, go back."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.curation.models import Model, Models
from bot.curation.texts import intent_titles
from bot.curation.training_job import LONGEST_NOTE, STAGES, TrainingJob
from bot.records.model_choices import ModelChoices
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import AUDIT, ENGINE, SETTINGS
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/modelle"
ENTRY = Entry(PATH, "Training & Modelle", Right.READ, "Hier lernt der Bot neue Sätze, und Sie prüfen, was er kann.")
MODELS: web.AppKey[Models] = web.AppKey("models", Models)
JOB: web.AppKey[TrainingJob] = web.AppKey("training_job", TrainingJob)
_ONE = PATH + "/{name:[0-9]{8}-[0-9]{6}-[0-9a-f]{12}[.]tar[.]gz}"


def set_up(app: web.Application) -> None:
    """Prepare the models of this installation."""
    app[MODELS] = Models(app[SETTINGS], ModelChoices(app[ENGINE]))
    app[JOB] = TrainingJob(app[SETTINGS])


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(PATH, show_all, Right.READ), get(PATH + "/stand", show_progress, Right.READ),
        post(PATH + "/training", train, Right.RELEASE), post(PATH + "/abbrechen", stop, Right.RELEASE),
        get(_ONE, show, Right.READ), post(_ONE + "/aktivieren", activate, Right.RELEASE),
    ]


async def show_all(request: web.Request) -> web.Response:
    """Show how far the training is, and all models."""
    models = request.app[MODELS]
    found, earlier = await asyncio.gather(asyncio.to_thread(models.all), asyncio.to_thread(models.earlier))
    return page(request, "models.html", {
        **await _progress(request), "models": found, "earlier": earlier, "longest": LONGEST_NOTE})


async def show_progress(request: web.Request) -> web.Response:
    """Show how far the training is: the part of the page that htmx renews."""
    progress = await _progress(request)
    answer = page(request, "_training.html", progress)
    if not progress["progress"].running:
        answer.headers["HX-Refresh"] = "true"
    return answer


async def train(request: web.Request) -> web.Response:
    """Start a training. From now on a model answers only if somebody activated it."""
    person, note = person_of(request), form_of(request).get("notiz", "")

    def start() -> None:
        request.app[MODELS].hold()
        request.app[JOB].start(person.title, note)
        request.app[AUDIT].add(person.name, "modell.training", note.strip()[:LONGEST_NOTE] or "ohne Notiz")

    await asyncio.to_thread(start)
    await go_on(request, PATH, "Das Training läuft. Der Bot antwortet währenddessen wie bisher.")


async def stop(request: web.Request) -> web.Response:
    """Stop the training."""
    await asyncio.to_thread(request.app[JOB].stop)
    await asyncio.to_thread(request.app[AUDIT].add, person_of(request).name, "modell.abgebrochen", "Training")
    await go_on(request, PATH, "Das Training wird abgebrochen. Der Bot antwortet wie bisher.")


async def show(request: web.Request) -> web.Response:
    """Show what was measured of one model."""
    model = await _model(request)
    titles = await asyncio.to_thread(intent_titles, request.app[SETTINGS].content_dir)
    return page(request, "model.html", {
        "model": model, "titles": {**titles, "nlu_fallback": "fragt nach"}, "may": _may(request)})


async def activate(request: web.Request) -> web.Response:
    """Let this model answer."""
    model = await _model(request)
    await asyncio.to_thread(request.app[MODELS].activate, model.name, person_of(request))
    await go_on(request, PATH, "Aktiviert. Der Bot lädt das Modell und antwortet in etwa einer halben Minute damit. "
                               "Laufende Gespräche gehen weiter.")


async def _progress(request: web.Request) -> dict[str, Any]:
    progress = await asyncio.to_thread(request.app[JOB].progress)
    return {"progress": progress, "stages": STAGES, "may": _may(request)}


async def _model(request: web.Request) -> Model:
    try:
        return await asyncio.to_thread(request.app[MODELS].get, request.match_info["name"])
    except LookupError:
        raise web.HTTPNotFound from None


def _may(request: web.Request) -> bool:
    return Right.RELEASE in person_of(request).rights
