"""What actions work with: the knowledge base, the agency, the day. Actions are created without arguments by Rasa,
so they ask here; tests put their own services in place with ``use``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Callable
from zoneinfo import ZoneInfo

from bot.database import create_engine_from
from bot.instance import Instance, load_instance
from bot.records.callbacks import CallbackStore
from bot.settings import load_settings
from knowledge_base import access
from knowledge_base.next_question import next_fact
from knowledge_base.store import KnowledgeStore

_BERLIN = ZoneInfo("Europe/Berlin")


def _today() -> dt.date:
    return dt.datetime.now(_BERLIN).date()


def _callbacks() -> CallbackStore:
    return CallbackStore(create_engine_from(load_settings()))


@dataclass(frozen=True)
class Services:
    """Collaborators of all actions."""

    store: KnowledgeStore
    instance: Instance
    today: Callable[[], dt.date] = _today
    callbacks: CallbackStore = field(default_factory=_callbacks)
    next_fact: Callable[..., str | None] = next_fact
    """Chooses the next question (``knowledge_base.next_question``); a measurement compares another order."""


_in_use: Services | None = None


@lru_cache(maxsize=1)
def _default() -> Services:
    settings = load_settings()
    return Services(access.store(), load_instance(settings))


def services() -> Services:
    """Return the services in use: those of a test, else those of this process."""
    return _in_use or _default()


def use(chosen: Services | None) -> None:
    """Put other services in place; ``None`` returns to the default."""
    global _in_use
    _in_use = chosen
