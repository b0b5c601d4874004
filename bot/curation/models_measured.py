"""Measure a model: held-out sentences, what they name, whole conversations; and what is worse than in another one."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.curation import models_conversations, models_eligibility
from bot.curation.model_reports import Area, ModelReport, Readings
from bot.curation.models_areas import (
    ENTITLED,
    TALKED,
    Named,
    below_floors,
    counted_area,
    failed_before,
    named,
    named_area,
    worse_in,
)
from bot.curation.nlu_data import NluData
from bot.database import create_engine_from, open_engine
from bot.settings import Settings
from knowledge_base.content import Catalogue
from knowledge_base.store import KnowledgeStore, active_build

_BINS = 10


@dataclass(frozen=True)
class Measured:
    """What was measured of one model."""

    readings: Readings
    calibration: float | None
    """How far confidence and truth are apart, on average; ``None`` without sentences."""
    parsed: Mapping[str, Mapping[str, Any]]
    """Text → parse data."""
    failed_conversations: list[str] | None
    """``None`` if there are none recorded."""


def measured(settings: Settings, model: Path, data: NluData) -> Measured:
    """Let a model understand all held-out sentences, whole pipeline with gates and asking back, and talk.

    Raises:
        NavigatorError: If it was not trained here.
    """
    from bot.runtime.quiet import quiet_rasa
    from bot.runtime.signing import require_signed

    quiet_rasa()
    from rasa.core.agent import Agent

    require_signed(model, settings)
    agent = Agent.load(model)
    meant = {intent: [each.text for each in sentences] for intent, sentences in data.held_out.items()
             if intent in data.registry}
    texts = dict.fromkeys(text for found in (*meant.values(), *_further(data)) for text in found)

    async def read() -> dict[str, Mapping[str, Any]]:
        return {text: await agent.parse_message(text) for text in texts}

    parsed = asyncio.run(read())
    readings = {intent: [(text, str(parsed[text]["intent"]["name"])) for text in found]
                for intent, found in meant.items()}
    return Measured(readings, _calibration(meant, parsed), parsed, _failed_conversations(settings, model))


def areas_of(
    settings: Settings, data: NluData, now: Measured, before: Measured | None, report: ModelReport | None
) -> tuple[list[Area], list[str]]:
    """Return what was measured beside the intents, and German sentences on why the model must not answer.

    Args:
        settings: Where the content lies.
        data: The held-out sentences.
        now: The new model.
        before: The model in use.
        report: What was measured of the model in use at its time.
    """
    areas, problems, root = [], [], settings.content_dir
    catalogue = _live_catalogue(settings)
    if catalogue is not None:
        found = _named(data, now, catalogue)
        areas.append(named_area(found, _named(data, before, catalogue) if before else None))
        problems += below_floors(found, root)
        if (root / models_eligibility.FOLDER).is_dir():
            failed, total = models_eligibility.failing(catalogue, root / models_eligibility.FOLDER)
            areas.append(counted_area(ENTITLED, failed, total, failed_before(report, ENTITLED) or []))
    if now.failed_conversations is not None:
        total = len(models_conversations.load_conversations(root / models_conversations.FOLDER))
        known = before.failed_conversations if before else None
        areas.append(counted_area(TALKED, now.failed_conversations, total, known))
    return areas, [*problems, *worse_in(areas)]


def _named(data: NluData, found: Measured, catalogue: Catalogue) -> Named:
    return named(data, found.parsed, catalogue.places)


def _further(data: NluData) -> list[list[str]]:
    return [[each.text for each in sentences] for sentences in (*data.held_out.values(), *data.entities.values())]


def _live_catalogue(settings: Settings) -> Catalogue | None:
    """The catalogue from which the bot answers now; ``None`` if nothing was built yet."""
    engine = create_engine_from(settings)
    with engine.connect() as connection:
        built = active_build(connection) is not None
    return KnowledgeStore(engine).catalogue() if built else None


def _calibration(meant: Mapping[str, list[str]], parsed: Mapping[str, Mapping[str, Any]]) -> float | None:
    """The expected calibration error of the likeliest intent."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for intent, texts in meant.items():
        for text in texts:
            ranking = [each for each in parsed[text].get("intent_ranking") or () if each["name"] != "nlu_fallback"]
            sure = float(ranking[0]["confidence"]) if ranking else 0.0
            right = bool(ranking) and ranking[0]["name"] == intent
            bins.setdefault(min(int(sure * _BINS), _BINS - 1), []).append((sure, right))
    number = sum(map(len, bins.values()))
    apart = sum(abs(sum(sure for sure, _ in pairs) - sum(right for _, right in pairs)) for pairs in bins.values())
    return apart / number if number else None


def _failed_conversations(settings: Settings, model: Path) -> list[str] | None:
    """Play the recorded conversations in a database of their own; the knowledge base is the one that is live."""
    conversations = models_conversations.load_conversations(settings.content_dir / models_conversations.FOLDER)
    if not conversations:
        return None
    from actions import services
    from bot.instance import load_instance
    from bot.records.callbacks import CallbackStore
    from bot.runtime.apology import Apology
    from bot.runtime.embedded import load_runtime
    from knowledge_base.migrate import upgrade

    instance = load_instance(settings)
    with tempfile.TemporaryDirectory(prefix="gespraeche-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'gespraeche.db'}")
        upgrade(engine)
        store = KnowledgeStore(create_engine_from(settings))
        services.use(services.Services(store, instance, callbacks=CallbackStore(engine)))
        try:
            runtime = load_runtime(settings, Apology(instance.agency.phone, instance.contact_id), engine, model)
            return asyncio.run(models_conversations.failing(runtime, conversations))
        finally:
            services.use(None)
            engine.dispose()
