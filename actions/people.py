"""The right person: for a programme, for a place and topic, or the agency itself."""

from __future__ import annotations

from actions.base import Turn
from actions.memory import Memory
from knowledge_base.queries import contact_for, find_contacts
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme

_EVERYWHERE = {"nrw", "deutschland"}
_LOOKED_AT = 6


def people_for(turn: Turn, memory: Memory, programme: Programme | None = None, limit: int = 2) -> list[Contact]:
    """Return the contacts responsible for a programme at the place, or for place, topics and audience.

    Without any of them it is the agency that runs the bot.
    """
    store = turn.services.store
    if programme is not None:
        hits = contact_for(store, programme, memory.place, turn.services.instance.contact_id, limit)
        return [hit.contact for hit in hits if hit.contact] or _agency(turn)
    if memory.place is None:
        return []
    hits = find_contacts(
        store, place=memory.place, topics=memory.topics, audience=memory.audience, text=memory.wish, limit=limit
    )
    return [hit.contact for hit in hits if hit.contact] or _agency(turn)


def person_nearby(turn: Turn, memory: Memory) -> list[Contact]:
    """The best contact that is there for the place itself, not for the whole Land; none without a place."""
    found = people_for(turn, memory, limit=_LOOKED_AT) if memory.place else []
    local = [contact for contact in found if not set(contact.area) & _EVERYWHERE]
    return (local or found)[:1]


def _agency(turn: Turn) -> list[Contact]:
    own = turn.services.store.contact(turn.services.instance.contact_id)
    return [own] if own else []
