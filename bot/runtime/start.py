"""From the settings to a runtime that is ready to answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.instance import Instance
from bot.log import get_logger
from bot.long_lived import keep_for_good
from bot.records.conversations import ConversationStore
from bot.runtime.apology import Apology
from bot.runtime.buttons import load_buttons
from bot.runtime.fixed_texts import load_responses
from bot.runtime.prepare import Say, choose_model, prepare_database
from bot.runtime.searching import SearchingRuntime, load_action_classes
from bot.runtime.without_model import RuntimeWithoutModel
from bot.settings import Settings
from bot.training import train_if_needed
from knowledge_base.store import active_build

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime

_log = get_logger(__name__)
WARM_UP = "Welche Förderung gibt es in Hagen für einen Betrieb?"


def start_runtime(settings: Settings, instance: Instance, say: Say) -> EmbeddedRuntime:
    """Bring everything up to date and load the runtime.

    Args:
        settings: The settings in force.
        instance: The agency the bot speaks for.
        say: Takes German lines of progress.

    Raises:
        NavigatorError: If anything stands in the way.
    """
    return _with_model(settings, instance, prepare_database(settings, say), say)


def start_in_any_case(settings: Settings, instance: Instance, say: Say) -> EmbeddedRuntime | RuntimeWithoutModel:
    """Do the same; if there is no model that can be loaded, search the catalogue until there is one.

    Raises:
        NavigatorError: If database, catalogue or the files of the bot stand in the way.
    """
    engine = prepare_database(settings, say)
    try:
        return _with_model(settings, instance, engine, say)
    except Exception as error:  # people find programmes and contacts all the same
        _log.error("runtime.without_model", error)
        reason = str(error) if isinstance(error, NavigatorError) else type(error).__name__
        say(f"[WARNUNG] Kein Modell lässt sich laden ({reason}) – der Bot sucht nur nach Stichwörtern. Trainieren "
            "Sie ein Modell und wählen Sie es in der Werkbank, oder starten Sie neu.")
    folder, apology = settings.content_dir / "nlu_data", Apology(instance.agency.phone, instance.contact_id)
    load_action_classes()
    searching = SearchingRuntime(
        load_buttons(folder / "buttons.yml"), apology, load_responses(folder / "responses"),
        ConversationStore(engine).erase, lambda: _has_build(engine))
    return RuntimeWithoutModel(searching, lambda model: _load(settings, instance, engine, model))


def _with_model(settings: Settings, instance: Instance, engine: sa.Engine, say: Say) -> EmbeddedRuntime:
    chosen = choose_model(settings, engine, say)
    say("Das Modell wird geladen …")
    try:
        runtime = _load(settings, instance, engine, chosen)
    except Exception:  # the chosen model is older than the code; without a choice it is that of today
        current = train_if_needed(settings, say)
        if current == chosen:
            raise
        say("Das gewählte Modell lässt sich nicht laden. Es antwortet das Modell zu den Trainingsdaten von heute.")
        runtime = _load(settings, instance, engine, current)
    asyncio.run(runtime.warm_up(WARM_UP))
    keep_for_good()
    return runtime


def _load(settings: Settings, instance: Instance, engine: sa.Engine, model: Path) -> EmbeddedRuntime:
    from bot.runtime.embedded import load_runtime  # Rasa: 15 seconds that nobody should wait for an error before

    apology = Apology(instance.agency.phone, instance.contact_id)
    return load_runtime(settings, apology, engine, model, checks={"wissensbasis": lambda: _has_build(engine)})


def _has_build(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return active_build(connection) is not None
