"""A contact point, as it stands in ``catalogue/contacts/<id>.yml``. Offices first; persons only where published."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from pydantic import Field, field_validator

from knowledge_base.schema.common import Audience, Confidence, Id, Model, Source, SourceRef, Text, Topic, Verified


class ContactKind(str, Enum):
    """What a contact point is."""

    REGIONALAGENTUR = "regionalagentur"
    AGENTUR_FUER_ARBEIT = "agentur-fuer-arbeit"
    JOBCENTER = "jobcenter"
    IHK = "ihk"
    HWK = "hwk"
    WIRTSCHAFTSFOERDERUNG = "wirtschaftsfoerderung"
    WEITERBILDUNGSBERATUNG = "weiterbildungsberatung"
    KOMPETENZZENTRUM = "kompetenzzentrum"
    DIGITALZENTRUM = "digitalzentrum"
    HOCHSCHULE = "hochschule"
    VERBAND = "verband"
    PLATTFORM = "plattform"
    TRAEGER = "traeger"
    KRISENHILFE = "krisenhilfe"
    NACHBARTHEMA = "nachbarthema"


_OLD_AFTER_YEARS = 2


class ReachKind(str, Enum):
    """A way to reach somebody."""

    TELEFON = "telefon"
    EMAIL = "email"
    WEB = "web"
    ADRESSE = "adresse"
    ZEITEN = "zeiten"


class Reach(Model):
    """One way to reach a contact, with its source and the age of that source."""

    kind: ReachKind
    value: Text
    note: str | None = None
    """E.g. „kostenfrei“ or „Ansprechperson Johanna Muhl“."""
    source: SourceRef
    as_of: str | None = None
    """Age of the evidence (``YYYY`` or ``YYYY-MM``); shown to users when it is older than two years."""

    def is_old(self, on: dt.date) -> bool:
        """Whether people must be told that this may have changed. An address on the web shows its age itself."""
        dated = self.kind is not ReachKind.WEB and self.as_of and self.as_of[:4].isdigit()
        return bool(dated) and on.year - int(str(self.as_of)[:4]) > _OLD_AFTER_YEARS

    @field_validator("as_of", mode="before")
    @classmethod
    def _date_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, (dt.date, int)) else value


class Contact(Model):
    """One contact point and what it is responsible for."""

    id: Id
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    organisation: str | None = None
    kind: ContactKind
    topics: list[Topic] = Field(default_factory=list)
    audiences: list[Audience] = Field(default_factory=list)
    purposes: list[Text] = Field(default_factory=list)
    """Needs this contact was made for (``knowledge_base.facts.PURPOSES``); for them it comes before all others."""
    area: list[str] = Field(min_length=1)
    """Ids of places it is responsible for (Gemeinde before Kreis where a Kreis is split)."""
    area_note: str | None = None
    active: bool = True
    """False: no longer offered; shown only when asked for by name, with ``status_note``."""
    status_note: str | None = None
    offers: list[Text] = Field(default_factory=list)
    search_phrases: list[Text] = Field(default_factory=list)
    """How people put the need this contact answers; used for finding only, never shown."""
    reach: list[Reach] = Field(default_factory=list)
    sources: dict[str, Source] = Field(min_length=1)
    verified: Verified
    confidence: Confidence
    open_questions: list[Text] = Field(default_factory=list)
