"""„Wer bekommt es?“: a programme judged for a few typical people, before and after a change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from knowledge_base.content import Catalogue
from knowledge_base.eligibility import FITS, FITS_NOT, OPEN, evaluate
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Programme

TYPICAL: Mapping[str, Profile] = {
    "Handwerksbetrieb in Hagen, 12 Beschäftigte": Profile(
        audience="unternehmen", place="hagen",
        facts={"employees": 12, "sector": "handwerk", "seat_nrw": True, "started": False, "turnover_eur": 1_500_000}),
    "Industriebetrieb in Bochum, 400 Beschäftigte": Profile(
        audience="unternehmen", place="bochum",
        facts={"employees": 400, "sector": "industrie", "seat_nrw": True, "started": False,
               "turnover_eur": 80_000_000}),
    "Angestellte in Iserlohn, 35 Jahre, mit Ausbildung": Profile(
        audience="beschaeftigte", place="iserlohn",
        facts={"age": 35, "employment": "angestellt", "qualification": "ausbildung", "residence_nrw": True,
               "started": False, "benefit": "keine"}),
    "Arbeitsloser in Düren, 50 Jahre, ohne Abschluss": Profile(
        audience="arbeitsuchende", place="dueren",
        facts={"age": 50, "employment": "arbeitslos", "benefit": "alg1", "qualification": "keine",
               "residence_nrw": True, "started": False}),
    "Zugewanderte in Aachen, Abschluss aus dem Ausland, Deutsch B1": Profile(
        audience="zugewanderte", place="aachen",
        facts={"age": 30, "foreign_qualification": True, "language_level": "b1", "residence_nrw": True,
               "started": False}),
    "Gründer in Witten, selbstständig seit einem halben Jahr": Profile(
        audience="gruendende", place="witten",
        facts={"employees": 0, "firm_age_years": 0.5, "employment": "selbststaendig", "seat_nrw": True,
               "residence_nrw": True, "started": False}),
    "Jugendliche in Herne, 17 Jahre, Schule": Profile(
        audience="auszubildende", place="herne",
        facts={"age": 17, "employment": "schule", "qualification": "keine", "residence_nrw": True, "started": False}),
}
"""Made up; they only show which way a condition works. What they have in mind is what the programme is for."""
SAID: Mapping[str, str] = {FITS: "passt", OPEN: "noch offen", FITS_NOT: "passt nicht"}


@dataclass(frozen=True)
class Outcome:
    """One typical case."""

    case: str
    before: str
    """Empty if there was no record before."""
    after: str
    why: Sequence[str]
    """What decides it after the change."""


def preview(old: Mapping[str, Any], new: Mapping[str, Any], directory: Directory, today: dt.date) -> list[Outcome]:
    """Judge the typical cases; nothing if the record is not complete enough to be judged."""
    after = _programme(new)
    if after is None:
        return []
    before = _programme(old)
    outcomes = []
    for case, typical in TYPICAL.items():
        profile = replace(typical, purposes=tuple(after.purposes[:1]))
        now = evaluate(after, profile, today, directory)
        was = evaluate(before, profile, today, directory) if before else None
        why = [reason.text for reason in (now.unmet or now.open)][:2]
        outcomes.append(Outcome(case, SAID[was.result] if was else "", SAID[now.result], why))
    return outcomes


def places_of(catalogue: Catalogue) -> Directory:
    """Return the places of a catalogue; see ``KnowledgeStore.derived``."""
    return Directory(catalogue.places)


def _programme(data: Mapping[str, Any]) -> Programme | None:
    try:
        return Programme.model_validate(data)
    except ValidationError:
        return None
