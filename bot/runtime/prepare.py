"""Everything that must be up to date before people may write: tables, catalogue, model."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.clock import today
from bot.database import create_engine_from
from bot.records.model_choices import ModelChoices
from bot.settings import Settings
from bot.training import fingerprint, train_if_needed
from knowledge_base.build import build, content_hash, is_current
from knowledge_base.checks import check_directory
from knowledge_base.migrate import upgrade
from knowledge_base.problems import CatalogueError, errors

AGEING_RULES = frozenset({"status_fits_dates"})
"""Rules that a record may come to break just because a day passes: no reason not to start, every answer looks at the
dates itself."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Prepared:
    """What a runtime is loaded from."""

    engine: sa.Engine
    model: Path


def timed(say: Say, clock: Callable[[], float] = time.monotonic) -> Say:
    """Return a function that says lines with the seconds since now in front."""
    start = clock()
    return lambda line: say(f"[{clock() - start:5.1f} s] {line}")


def prepare(settings: Settings, say: Say) -> Prepared:
    """Bring everything up to date.

    Args:
        settings: The settings in force.
        say: Takes German lines of progress.

    Raises:
        NavigatorError: If something cannot be brought up to date.
    """
    engine = prepare_database(settings, say)
    return Prepared(engine, choose_model(settings, engine, say))


def choose_model(settings: Settings, engine: sa.Engine, say: Say) -> Path:
    """Return the model that staff chose, else that of the training data, which is trained if it is missing.

    Raises:
        NavigatorError: If the training fails.
    """
    keep = ModelChoices(engine).in_use()
    return _chosen(settings, engine, say) or train_if_needed(settings, say, keep=keep)


def _chosen(settings: Settings, engine: sa.Engine, say: Say) -> Path | None:
    """The model that staff activated, if it is still there."""
    name = ModelChoices(engine).active()
    if name is None:
        return None
    model = settings.model_dir / name
    if not model.is_file():
        say(f"Das gewählte Modell {name} fehlt.")
        return None
    old = "" if fingerprint(settings) in name else " Die Trainingsdaten sind neuer: Trainieren Sie in der Werkbank."
    say(f"Es antwortet das gewählte Modell {name}.{old}")
    return model


def prepare_database(settings: Settings, say: Say) -> sa.Engine:
    """Bring tables and catalogue up to date and return the engine."""
    engine = create_engine_from(settings)
    upgrade(engine)
    say("Die Datenbank ist bereit.")
    wanted = content_hash(settings.catalogue_dir)
    if is_current(engine, wanted):
        say("Die Wissensbasis ist aktuell.")
        return engine
    catalogue, problems = check_directory(settings.catalogue_dir, today())
    stopping = [problem for problem in errors(problems) if problem.rule not in AGEING_RULES]
    if stopping:
        raise CatalogueError(stopping)
    build(engine, catalogue, wanted)
    say(f"Die Wissensbasis ist neu gebaut: {len(catalogue.programmes)} Programme, {len(catalogue.contacts)} "
        "Ansprechstellen.")
    return engine
