"""The payloads a button may send, read from ``nlu_data/buttons.yml``.

A payload is the word of the client. Only the intents listed in the file are accepted, with exactly the entities
listed there::

    buttons:
      hilfe: {}                                # no entities
      programm_zeigen:
        required: [programme]                  # all others may be missing
        properties:                            # JSON Schema per entity
          programme: {type: string, pattern: "^[a-z0-9-]{1,80}$"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from bot.errors import NavigatorError

MAX_ENTITY_CHARACTERS = 200
"""Longest value of an entity, unless the schema of the entity says otherwise."""


@dataclass(frozen=True)
class Buttons:
    """The allow-list of button intents."""

    validators: Mapping[str, Draft202012Validator]
    """Intent → validator of its entities."""

    def accepts(self, intent: str, entities: Any) -> bool:
        """Whether a button may send this intent with these entities."""
        validator = self.validators.get(intent)
        return validator is not None and bool(validator.is_valid(entities))


def load_buttons(path: Path) -> Buttons:
    """Read the allow-list.

    Args:
        path: Usually ``nlu_data/buttons.yml``. Without the file no payload is accepted.

    Raises:
        NavigatorError: With all problems of the file.
    """
    if not path.exists():
        return Buttons({})
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise NavigatorError(f"[FEHLER] {path}: kein gültiges YAML – bitte berichtigen: {error}") from error
    entries = data.get("buttons") if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        raise NavigatorError(f"[FEHLER] {path}:1: der Schlüssel „buttons:“ fehlt – bitte ergänzen.")
    validators: dict[str, Draft202012Validator] = {}
    problems: list[str] = []
    for intent, entry in entries.items():
        try:
            validators[intent] = _validator(entry or {})
        except (SchemaError, AttributeError, TypeError, ValueError) as error:
            reason = getattr(error, "message", str(error))
            problems.append(f"[FEHLER] {path}: {intent}: {reason} – bitte als JSON-Schema schreiben.")
    if problems:
        raise NavigatorError("\n".join(problems))
    return Buttons(validators)


def _validator(entry: Mapping[str, Any]) -> Draft202012Validator:
    """Build the closed schema of one intent; strings are short unless it says otherwise."""
    unknown = set(entry) - {"required", "properties"}
    if unknown:
        raise ValueError(f"unbekannte Schlüssel {sorted(unknown)}")
    given = entry.get("properties", {})
    properties = {name: {"maxLength": MAX_ENTITY_CHARACTERS, **rule} for name, rule in given.items()}
    schema = {"type": "object", "required": [], "additionalProperties": False, **entry, "properties": properties}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
