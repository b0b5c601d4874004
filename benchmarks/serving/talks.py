"""What the people of the measurement write: the turns of our test conversations that are typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.settings import REPOSITORY

FILES = ("foerderung", "folgefragen", "programm", "kontakt", "foerdercheck", "zusammenfassung")
"""Conversations without call-backs and without erasure."""
PERIOD = 24
"""After so many turns a long conversation begins anew, so that early and late turns can be compared."""
Talk = Sequence[str]


def load_talks(folder: Path = REPOSITORY / "tests" / "conversations") -> list[Talk]:
    """Return the conversations, each with at least two messages."""
    found: list[Any] = []
    for name in FILES:
        found += yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))
    talks = [[turn["text"] for turn in each["turns"] if "text" in turn] for each in found]
    return [talk for talk in talks if len(talk) > 1]


def messages(talks: Sequence[Talk], name: str, first: int, step: int) -> Iterator[tuple[str, str]]:
    """Yield what one person after the other says, for ever: id of the conversation and text.

    Args:
        talks: The conversations.
        name: Of the measurement; becomes part of the ids.
        first: Number of the talk to begin with.
        step: So many talks further on is the next one.
    """
    number = first
    while True:
        for text in talks[number % len(talks)]:
            yield f"{name}-{number:06}", text
        number += step


def long_talk(talks: Sequence[Talk], turns: int) -> list[str]:
    """Return one conversation of many turns, in which the same is said every ``PERIOD`` turns."""
    texts = [text for talk in talks for text in talk]
    return [texts[number % PERIOD] for number in range(turns)]
