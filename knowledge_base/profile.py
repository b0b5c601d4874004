"""What is known about the person or firm that asks. Pure data; filled from slots, read by queries and eligibility."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Mapping


@dataclass(frozen=True)
class Profile:
    """The case as far as it is known. Everything may be missing."""

    topics: tuple[str, ...] = ()
    """Ids of topics asked for, most important first."""
    audience: str | None = None
    """Id of the audience the asker belongs to (or asks for)."""
    place: str | None = None
    """Id of a Gemeinde, Kreis or region; ``outside:<id>`` for a place outside NRW."""
    home: str | None = None
    """Id of the region of the agency that is asked; matters only while the place is unknown."""
    purposes: tuple[str, ...] = ()
    """Ids of what the person wants to do (``knowledge_base.facts.PURPOSES``)."""
    unwanted_kinds: tuple[str, ...] = ()
    """Kinds of programme that were declined, e.g. ``darlehen``."""
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Further facts by name (``knowledge_base.facts.FACTS``): employees, age, taxable_income_eur, sector …
    A value of ``None`` means: asked, and the person does not know. ``<fact>_range`` holds the two ends of a number of
    which only a range is known."""
    employees_range: tuple[int, int] | None = None
    """Lower and upper bound when only a range is known; an exact number stands in ``facts['employees']``."""
