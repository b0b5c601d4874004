"""The questions one can ask the knowledge base. Everything above this package comes in through this door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from knowledge_base.finding.browse import NOT_ENDED, Filters, browse
from knowledge_base.finding.contacts import ContactHit, ContactSearch, contacts_for
from knowledge_base.finding.desk import desk, directory_of
from knowledge_base.finding.others import confusable_in, term_in, upcoming_events
from knowledge_base.finding.place_named import NamedPlace, place_named, recogniser_of
from knowledge_base.finding.programmes import ADVICE, MONEY, Findings, Hit, ProgrammeSearch
from knowledge_base.pauses import Paused
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.misc import ConfusableName, Event, Term
from knowledge_base.schema.programme import Programme
from knowledge_base.search import Scored
from knowledge_base.store import KnowledgeStore

__all__ = ["ADVICE", "MONEY", "NOT_ENDED", "ContactHit", "Filters", "Findings", "Hit", "NamedPlace",
           "browse_programmes", "contact_for", "directory", "find_confusable", "find_contacts", "find_events",
           "find_place", "find_programmes", "find_term", "search_text"]


def directory(store: KnowledgeStore) -> Directory:
    """The places of the active build."""
    return store.derived(directory_of)


def find_place(store: KnowledgeStore, text: str) -> NamedPlace:
    """Resolve a place typed into a field: a name, a district, a PLZ or the id of a place."""
    return place_named(store.derived(recogniser_of), directory(store), text)


def find_programmes(store: KnowledgeStore, profile: Profile, text: str, as_of: dt.date, limit: int = 3,
                    want: str | None = None, named: Sequence[str] = ()) -> Findings:
    """Find the programmes that answer a case, best first, each with a verdict and the reasons for its rank.

    Candidates are found by text or by structure (purpose, topic, audience). What has ended, does not fit, is paused
    or is offered elsewhere only is not among the hits. All weights stand in ``knowledge_base.finding.weights``.

    Args:
        store: The knowledge base.
        profile: What is known about the asker.
        text: The words of the question.
        as_of: The day for which it is asked.
        limit: Most hits to return.
        want: ``MONEY`` or ``ADVICE`` if the asker wants one of them.
        named: Ids of programmes asked for by name: they come first, even if they have ended.
    """
    paused = store.pauses.of(Paused.PROGRAMME)
    return ProgrammeSearch(desk(store), profile, text, as_of, want).find(limit, named, paused)


def browse_programmes(store: KnowledgeStore, filters: Filters, as_of: dt.date, home: str | None = None
                      ) -> list[Programme]:
    """List all programmes that pass the filters and are not paused.

    ``home`` is the region whose offers come first without a place.
    """
    paused = store.pauses.of(Paused.PROGRAMME)
    return [programme for programme in browse(desk(store), filters, as_of, home) if programme.id not in paused]


def find_contacts(store: KnowledgeStore, place: str | None = None, topics: Sequence[str] = (),
                  audience: str | None = None, kinds: Sequence[str] | None = None, text: str = "",
                  limit: int = 3, purposes: Sequence[str] = ()) -> list[ContactHit]:
    """Find the right people: responsible for the place first, then by topic, audience and nearness.

    Args:
        store: The knowledge base.
        place: Id of the asker's place.
        topics: Ids of topics, the most important first.
        audience: Id of the asker's audience.
        kinds: Only these kinds of contact, e.g. ``ihk``. A responsible body without a record comes by its name.
        text: The words of the question.
        limit: Most contacts to return.
        purposes: Ids of what the asker needs it for; who was made for it comes first.
    """
    return ContactSearch(desk(store), place, topics, audience, text, purposes).find(kinds, limit)


def contact_for(store: KnowledgeStore, programme: Programme, place: str | None, fallback: str | None = None,
                limit: int = 1) -> list[ContactHit]:
    """Name who helps with a programme at a place; ``fallback`` is the id to name while no place is known."""
    return contacts_for(desk(store), programme, place, fallback, limit)


def find_events(store: KnowledgeStore, as_of: dt.date, place: str | None = None, topics: Sequence[str] = ()
                ) -> list[Event]:
    """Find events that are still to come, near a place and on topics."""
    return upcoming_events(desk(store), as_of, place, topics)


def find_term(store: KnowledgeStore, text: str) -> Term | None:
    """Find the glossary term a question is about."""
    return term_in(desk(store), text)


def find_confusable(store: KnowledgeStore, text: str) -> ConfusableName | None:
    """Find a name in the text that does not mean what people think."""
    return confusable_in(desk(store), text)


def search_text(store: KnowledgeStore, text: str, kinds: Sequence[str], limit: int = 10) -> list[Scored]:
    """Search by text alone, for browsing and for staff."""
    return desk(store).index.search(text, kinds, limit)
