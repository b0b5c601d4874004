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

    def values(self, entity: str, sure: float = 0.0, beside: str | None = None, whole: bool = False) -> list[Any]:
        """Values of all entities of one kind, in order, without repetition.

        Args:
            entity: The kind.
            sure: Least confidence.
            beside: Leave out what is named by the same words as something of this kind: „ich bin in Elternzeit“ names
                a situation (``life_fact``) and therefore no purpose.
            whole: Leave out what is named by a part of the words for another one: „Lebensunterhalt in der Gründung“
                is one plan.
        """
        mine = [each for each in self.entities if each.get("entity") == entity]
        taken = [_span(each) for each in self.entities if each.get("entity") == beside]
        longer = [_span(each) for each in mine if whole]
        found: list[Any] = []
        for each in mine:
            span, fits = _span(each), each.get("confidence_entity", 1.0) >= sure
            left_out = any(_overlap(span, one) for one in taken) or any(_lies_in(span, one) for one in longer)
            if fits and not left_out and each["value"] not in found:
                found.append(each["value"])
        return found

    def first(self, entity: str, sure: float = 0.0) -> Any:
        """First value of one kind of entity, or ``None``."""
        return next(iter(self.values(entity, sure)), None)


def _span(entity: Mapping[str, Any]) -> tuple[int, int]:
    return entity.get("start") or 0, entity.get("end") or 0


def _lies_in(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
