"""Places of North Rhine-Westphalia, as they stand in ``catalogue/places.yml``."""

from __future__ import annotations

from pydantic import Field

from knowledge_base.schema.common import Id, Model, Text


class Responsible(Model):
    """Bodies responsible for a Kreis or, deviating from it, for a Gemeinde. Contact id, or the plain name."""

    regionalagentur: str | None = None
    agentur_fuer_arbeit: str | None = None
    jobcenter: str | None = None
    ihk: str | None = None
    hwk: str | None = None
    names: dict[str, str] = Field(default_factory=dict)
    """Official names of bodies that have no contact record (key: the field above)."""


class Gemeinde(Model):
    """A municipality with everything by which people name it."""

    id: Id
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    plz: list[str] = Field(default_factory=list)
    districts: list[Text] = Field(default_factory=list)
    responsible: Responsible = Responsible()
    """Only what deviates from the Kreis."""


class Kreis(Model):
    """A Kreis, kreisfreie Stadt or the StädteRegion."""

    id: Id
    name: Text
    type: Text
    ags: Text
    kfz: list[str] = Field(default_factory=list)
    aliases: list[Text] = Field(default_factory=list)
    responsible: Responsible
    gemeinden: list[Gemeinde] = Field(min_length=1)


class Region(Model):
    """A named group of Kreise and Gemeinden, such as „Märkische Region“ or „Südwestfalen“."""

    id: Id
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    members: list[str] = Field(min_length=1)
    """Ids of Kreise and Gemeinden."""


class ForeignPlace(Model):
    """A well-known place outside NRW, recognised so that the bot can say it is outside."""

    id: Id
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    land: Text


class Places(Model):
    """The whole directory."""

    kreise: list[Kreis]
    regions: list[Region]
    outside: list[ForeignPlace] = Field(default_factory=list)
    ambiguous: dict[str, list[str]] = Field(default_factory=dict)
    """Folded name → ids of Gemeinden it may mean."""
    everyday_words: list[str] = Field(default_factory=list)
    """District names that are everyday words; recognised only behind „in“, „aus“ or with their city."""
