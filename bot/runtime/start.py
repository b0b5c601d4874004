"""From the settings to a runtime that is ready to answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.instance import Instance
from bot.runtime.apology import Apology
from bot.runtime.prepare import Say, prepare
from bot.settings import Settings
from bot.training import train_if_needed
from knowledge_base.store import active_build

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime

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
    prepared = prepare(settings, say)
    say("Das Modell wird geladen …")
    from bot.runtime.embedded import load_runtime  # Rasa: 15 seconds that nobody should wait for an error above

    apology = Apology(instance.agency.phone, instance.contact_id)
    checks = {"wissensbasis": lambda: _has_build(prepared.engine)}

    def load(model: Path) -> EmbeddedRuntime:
        return load_runtime(settings, apology, prepared.engine, model, checks=checks)

    try:
        runtime = load(prepared.model)
    except Exception:  # the chosen model is older than the code; without a choice it is that of today
        current = train_if_needed(settings, say)
        if current == prepared.model:
            raise
        say("Das gewählte Modell lässt sich nicht laden. Es antwortet das Modell zu den Trainingsdaten von heute.")
        runtime = load(current)
    asyncio.run(runtime.warm_up(WARM_UP))
    return runtime


def _has_build(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return active_build(connection) is not None
