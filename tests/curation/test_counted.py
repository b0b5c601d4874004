"""Of a case only values of the catalogue are counted, and of a place only the Kreis."""

from __future__ import annotations

import pytest

from bot.curation.counted import OUTSIDE, counted_value
from bot.records.usage import Measure
from knowledge_base.store import KnowledgeStore


@pytest.mark.parametrize(("measure", "value", "counted"), [
    (Measure.AREA, "luedenscheid", "maerkischer-kreis"), (Measure.AREA, "maerkischer-kreis", "maerkischer-kreis"),
    (Measure.AREA, "hagen", "hagen"), (Measure.AREA, "nrw", "nrw"), (Measure.AREA, "outside:muenchen", OUTSIDE),
    (Measure.AREA, "Meine Straße 5", None), (Measure.TOPIC, "ki", "ki"), (Measure.TOPIC, "Anna Muster", None),
    (Measure.AUDIENCE, "unternehmen", "unternehmen"), (Measure.AUDIENCE, "Anna", None), (Measure.HOUR, "07", "07"),
])
def test_what_is_counted(shared_store: KnowledgeStore, measure: Measure, value: str, counted: str | None) -> None:
    assert counted_value(shared_store, measure, value) == counted
