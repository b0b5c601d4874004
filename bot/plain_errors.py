"""Messages of pydantic in plain German: what is wrong with a field, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

_MAX_SHOWN = 40
_BY_TYPE: dict[str, str] = {
    "missing": "Das Feld „{field}“ fehlt – ergänzen Sie es.",
    "extra_forbidden": "Das Feld „{field}“ gibt es hier nicht – prüfen Sie die Schreibweise oder löschen Sie es.",
    "enum": "{field}: „{input}“ ist kein erlaubter Wert – erlaubt sind {expected}.",
    "literal_error": "{field}: „{input}“ ist kein erlaubter Wert – erlaubt sind {expected}.",
    "value_error": "{field}: {error}",
    "string_type": "{field}: „{input}“ ist kein Text – setzen Sie den Wert in Anführungszeichen.",
    "string_too_short": "{field} ist leer – tragen Sie einen Text ein oder löschen Sie das Feld.",
    "string_too_long": "{field}: „{input}“ ist zu lang – höchstens {max_length} Zeichen.",
    "string_pattern_mismatch": "{field}: „{input}“ hat nicht die verlangte Form – erlaubt sind Kleinbuchstaben, "
    "Ziffern und einzelne Bindestriche (a–z, 0–9, -), keine Umlaute.",
    "too_short": "{field} ist leer – mindestens {min_length} Eintrag ist nötig.",
    "list_type": "{field} ist keine Liste – schreiben Sie jeden Eintrag in eine Zeile mit „- “ davor.",
    "dict_type": "{field} besteht nicht aus benannten Feldern – schreiben Sie „name: wert“ je Zeile.",
    "model_type": "{field} besteht nicht aus benannten Feldern – schreiben Sie „name: wert“ je Zeile.",
    "model_attributes_type": "{field} besteht nicht aus benannten Feldern – schreiben Sie „name: wert“ je Zeile.",
    "int_type": "{field}: „{input}“ ist keine ganze Zahl – schreiben Sie nur Ziffern, ohne Punkt und Einheit.",
    "int_parsing": "{field}: „{input}“ ist keine ganze Zahl – schreiben Sie nur Ziffern, ohne Punkt und Einheit.",
    "int_from_float": "{field}: „{input}“ ist keine ganze Zahl – schreiben Sie nur Ziffern, ohne Punkt und Einheit.",
    "float_type": "{field}: „{input}“ ist keine Zahl – schreiben Sie z. B. 1500 oder 0.5, ohne Einheit.",
    "float_parsing": "{field}: „{input}“ ist keine Zahl – schreiben Sie z. B. 1500 oder 0.5, ohne Einheit.",
    "bool_type": "{field}: „{input}“ ist kein Wahrheitswert – schreiben Sie true oder false.",
    "bool_parsing": "{field}: „{input}“ ist kein Wahrheitswert – schreiben Sie true oder false.",
}
_DATE = "{field}: „{input}“ ist kein Datum – schreiben Sie Jahr-Monat-Tag, z. B. 2026-11-30."
_OTHER = "{field}: „{input}“ ist hier nicht erlaubt – vergleichen Sie mit einem anderen Eintrag dieser Art."
_UNION_STEPS = frozenset({"str", "list[str]", "int", "float", "bool", "constrained-str"})


def explain(error: ErrorDetails) -> str:
    """Return one German sentence for an error of pydantic."""
    kind = error["type"]
    template = _BY_TYPE.get(kind, _DATE if kind.startswith("date") else _OTHER)
    context: Mapping[str, Any] = error.get("ctx", {})
    return template.format(
        field=field_name(error["loc"]),
        input=_shown(error["input"]),
        expected=str(context.get("expected", "")).replace("'", "").replace(" or ", " und "),
        error=context.get("error", ""),
        max_length=context.get("max_length", ""),
        min_length=context.get("min_length", ""),
    )


def field_name(loc: tuple[str | int, ...]) -> str:
    """Return a field the way a reader counts: ``funding.amounts[2].unit`` (the second entry)."""
    name = ""
    for step in field_steps(loc):
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "Der Inhalt"


def field_steps(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the way to the field without the branches of a union that pydantic adds."""
    return tuple(step for step in loc if step not in _UNION_STEPS)


def _shown(value: Any) -> str:
    text = "leer" if value is None else str(value)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"
