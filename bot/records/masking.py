"""What looks personal is struck out before anything is stored (``bot/records/personal.py`` says what that is).

Nobody needs it there: who wants to be called back finds the address in the table of call-backs only. What a person
wrote is struck out wherever it stands. Of what the bot said only the person's own data go; names and numbers of
offices stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.records.personal import Kind, find_personal
from knowledge_base.text import fold

MASK = "•••"
_SHORTEST_NUMBER = 5
"""A number with fewer digits may well be one of the case."""
_WRITTEN = re.compile(r"\s|@|(?:\d[/.()+-]?){7}")
"""What words have and ids have not: most values of slots are ids, which must stay whole."""


def without_personal(text: str, own: Sequence[str] = ()) -> str:
    """Return a text with everything personal struck out.

    Args:
        text: What a person wrote.
        own: Addresses that are known to be personal.
    """
    for address in own:
        text = text.replace(address, MASK)
    for found in reversed(find_personal(text)):
        text = text[:found.start] + MASK + text[found.end:]
    return text


class Masking:
    """Strikes out what one turn holds of a person."""

    def __init__(self, own: Sequence[str], said: Iterable[str]) -> None:
        """Note what is personal in this turn.

        Args:
            own: The addresses this person left for a call-back.
            said: What the person wrote.
        """
        self._own = own
        found = [(each.kind, text[each.start:each.end]) for text in said for each in find_personal(text)]
        written = {part for _, part in found}
        # A first name alone may be the name of a place or of somebody in an office.
        self._in_replies = _any_of(part for kind, part in found if kind is not Kind.NAME or " " in part)
        self._elsewhere = _any_of(written | {fold(part) for part in written})
        self._numbers = ["".join(filter(str.isdigit, part)) for part in written]

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return an event of Rasa as it may be stored."""
        if event.get("event") == "bot":
            return self.of_bot(event)
        if event.get("event") != "user":
            return self.of_person(event)
        text = self.of_person(event.get("text"))
        if text == event.get("text"):
            return event
        # The parts of something personal were also read as numbers and names.
        parsed = {**(event.get("parse_data") or {}), "text": text, "entities": [], "text_tokens": []}
        return {**event, "text": text, "parse_data": parsed}

    def of_bot(self, value: Any) -> Any:
        """Return a JSON value that holds what the bot said."""
        if not self._own and self._in_replies is None:
            return value
        return _each(value, lambda text: self._struck(text, self._in_replies), int)

    def of_person(self, value: Any) -> Any:
        """Return a JSON value that holds what the person said."""
        return _each(value, self._without_personal, self._known_number)

    def _without_personal(self, text: str) -> str:
        return without_personal(self._struck(text, self._elsewhere)) if _WRITTEN.search(text) else text

    def _struck(self, text: str, parts: re.Pattern[str] | None) -> str:
        for address in self._own:
            text = text.replace(address, MASK)
        return parts.sub(MASK, text) if parts else text

    def _known_number(self, number: int) -> int | None:
        digits = str(abs(number))
        is_part = len(digits) >= _SHORTEST_NUMBER and any(digits in each for each in self._numbers)
        return None if is_part else number


def _any_of(parts: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(filter(None, parts), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)") if longest_first else None


def _each(value: Any, text: Callable[[str], str], number: Callable[[int], int | None]) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, dict):
        return {key: _each(each, text, number) for key, each in value.items()}
    return [_each(each, text, number) for each in value] if isinstance(value, list) else value
