"""What of a case may be counted: only values of the catalogue, and of a place only the Kreis."""

from __future__ import annotations

from collections.abc import Mapping

from bot.records.usage import Measure
from knowledge_base.content import Catalogue
from knowledge_base.places import GERMANY, NRW
from knowledge_base.places import OUTSIDE as OUTSIDE_PREFIX
from knowledge_base.schema.common import Audience, Topic
from knowledge_base.store import KnowledgeStore

OUTSIDE = "auswaerts"
"""All places outside North Rhine-Westphalia together."""
_CHOSEN = {Measure.TOPIC: frozenset(each.value for each in Topic),
           Measure.AUDIENCE: frozenset(each.value for each in Audience)}


def counted_value(store: KnowledgeStore, measure: Measure, value: str) -> str | None:
    """Return what is counted for a value; ``None`` if nothing is.

    Args:
        store: The knowledge base as it is live.
        measure: What is counted.
        value: What came up in a conversation.
    """
    if measure is Measure.AREA:
        return OUTSIDE if value.startswith(OUTSIDE_PREFIX) else store.derived(_areas).get(value)
    chosen = _CHOSEN.get(measure)
    return value if chosen is None or value in chosen else None


def _areas(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the area that is counted for every place."""
    areas = {each: each for each in (NRW, GERMANY, *(region.id for region in catalogue.places.regions))}
    for kreis in catalogue.places.kreise:
        areas |= dict.fromkeys([*(gemeinde.id for gemeinde in kreis.gemeinden), kreis.id], kreis.id)
    return areas
