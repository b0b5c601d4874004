"""Mail addresses and phone numbers are struck out before a conversation is stored.

Nobody needs them there: who wants to be called back finds the address in the table of call-backs only. What a person
wrote is searched for anything that looks like an address. Of what the bot said only the person's own address is
struck out; the numbers of offices stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

MASK = "•••"
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail
    r"|(?<![\w.,])(?:\+|\(?0)(?:[\s/().-]{0,2}\d){6,}"  # phone: begins with + or 0, at least seven digits
)


def masked_event(event: dict[str, Any], own: Sequence[str]) -> dict[str, Any]:
    """Return an event of Rasa as it may be stored.

    Args:
        event: As Rasa's dictionary.
        own: The addresses this person left for a call-back.
    """
    if event.get("event") == "bot":
        return masked(event, own)
    result = masked(event, own, everywhere=True)
    if event.get("event") == "user" and result != event and result.get("parse_data"):
        # The digits of the address were also read as numbers.
        result["parse_data"] = {**result["parse_data"], "entities": []}
    return result


def masked(value: Any, own: Sequence[str], *, everywhere: bool = False) -> Any:
    """Return a JSON value without the addresses in ``own``; with ``everywhere`` without anything like an address."""

    def strike(text: str) -> str:
        for address in own:
            text = text.replace(address, MASK)
        return _ADDRESS.sub(MASK, text) if everywhere else text

    return _each_text(value, strike) if own or everywhere else value


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(each, change) for key, each in value.items()}
    return [_each_text(each, change) for each in value] if isinstance(value, list) else value
