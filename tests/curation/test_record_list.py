"""Lists are narrowed by what one knows: words, state, topic, who read it, what is overdue."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.curation.record_list import Wanted, narrowed, rows_of
from knowledge_base.loader import load_catalogue
from knowledge_base.review import due
from knowledge_base.store import KnowledgeStore
from tests.knowledge_base.broken import SAMPLE

DAY = dt.date(2026, 11, 22)
ROWS = rows_of(load_catalogue(SAMPLE))


@pytest.mark.parametrize(("wanted", "ids"), [
    (Wanted(), {"kurszuschuss", "alter-kurszuschuss", "gruendungsdarlehen"}),
    (Wanted(text="kursscheck"), {"kurszuschuss"}),
    (Wanted(text="Gründungsdarlehen"), {"gruendungsdarlehen"}),
    (Wanted(state="pausiert"), {"gruendungsdarlehen"}),
    (Wanted(topic="gruendung"), {"gruendungsdarlehen"}),
    (Wanted(text="gibt es nicht"), set()),
    (Wanted(overdue=True), set()),
])
def test_rows_one_asks_for(wanted: Wanted, ids: set[str]) -> None:
    assert {row.id for row in narrowed(ROWS["programme"], wanted, DAY)} == ids


def test_overdue_are_those_of_the_review_with_the_longest_first() -> None:
    later = DAY + dt.timedelta(days=400)
    catalogue = load_catalogue(SAMPLE)
    found = [row for kind in ("programme", "kontakte") for row in narrowed(ROWS[kind], Wanted(overdue=True), later)]
    assert found and {row.id for row in found} == {each.record_id for each in due(catalogue, later)}
    days = [row.due for row in narrowed(ROWS["programme"], Wanted(overdue=True), later) if row.due]
    assert days == sorted(days)


def test_every_record_and_place_is_listed(shared_store: KnowledgeStore) -> None:
    catalogue = shared_store.catalogue()
    rows = rows_of(catalogue)
    assert len(rows["programme"]) == len(catalogue.programmes) > 100
    states = {row.id: row.state for row in rows["zustaendigkeiten"]}
    assert states["witten"] == "eigene Stellen" and states["ennepe-ruhr-kreis"] == ""
