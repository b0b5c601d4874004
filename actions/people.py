"""The right person: for a programme, for a place and topic, or the agency itself."""

from __future__ import annotations

from typing import Sequence

from actions.base import Turn
from actions.memory import Memory
from knowledge_base.queries import contact_for, directory, find_contacts
from knowledge_base.schema.contact import Contact, ContactKind
from knowledge_base.schema.programme import Programme
from knowledge_base.who_plans import becomes, likely_audience, planned

_LOOKED_AT = 12
_SEEK_WORK = ("auszubildende", "arbeitsuchende")


def people_for(turn: Turn, memory: Memory, programme: Programme | None = None, limit: int = 2) -> list[Contact]:
    """Return the contacts responsible for a programme at the place, or for place, topics and audience.

    Where a body is known by its name only, the next one that can be reached counts; without any it is the
    Regionalagentur of the place.
    """
    store = turn.services.store
    if programme is not None:
        hits = contact_for(store, programme, memory.place, turn.services.instance.contact_id, _LOOKED_AT)
        return [hit.contact for hit in hits if hit.contact][:limit] or _agency(turn, memory)
    if memory.place is None:
        return []
    hits = find_contacts(
        store,
        place=memory.place,
        topics=memory.topics,
        audience=likely_audience(memory.profile()),
        text=memory.wish,
        limit=limit,
        purposes=memory.purposes,
    )
    return [hit.contact for hit in hits if hit.contact] or _agency(turn, memory)


def person_nearby(turn: Turn, memory: Memory, programmes: Sequence[Programme] = ()) -> list[Contact]:
    """Who is responsible at the place for the topic and for such people; none without a place.

    Where no responsible body deals with a topic that was named, those of the programmes count; where none deals with
    them either, the Regionalagentur of the place knows the way.
    """
    if not memory.place:
        return []
    found = people_for(turn, memory, limit=_LOOKED_AT)
    made = [contact for contact in found[:1] if set(contact.purposes) & set(memory.purposes)]
    special = [contact for contact in made if _is_for(contact, memory)]
    if special and set(special[0].purposes) & set(planned(memory.profile())):
        return special
    return [*special, *_responsible(turn, memory, found[len(made) :], programmes)]


def _responsible(
    turn: Turn, memory: Memory, found: Sequence[Contact], programmes: Sequence[Programme]
) -> list[Contact]:
    """The body of the place that deals with it, else the Regionalagentur."""
    bodies = directory(turn.services.store).responsible(memory.place or "")
    known = {kind: turn.services.store.contact(body.contact_id or "") for kind, body in bodies.items()}
    records = {kind: contact for kind, contact in known.items() if contact}
    dealing = _dealing(records, memory, programmes)
    if ContactKind.HWK.value in dealing and memory.facts.get("sector") == "handwerk":
        return [dealing[ContactKind.HWK.value]]
    office = dealing.get(ContactKind.AGENTUR_FUER_ARBEIT.value)
    if office and likely_audience(memory.profile()) in _SEEK_WORK:
        return [office]  # who has no contract yet is helped there, not at a chamber
    ids = {contact.id for contact in dealing.values()}
    general = records.get(ContactKind.REGIONALAGENTUR.value)
    first = [contact for contact in found if contact.id in ids] or list(dealing.values())
    return (first or ([general] if general else []) or list(found))[:1]


def _dealing(bodies: dict[str, Contact], memory: Memory, programmes: Sequence[Programme]) -> dict[str, Contact]:
    """The bodies that deal with the first topic for which there is one, else those the programmes lead to."""
    of_programmes = [topic.value for programme in programmes[:1] for topic in programme.topics]
    crafts = memory.facts.get("sector") == "handwerk"
    near = {kind: contact for kind, contact in bodies.items() if crafts or kind != ContactKind.HWK.value}
    mine = {kind: contact for kind, contact in near.items() if _is_for(contact, memory)}
    for wanted in dict.fromkeys([*memory.topics, *of_programmes]):
        found = {kind: c for kind, c in mine.items() if wanted in [topic.value for topic in c.topics]}
        if found:
            return found
    named = {kind for programme in programmes for kind in programme.contact_kinds}
    sent_to = {kind: contact for kind, contact in near.items() if kind in named}
    return sent_to or ({} if memory.topics or programmes else mine)


def _is_for(contact: Contact, memory: Memory) -> bool:
    """Whether such people are among those a contact is there for. Who works alone or teaches runs a firm as well."""
    whom, asker = {one.value for one in contact.audiences}, likely_audience(memory.profile())
    also = {"unternehmen"} if asker in ("selbststaendige", "weiterbildungsanbieter") else set()
    also |= becomes(memory.profile())
    return not whom or asker is None or bool(whom & ({asker} | also))


def _agency(turn: Turn, memory: Memory) -> list[Contact]:
    """The Regionalagentur of the place; the one that runs the bot while no other is known to be responsible."""
    store = turn.services.store
    bodies = directory(store).responsible(memory.place) if memory.place else {}
    body = bodies.get(ContactKind.REGIONALAGENTUR.value)
    own = store.contact(body.contact_id or "") if body else None
    own = own or store.contact(turn.services.instance.contact_id)
    return [own] if own else []
