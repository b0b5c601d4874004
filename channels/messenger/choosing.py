"""Which of the options somebody means who types instead of pressing a button."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence

from bot.records.choices import Offered

_NUMBER = re.compile(r"(?P<marked>nr\.? ?|nummer |#)?(?P<number>\d{1,3})[.)]?")
_KEYCAP = re.compile("[\ufe0f\u20e3]")
"""What makes a digit a button among the emoji."""


def mark(number: int) -> str:
    """Return what stands for a number where a number itself would be an answer: A for 1."""
    return string.ascii_uppercase[number - 1] if number <= len(string.ascii_uppercase) else f"Nr. {number}"


def chosen(text: str, latest: Sequence[Offered]) -> Offered | None:
    """Return the option that a text names by its number, letter or title; ``None`` if it is something else.

    Args:
        text: What was typed.
        latest: The options under the last answer.
    """
    said = _plain(text)
    match = _NUMBER.fullmatch(said)
    if match:
        number = int(match["number"])
        return next((one for one in latest if one.number == number and (one.by_digit or match["marked"])), None)
    by_letter = (one for one in latest if not one.by_digit and mark(one.number).casefold() == said.rstrip(".)"))
    by_title = (one for one in latest if _plain(one.title) == said)
    return next(by_letter, None) or next(by_title, None)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", _KEYCAP.sub("", text)).casefold().split())
