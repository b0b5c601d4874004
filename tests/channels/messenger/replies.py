"""Replies of the shipped bot, recorded from the conversation tests, for tests of how messengers show them."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from bot.runtime.messages import BotMessage

FILE = Path(__file__).with_name("replies.json")


@functools.lru_cache(maxsize=1)
def all_replies() -> tuple[tuple[BotMessage, ...], ...]:
    """Return every recorded reply, each with all its messages."""
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(tuple(BotMessage.from_dict(message) for message in reply) for reply in recorded)
