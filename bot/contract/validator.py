"""Check a reply against ``answer.schema.json``. Used by the tests of every channel and every dialogue."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.errors import NavigatorError

SCHEMA_FILE = Path(__file__).with_name("answer.schema.json")


class ContractError(NavigatorError):
    """A reply does not keep the contract. The text names every place."""


def load_schema() -> dict[str, Any]:
    """Return the JSON Schema of a whole reply."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@functools.lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    schema = load_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def validate_reply(data: Any) -> None:
    """Raise with all problems if ``data`` is no valid reply.

    Args:
        data: The decoded JSON of a reply.

    Raises:
        ContractError: If anything is missing, unknown or of the wrong form.
    """
    errors = sorted(_validator().iter_errors(data), key=lambda error: [str(part) for part in error.absolute_path])
    if errors:
        lines = [f"{error.json_path}: {error.message}" for error in errors]
        raise ContractError("Die Antwort hält den Vertrag nicht ein:\n" + "\n".join(lines))
