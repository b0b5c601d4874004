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

_NAMED = re.compile(
    r"(?i:\b(?:ich hei(?:ß|ss)e|mein name(?: ist|:)?|gr[üu](?:ß|ss)e?,?|mfg|gez\.|"
    r"frau|herrn?|hier spricht))\s+"
    r"(?i:frau |herr |dr\. )?((?:[A-ZÄÖÜ][\w-]+)(?:\s+(?:von|van|de|zu)?\s?[A-ZÄÖÜ][\w-]+){0,2})"
    r"|(?i:\b(?:ich hei(?:ß|ss)e|mein name ist))\s+(\w[\w-]*(?:\s+\w[\w-]*)?)"
)
"""A name behind the words that introduce one; after „ich heiße“ also in small letters."""
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:[\w-]+er\s)?[\w.-]*(?:stra(?:ß|ss)e|str\.?|weg|allee|platz|gasse|ring|damm|ufer)"
    r"\s+\d{1,4}(?:\s?[a-z])?\b", re.IGNORECASE)


def without_names(text: str) -> str:
    """Return a text without names behind words that introduce one, account numbers and streets with a number."""

    def strike(found: re.Match[str]) -> str:
        group = 1 if found.group(1) else 2
        start, end = found.span(group)
        return found.string[found.start():start] + MASK + found.string[end:found.end()]

    return _NAMED.sub(strike, _STREET.sub(MASK, _ACCOUNT.sub(MASK, text)))


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
