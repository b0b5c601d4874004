"""One message of the user with what was recognised in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence


@dataclass(frozen=True)
class Message:
    """One message of the user as Rasa parsed it."""

    text: str
    intent: str | None
    entities: Sequence[Mapping[str, Any]]
    subject: str | None = None
    """Topic that the intent implies (``registry.yml: subject``)."""
    confidence: float = 1.0
    """How sure the classifier is of the intent."""
    ranking: Sequence[Mapping[str, Any]] = ()
    """The best intents with their confidence."""

    def values(self, entity: str, sure: float = 0.0, beside: str | None = None) -> list[Any]:
        """Values of all entities of one kind, in order, without repetition.

        Args:
            entity: The kind.
            sure: Least confidence.
            beside: Leave out what is named by the same words as something of this kind: „ich bin in Elternzeit“ names
                a situation (``life_fact``) and therefore no purpose.
        """
        taken = [_span(each) for each in self.entities if each.get("entity") == beside]
        found: list[Any] = []
        for each in self.entities:
            fits = each.get("entity") == entity and each.get("confidence_entity", 1.0) >= sure
            if fits and each["value"] not in found and not any(_overlap(_span(each), one) for one in taken):
                found.append(each["value"])
        return found

    def first(self, entity: str, sure: float = 0.0) -> Any:
        """First value of one kind of entity, or ``None``."""
        return next(iter(self.values(entity, sure)), None)


def _span(entity: Mapping[str, Any]) -> tuple[int, int]:
    return entity.get("start") or 0, entity.get("end") or 0


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
