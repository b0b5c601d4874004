"""Smaller record kinds: events, glossary terms, vocabulary, confusable names, networks."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from knowledge_base.schema.common import Audience, Id, Model, Source, SourceRef, Statement, Text, Topic, Verified


class Event(Model):
    """An event or recurring offer (``catalogue/events/<id>.yml``). A past date is never offered as upcoming."""

    id: Id
    title: Text
    date: dt.date | None = None
    end_date: dt.date | None = None
    recurring: str | None = None
    """E.g. „laufend, Termine auf Anfrage“; then there is no date."""
    when_text: str | None = None
    """Published only roughly, e.g. „Herbst 2025“."""
    place: str | None = None
    area: list[str] = Field(min_length=1)
    organisers: list[Text] = Field(min_length=1)
    contact_ids: list[Id] = Field(default_factory=list)
    topics: list[Topic] = Field(min_length=1)
    audiences: list[Audience] = Field(min_length=1)
    summary: Text
    url: str | None = None
    sources: dict[str, Source] = Field(min_length=1)
    verified: Verified


class Term(Model):
    """A word of the field, explained plainly (``catalogue/glossary.yml``)."""

    id: Id
    term: Text
    aliases: list[Text] = Field(default_factory=list)
    text: Statement
    """At most three plain sentences."""
    plain: Text
    """The same in „einfache Sprache“."""
    see: list[Id] = Field(default_factory=list)
    """Programmes this term matters for."""
    sources: dict[str, Source] = Field(default_factory=dict)


class VocabularyEntry(Model):
    """One value of an enumeration with the words people use for it (``catalogue/topics.yml``)."""

    id: Text
    label: Text
    words: list[Text] = Field(min_length=1)
    """Words and stems by which it is recognised; folded before comparison. „wort*“ matches as beginning."""
    implies: dict[str, str] = Field(default_factory=dict)
    """Further facts that follow, e.g. a purpose implies ``topic: ki``."""


class Vocabulary(Model):
    """All vocabularies from which entities are recognised."""

    topics: list[VocabularyEntry]
    audiences: list[VocabularyEntry]
    purposes: list[VocabularyEntry]
    sectors: list[VocabularyEntry]
    contact_kinds: list[VocabularyEntry] = Field(default_factory=list)
    """Words for kinds of contact („Handwerkskammer“, „Arbeitsamt“); ids are those of ``ContactKind``."""
    aspects: list[VocabularyEntry] = Field(default_factory=list)
    """Words that ask for one aspect of a programme („wie viel“ → ``hoehe``)."""
    programme_kinds: list[VocabularyEntry] = Field(default_factory=list)
    """Words for kinds of programme („Kredit“ → ``darlehen``); ids are those of ``Kind``."""
    life_facts: list[VocabularyEntry] = Field(default_factory=list)
    """Words from which facts follow; the id is ``<fact>=<value>``, e.g. ``employment=arbeitslos``."""
    persons: list[VocabularyEntry] = Field(default_factory=list)
    """Words that say for whom help is sought from now on („jetzt für meinen Sohn“)."""


class ConfusableName(Model):
    """A name for something that does not exist or is something else (``catalogue/confusable_names.yml``)."""

    name: Text
    aliases: list[Text] = Field(default_factory=list)
    text: Statement
    """One or two sentences that clear it up."""
    leads_to: list[Id] = Field(min_length=1)
    sources: dict[str, Source] = Field(default_factory=dict)


class Network(Model):
    """Partners who work together in a region (``catalogue/networks.yml``)."""

    id: Id
    name: Text
    area: list[str]
    purpose: Text
    partners: list[Text]
    contact_ids: list[Id] = Field(default_factory=list)
    source: SourceRef | None = None
    sources: dict[str, Source] = Field(min_length=1)
