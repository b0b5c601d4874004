"""``/trainingsdaten/probe``: how the model that answers and another one understand a sentence."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.curation.models import Model
from bot.curation.models_loaded import LoadedModel, Understood, understood
from bot.curation.training_edits import LONGEST, plain
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.keys import PARSE, SETTINGS
from bot.workbench.pages.models import MODELS
from bot.workbench.pages.training_data import PATH as TRAINING
from bot.workbench.pages.training_data import corpus_of
from bot.workbench.rendering import page
from bot.workbench.routes import get

PATH = TRAINING + "/probe"
OTHER: web.AppKey[LoadedModel] = web.AppKey("other_model", LoadedModel)
KINDS = {"place": "Ort", "place_outside": "Ort außerhalb", "place_ambiguous": "Ort, mehrdeutig",
         "programme": "Programm", "employees": "Beschäftigte", "employees_range": "Beschäftigte",
         "audience": "Zielgruppe", "topic": "Thema"}
"""What people read; the rest stays as it is."""


def set_up(app: web.Application) -> None:
    """Be ready to load a model beside the one that answers."""
    app[OTHER] = LoadedModel()


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show, Right.READ)]


async def show(request: web.Request) -> web.Response:
    """Show the form, and both readings of a sentence."""
    text = plain(request.query.get("satz", ""))[:LONGEST]
    models = await asyncio.to_thread(request.app[MODELS].all)
    in_use = next((model for model in models if model.is_in_use), None)
    others = [model for model in models if not model.is_in_use]
    chosen = next((model for model in others if model.name == request.query.get("modell")), None)
    corpus, problem = await corpus_of(request), ""
    now = other = None
    try:
        now = await _now(request, in_use, text) if text else None
        other = await _read(request, chosen, text) if text and chosen else None
    except NavigatorError as error:
        problem = str(error)
    return page(request, "training_try.html", {
        "text": text, "models": others, "chosen": chosen,
        "readings": [("Antwortet gerade", now), ("Zum Vergleich", other)],
        "problem": problem, "titles": {**corpus.titles, "nlu_fallback": "fragt nach"}, "kinds": KINDS,
        "stands": corpus.place(text) if text else None, "longest": LONGEST})


async def _now(request: web.Request, in_use: Model | None, text: str) -> Understood | None:
    """What the model says that answers: in memory if the service runs here, else loaded for that."""
    parse = request.app.get(PARSE)
    return understood(await parse(text)) if parse else await _read(request, in_use, text)


async def _read(request: web.Request, model: Model | None, text: str) -> Understood | None:
    if model is None:
        return None
    return understood(await request.app[OTHER].parse(request.app[SETTINGS].model_dir / model.name, text))
