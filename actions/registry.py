"""What the intent registry says: the subject of an intent and its German title."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import load_settings

_NOT_UNDERSTOOD = "action_clarify"


def registry() -> dict[str, dict[str, Any]]:
    """Return the entries of ``nlu_data/registry.yml`` by intent, as the file is now: staff add intents."""
    path = _path()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _path() -> Path:
    return load_settings().content_dir / "nlu_data" / "registry.yml"


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["intents"])


def subject_of(intent: str | None) -> str | None:
    """Topic that an intent implies, if any."""
    return registry().get(intent or "", {}).get("subject")


def title_of(intent: str) -> str:
    """German title of an intent, as it stands on a clarifying button."""
    return str(registry().get(intent, {}).get("title", intent))


def answer_of(intent: str | None) -> str:
    """Name of the action that answers an intent."""
    return _NOT_UNDERSTOOD if intent == "nlu_fallback" else str(registry()[intent or ""]["answer"])
