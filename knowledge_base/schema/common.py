"""Building blocks that every catalogue record shares: sources, statements, rules and dated amounts."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from typing import Annotated, Any, Union

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""ASCII slug, equal to the file stem, never reused."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """Base of all records: unknown keys are errors, instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Topic(str, Enum):
    """What a programme or contact is about."""

    QUALIFIZIERUNG = "qualifizierung"
    DIGITALISIERUNG = "digitalisierung"
    KI = "ki"
    INNOVATION = "innovation"
    FACHKRAEFTE = "fachkraefte"
    AUSBILDUNG = "ausbildung"
    ANERKENNUNG = "anerkennung"
    WIEDEREINSTIEG = "wiedereinstieg"
    GRUENDUNG = "gruendung"
    TRANSFORMATION = "transformation"
    IT_SICHERHEIT = "it-sicherheit"
    PERSONALENTWICKLUNG = "personalentwicklung"


class Audience(str, Enum):
    """Whom a programme or contact is for."""

    UNTERNEHMEN = "unternehmen"
    BESCHAEFTIGTE = "beschaeftigte"
    ARBEITSUCHENDE = "arbeitsuchende"
    AUSZUBILDENDE = "auszubildende"
    SELBSTSTAENDIGE = "selbststaendige"
    RUECKKEHRENDE = "rueckkehrende"
    ZUGEWANDERTE = "zugewanderte"
    GRUENDENDE = "gruendende"
    WEITERBILDUNGSANBIETER = "weiterbildungsanbieter"


class Confidence(str, Enum):
    """How well the facts of a record are supported."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(Model):
    """Where a fact was read."""

    url: Text
    """Address of the page (https), or the name of a document handed over by the agency (``seeds/…``)."""
    title: Text
    supports: Text
    """Which facts of the record this source supports."""
    page_date: str | None = None
    """Date of the page itself (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``), as far as it is visible."""
    checked_on: dt.date
    """Day on which somebody read it."""

    @field_validator("page_date", mode="before")
    @classmethod
    def _date_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, (dt.date, int)) else value


SourceRef = Union[str, list[str]]
"""Key or keys into the ``sources`` of the record."""


def source_keys(ref: SourceRef | None) -> list[str]:
    """Return the source keys of a reference as a list."""
    if ref is None:
        return []
    return [ref] if isinstance(ref, str) else list(ref)


class Statement(Model):
    """One plain German sentence, with the source that supports it."""

    text: Text
    source: SourceRef | None = None
    """Required as soon as the text holds a figure (checked by ``kb check``)."""

    @property
    def has_figure(self) -> bool:
        """Whether the sentence holds a digit."""
        return bool(re.search(r"\d", self.text))


class Op(str, Enum):
    """How a fact is compared with the value of a rule."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


class Rule(Model):
    """A decidable comparison of one fact (see ``knowledge_base/facts.py``) with a value."""

    fact: str
    op: Op
    value: Any


class Condition(Statement):
    """A condition or an exclusion.

    Without rules it is a text for the adviser. ``rules`` must all hold; of ``any_of`` at least one group must hold
    (each group: all its rules). In ``exclusions`` the same fields say when the exclusion applies.
    """

    rules: list[Rule] = Field(default_factory=list)
    any_of: list[list[Rule]] = Field(default_factory=list)
    unless: list[Rule] = Field(default_factory=list)
    """If all of these hold, the condition does not matter (is met)."""
    decisive: bool = False
    """Of a condition without rules: somebody must look before anybody may say that the programme fits."""


class Unit(str, Enum):
    """Unit of an amount. Money always says per what it is paid."""

    PROZENT = "prozent"
    PROZENTPUNKTE = "prozentpunkte"
    EUR = "eur"
    EUR_PRO_MONAT = "eur_pro_monat"
    EUR_PRO_JAHR = "eur_pro_jahr"
    EUR_PRO_TAG = "eur_pro_tag"
    EUR_PRO_STUNDE = "eur_pro_stunde"
    STUNDEN = "stunden"
    TAGE = "tage"
    WOCHEN = "wochen"
    MONATE = "monate"
    JAHRE = "jahre"
    ANZAHL = "anzahl"


class Bound(str, Enum):
    """Whether a value is exact or a limit."""

    GENAU = "genau"
    HOECHSTENS = "hoechstens"
    MINDESTENS = "mindestens"


class Amount(Model):
    """One figure of the funding, for one case, with the day from which it holds."""

    what: Text
    """What is paid or limited, e.g. „Zuschuss zu den Kurskosten“."""
    value: float | None
    """``None`` from a day means: ended on that day. An amount that is unknown is simply not listed."""
    unit: Unit
    bound: Bound = Bound.GENAU
    case: str | None = None
    """For which case, in German, e.g. „bei weniger als 50 Beschäftigten“."""
    when: list[Rule] = Field(default_factory=list)
    """The same case as rules, where decidable; all must hold."""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    source: SourceRef


class Verified(Model):
    """Who read the record against its sources, and when it is due again."""

    on: dt.date
    by: Text
    readings: int = 1
    """Number of independent readings; 1 = only the writer."""
    next: dt.date
