"""What may come in. Free text is cleaned, payloads are checked; neither reaches Rasa's own ``/`` parser."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from bot.errors import NavigatorError
from bot.runtime.buttons import Buttons

MAX_CHARACTERS = 4096
"""Longest text of one message."""

BUSY = "busy"
"""Code of a message that is refused because too many wait."""
_PAYLOAD = re.compile(r"/(?P<intent>[a-z][a-z0-9_]*)(?P<entities>\{.*\})?", re.DOTALL)
_JOINERS = "\u200c\u200d"
"""Invisible, but needed inside emoji and some scripts."""


class Rejected(NavigatorError):
    """A message that cannot be accepted. The text is for the person, the code for programs."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Incoming:
    """An accepted message: free text, or the intent and entities of a button."""

    text: str
    """Cleaned text; for a button the payload itself."""
    parse_data: dict[str, Any] | None = None
    """Intent and entities as Rasa's parse data; ``None`` for free text, which Rasa parses itself."""


def accept(text: str | None, payload: str | None, buttons: Buttons) -> Incoming:
    """Check and clean one message.

    Args:
        text: What the person typed, or ``None``.
        payload: The payload of a button, or ``None``.
        buttons: Allow-list of button intents.

    Raises:
        Rejected: If there is not exactly one of both, or it is empty, too long or unknown.
    """
    if (text is None) == (payload is None):
        raise Rejected("text_or_payload", "Bitte senden Sie entweder einen Text oder eine Auswahl.")
    if text is not None:
        return Incoming(clean_text(text))
    return _read_payload(payload or "", buttons)


def clean_text(text: str) -> str:
    """Return the text without anything invisible or steering.

    Control and direction characters vanish, blanks are kept as single characters, and leading slashes are dropped, so
    that a typed ``/restart`` is just a word.

    Raises:
        Rejected: If nothing is left or the text is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise Rejected("text_too_long", f"Ihre Nachricht ist zu lang. Möglich sind {MAX_CHARACTERS} Zeichen.")
    kept = visible(text)
    if not kept:
        raise Rejected("text_empty", "Bitte schreiben Sie Ihre Frage.")
    return kept.lstrip("/ ") or "?"


def visible(text: str) -> str:
    """Return what one can see of a text, with plain line ends and blanks, none at the edges."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return "".join(_keep(character) for character in lines).strip()


def _keep(character: str) -> str:
    if character in "\n\r\t":
        return " " if character == "\t" else "\n"
    if character in _JOINERS:
        return character
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") else character


def _read_payload(payload: str, buttons: Buttons) -> Incoming:
    unknown = Rejected("payload_unknown", "Diese Auswahl kenne ich nicht. Bitte schreiben Sie Ihre Frage.")
    match = _PAYLOAD.fullmatch(payload) if len(payload) <= MAX_CHARACTERS else None
    if match is None:
        raise unknown
    try:
        entities = json.loads(match["entities"] or "{}")
    except (ValueError, RecursionError):
        raise unknown from None
    if not _is_plain(payload) or not _is_plain(entities) or not buttons.accepts(match["intent"], entities):
        raise unknown
    return Incoming(payload, _parse_data(payload, match["intent"], entities))


def _is_plain(value: Any) -> bool:
    """Whether no string in the value holds control characters or halves of characters, which no database keeps."""
    if isinstance(value, dict):
        return all(_is_plain(part) for part in value.values())
    if isinstance(value, list):
        return all(_is_plain(part) for part in value)
    return not isinstance(value, str) or all(unicodedata.category(letter) not in ("Cc", "Cs") for letter in value)


def _parse_data(payload: str, intent: str, entities: dict[str, Any]) -> dict[str, Any]:
    """Write intent and entities the way Rasa's pipeline does."""
    found = [
        {"entity": name, "value": value, "start": 0, "end": 0, "confidence": 1.0, "extractor": "button"}
        for name, value in entities.items()
    ]
    chosen = {"name": intent, "confidence": 1.0}
    return {"text": payload, "intent": chosen, "entities": found, "intent_ranking": [chosen]}
