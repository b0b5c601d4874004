"""A funding programme, service or duty, as it stands in ``catalogue/programmes/<level>/<id>.yml``."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from pydantic import Field

from knowledge_base.schema.common import (
    Amount,
    Audience,
    Condition,
    Confidence,
    Id,
    Model,
    Source,
    SourceRef,
    Statement,
    Text,
    Topic,
    Verified,
)


class Kind(str, Enum):
    """What a programme is."""

    ZUSCHUSS = "zuschuss"
    GUTSCHEIN = "gutschein"
    DARLEHEN = "darlehen"
    STEUERVORTEIL = "steuervorteil"
    BERATUNG = "beratung"
    COACHING = "coaching"
    NETZWERK = "netzwerk"
    STIPENDIUM = "stipendium"
    MASSNAHME = "massnahme"
    FREISTELLUNG = "freistellung"
    BUERGSCHAFT = "buergschaft"
    PFLICHT = "pflicht"


class Level(str, Enum):
    """Who stands behind it."""

    EU = "eu"
    BUND = "bund"
    LAND = "land"
    REGION = "region"


class Status(str, Enum):
    """State of a programme. „Ausgelaufen“ is known to have ended; „unklar“ could not be settled."""

    AKTIV = "aktiv"
    AUSGELAUFEN = "ausgelaufen"
    PAUSIERT = "pausiert"
    GEPLANT = "geplant"
    UNKLAR = "unklar"
    LOSVERFAHREN = "losverfahren"
    AUSGESCHOEPFT = "ausgeschoepft"


class Volatility(str, Enum):
    """How fast the facts change; sets the review interval."""

    BUDGET = "budget"
    """Lottery rounds, calls and small budgets: monthly."""
    RICHTLINIE = "richtlinie"
    """Directives, projects and services: quarterly."""
    GESETZ = "gesetz"
    """Statutes: half-yearly."""


class DeadlineKind(str, Enum):
    """How one has to be in time."""

    LAUFEND = "laufend"
    VOR_BEGINN = "vor_beginn"
    STICHTAG = "stichtag"
    FENSTER = "fenster"
    LOSVERFAHREN = "losverfahren"
    KEINE = "keine"
    UNBEKANNT = "unbekannt"


class Deadline(Statement):
    """Until when to apply."""

    kind: DeadlineKind
    opens: dt.date | None = None
    date: dt.date | None = None


class CompanySize(Model):
    """Limits of firm size; ``None`` everywhere with ``unlimited: true`` says „no limit“ explicitly."""

    min_employees: int | None = None
    max_employees: int | None = None
    max_turnover_eur: float | None = None
    unlimited: bool = False
    note: str | None = None
    source: SourceRef | None = None


class Funding(Model):
    """What one gets."""

    text: Statement
    """All tiers in plain words, as it is shown to users."""
    amounts: list[Amount] = Field(default_factory=list)
    """Every figure of the text that is an amount, a rate or a limit, each for its case."""


class Provider(Model):
    """Who grants it."""

    name: Text
    phone: str | None = None
    email: str | None = None
    url: str | None = None


class Successor(Model):
    """What came after an ended programme."""

    id: Id
    not_replaced: str | None = None
    """What the successor does not cover, in one German sentence."""


class Programme(Model):
    """One programme with everything the bot may say about it."""

    id: Id
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    """As people call it, abbreviations and paragraphs („§ 82“) included. No two programmes share one."""
    kind: Kind
    level: Level
    status: Status
    status_note: Statement | None = None
    """One sentence on the state: since when ended, paused why, ends soon, next lottery round."""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    topics: list[Topic] = Field(min_length=1)
    audiences: list[Audience] = Field(min_length=1)
    """Who benefits and asks for it."""
    applicants: list[Audience] = Field(min_length=1)
    """Who files the application."""
    area: list[str] = Field(min_length=1)
    """Ids of places: Gemeinde, Kreis, region, ``nrw`` or ``deutschland``."""
    company_size: CompanySize = CompanySize()
    purposes: list[str] = Field(default_factory=list)
    """Ids of ``topics.yml: purposes`` that the money or service is for."""
    not_for: list[str] = Field(default_factory=list)
    """Purposes that are ruled out expressly."""
    search_phrases: list[Text] = Field(default_factory=list)
    """How people put the need this programme answers; used for finding only, never shown."""
    summary: Statement
    """At most two sentences that a baker understands."""
    plain: Statement
    """The same in „einfache Sprache“: short main clauses only."""
    funding: Funding
    deadline: Deadline
    apply_before_start: bool | None = None
    """Whether the application must come before the measure starts; ``None``: not settled or no application."""
    conditions: list[Condition] = Field(default_factory=list)
    exclusions: list[Condition] = Field(default_factory=list)
    steps: list[Statement] = Field(default_factory=list)
    documents: list[Statement] = Field(default_factory=list)
    combination: list[Statement] = Field(default_factory=list)
    legal_basis: str | None = None
    provider: Provider
    contact_ids: list[Id] = Field(default_factory=list)
    """Contacts responsible wherever one lives."""
    contact_kinds: list[str] = Field(default_factory=list)
    """Kinds of contact of which the one responsible for the place is the right one (``agentur-fuer-arbeit``, …)."""
    successor: Successor | None = None
    alternatives: list[Id] = Field(default_factory=list)
    sources: dict[str, Source] = Field(min_length=1)
    verified: Verified
    volatility: Volatility
    confidence: Confidence
    open_questions: list[Text] = Field(default_factory=list)
