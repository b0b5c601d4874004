"""What a programme record claims, sentence by sentence and figure by figure, with where to look it up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge_base.schema.common import Amount, SourceRef, Statement, source_keys
from knowledge_base.schema.programme import Programme

_UNITS = {"eur": "Euro", "prozent": "Prozent", "prozentpunkte": "Prozentpunkte"}


@dataclass(frozen=True)
class Claim:
    """One thing a record says."""

    about: str
    """German name of the field, e.g. „Höhe“."""
    text: str
    sources: tuple[str, ...]
    """Addresses of the pages that should support it."""
    costly: bool = False
    """An amount or a deadline: wrong ones cost people money."""


def claims_of(programme: Programme) -> list[Claim]:
    """Return everything a reader has to compare with the sources, in the order of the record."""
    return [
        Claim("Status", _status(programme), _addresses(programme, _ref(programme.status_note))),
        Claim("Wer", ", ".join(audience.value for audience in programme.applicants), _addresses(programme, None)),
        _said(programme, "Kurz gesagt", programme.summary),
        _said(programme, "Einfache Sprache", programme.plain),
        _said(programme, "Höhe", programme.funding.text, costly=True),
        *(Claim("Betrag", _amount(amount), _addresses(programme, amount.source), costly=True)
          for amount in programme.funding.amounts),
        _said(programme, "Frist", programme.deadline, costly=True),
        *_all(programme, "Voraussetzung", programme.conditions),
        *_all(programme, "Ausschluss", programme.exclusions),
        *_all(programme, "Schritt", programme.steps),
        *_all(programme, "Unterlage", programme.documents),
        *_all(programme, "Kombination", programme.combination),
        Claim("Stelle", _provider(programme), _addresses(programme, None)),
    ]


def _all(programme: Programme, about: str, statements: Sequence[Statement]) -> Iterator[Claim]:
    return (_said(programme, about, statement) for statement in statements)


def _said(programme: Programme, about: str, statement: Statement, costly: bool = False) -> Claim:
    return Claim(about, statement.text, _addresses(programme, statement.source), costly)


def _addresses(programme: Programme, ref: SourceRef | None) -> tuple[str, ...]:
    """The pages named by a reference; without one any page of the record may support it."""
    keys = source_keys(ref) or list(programme.sources)
    return tuple(programme.sources[key].url for key in keys)


def _ref(statement: Statement | None) -> SourceRef | None:
    return statement.source if statement else None


def _status(programme: Programme) -> str:
    note = f" – {programme.status_note.text}" if programme.status_note else ""
    until = f", bis {programme.valid_until:%d.%m.%Y}" if programme.valid_until else ""
    return f"{programme.status.value}{until}{note}"


def _amount(amount: Amount) -> str:
    value = "beendet" if amount.value is None else f"{amount.value:g}"
    unit = _UNITS.get(amount.unit.value, amount.unit.value.replace("_", " "))
    case = f" ({amount.case})" if amount.case else ""
    bound = "" if amount.bound.value == "genau" else amount.bound.value.replace("oe", "ö") + " "
    return f"{amount.what}: {bound}{value} {unit}{case}"


def _provider(programme: Programme) -> str:
    reach = (programme.provider.phone, programme.provider.email, programme.provider.url)
    return ", ".join([programme.provider.name, *(each for each in reach if each)])
