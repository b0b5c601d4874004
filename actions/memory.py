"""What the bot remembers of a conversation: the slots as one typed value, and back."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Mapping

from knowledge_base.profile import Profile


@dataclass(frozen=True)
class Memory:
    """The slots of the domain, one field each. Lists are tuples; nothing is changed in place."""

    topics: tuple[str, ...] = ()
    """Topics asked for, most important first."""
    audience: str | None = None
    person: str | None = None
    """For whom help is sought, once that was said outright: the writer, a child, a member of staff …"""
    place: str | None = None
    """Id of a Gemeinde, Kreis or region; ``outside:<id>`` outside NRW."""
    purposes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Known facts by name; ``None`` = asked and not known."""
    employees_range: tuple[int, int] | None = None
    unwanted_kinds: tuple[str, ...] = ()
    """Kinds of programme that were declined, e.g. ``darlehen``."""
    want: str | None = None
    """``geld`` or ``beratung`` if one of them was asked for."""
    programme: str | None = None
    """Programme in focus."""
    aspect: str | None = None
    """Aspect that was explained last, or that waits for the name of a programme."""
    shown: tuple[str, ...] = ()
    """Programmes shown for the current question, in order, for „mehr“ and „das erste“."""
    goal: str | None = None
    """What the last content reply was: ``programmes``, ``programme``, ``contacts``."""
    wish: str = ""
    """Folded words of the question behind the current search, so that a later fact can refine it."""
    contact_kinds: tuple[str, ...] = ()
    """Kinds of contact asked for, e.g. ``ihk``."""
    asked: str | None = None
    """Fact asked for in the last reply."""
    last_fact: str | None = None
    """Numeric fact that was given last; a bare number („Verzeihung, 27“) corrects it."""
    declined: tuple[str, ...] = ()
    """Facts that were asked and stay unknown."""
    posed: tuple[str, ...] = ()
    """Facts that were asked for, the latest last; none is asked for twice."""
    check: str | None = None
    """What the open Fördercheck is about: ``programmes`` or the id of one; ``None`` when nothing is left to ask."""
    plain: bool = False
    """Whether plain language was asked for."""
    clarified: int = 0
    """How many times in a row the bot did not understand or had to refuse."""
    unclear: str | None = None
    """Words that were not understood; searched for after „etwas anderes“."""

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Memory:
        """Read the memory from Rasa's slot values."""
        values: dict[str, Any] = {}
        for each in fields(cls):
            value = slots.get(each.name)
            if value is None:
                continue
            values[each.name] = tuple(value) if isinstance(value, list) else value
        return cls(**values)

    def slot_changes(self, before: Memory) -> dict[str, Any]:
        """Return the slots whose value differs from ``before``, as plain JSON values."""
        return {
            f.name: _plain(getattr(self, f.name))
            for f in fields(self)
            if getattr(self, f.name) != getattr(before, f.name)
        }

    def with_fact(self, name: str, value: Any) -> Memory:
        """Return a memory in which one more fact is known."""
        return replace(self, facts={**self.facts, name: value})

    def profile(self, home: str | None = None) -> Profile:
        """The case, as queries and eligibility want it; ``home`` is the region of the agency."""
        return Profile(
            topics=self.topics,
            audience=self.audience,
            place=self.place,
            home=home,
            purposes=self.purposes,
            unwanted_kinds=self.unwanted_kinds,
            facts={**dict.fromkeys(self.declined), **self.facts},
            employees_range=self.employees_range,
        )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
