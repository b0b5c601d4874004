"""The store of this process, opened at first use from the environment, and what is derived from its current build."""

from __future__ import annotations

from functools import lru_cache

from bot.database import create_engine_from
from bot.settings import load_settings
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.store import KnowledgeStore


@lru_cache(maxsize=1)
def store() -> KnowledgeStore:
    """Return the store of this process."""
    return KnowledgeStore(create_engine_from(load_settings()))


def recogniser() -> Recogniser:
    """Return the recogniser of the build that is live now."""
    return store().derived(Recogniser)
