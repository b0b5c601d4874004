"""A form that was sent: what the record is to say, the edits for it, and at which field something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.curation.edits import MISSING, Edit, apply
from bot.curation.places import loc_of
from bot.curation.record_form.choices import Choices
from bot.curation.record_form.flat import Flat, Reader
from bot.curation.record_form.shape import shape_of
from bot.curation.records import Place, RecordKind, data_at, edits_for, new_place, slug
from bot.plain_errors import explain, field_steps
from knowledge_base.content import Loc
from knowledge_base.problems import Problem, Severity

_SAID = {
    "missing": "Hier fehlt noch etwas – füllen Sie das Feld aus.",
    "string_too_short": "Hier fehlt noch etwas – füllen Sie das Feld aus.",
    "too_short": "Hier fehlt noch etwas – mindestens eine Angabe ist nötig.",
    "enum": "Wählen Sie hier etwas aus.",
    "string_pattern_mismatch": "Das kennt die Wissensbasis nicht – wählen Sie einen Namen aus den Vorschlägen.",
    "float_parsing": "Das ist keine Zahl – schreiben Sie z. B. 1500 oder 0,5, ohne Einheit.",
    "int_parsing": "Das ist keine ganze Zahl – schreiben Sie nur Ziffern.",
    "int_from_float": "Das ist keine ganze Zahl – schreiben Sie nur Ziffern.",
}


@dataclass
class Faults:
    """What is wrong with a form."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    """Name of the field → sentences."""
    elsewhere: list[str] = field(default_factory=list)
    """What belongs to no field of this form."""
    blocking: bool = False
    """Whether there is more than hints."""

    def add(self, name: str | None, text: str, severity: Severity = Severity.FEHLER) -> None:
        """Note something."""
        said = text if severity is Severity.FEHLER else f"Hinweis: {text}"
        target = self.elsewhere if name is None else self.fields.setdefault(name, [])
        if said not in target:
            target.append(said)
        self.blocking = self.blocking or severity is Severity.FEHLER


@dataclass(frozen=True)
class Edited:
    """A record as the form says it."""

    kind: RecordKind
    place: Place
    text: str | None
    """The file as the person saw it."""
    data: dict[str, Any]
    edits: Sequence[Edit]
    names: dict[Loc, str]

    def shape_faults(self) -> Faults:
        """Return what the schema says; enough to show at once."""
        faults = Faults()
        try:
            self.kind.model.model_validate(self.data)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                faults.add(self._name(tuple(field_steps(details["loc"]))), _said(details))
        return faults

    def faults(self, problems: Sequence[Problem]) -> Faults:
        """Return what the checks of the whole content found, each at its field."""
        faults = Faults()
        after = apply(self.text, self.edits)
        for problem in problems:
            if problem.path != self.place.path:
                faults.add(None, f"{problem.text} ({problem.path})", problem.severity)
                continue
            loc = loc_of(problem, after)
            if loc[:len(self.place.loc)] == self.place.loc:
                faults.add(self._name(loc[len(self.place.loc):]), problem.text, problem.severity)
        return faults

    def _name(self, loc: Loc) -> str | None:
        """The field at a way, or the nearest one around it."""
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.names:
                return self.names[loc[:length]]
        return None


def edited(kind: RecordKind, place: Place | None, text: str | None, flat: Flat, choices: Choices) -> Edited:
    """Read a form that was sent.

    Args:
        kind: What it is.
        place: Where the record stands; ``None`` for a new one.
        text: The file as the person saw it.
        flat: The fields.
        choices: What one may choose from.
    """
    shape = shape_of(kind.model)
    old = data_at(text, place) if place else {}
    reader = Reader(flat, choices)
    read = reader.read(shape, old or MISSING)
    data: dict[str, Any] = {} if read is MISSING else dict(read)
    data |= {key: old[key] for key in kind.fixed if key in old}
    if place is None:
        data["id"] = slug(str(data.get(kind.naming, "")))
        place = new_place(kind, data, text)
    return Edited(kind, place, text, data, edits_for(place, old, data, list(shape.parts)), reader.names)


def _said(details: ErrorDetails) -> str:
    return _SAID.get(details["type"]) or explain(details)
