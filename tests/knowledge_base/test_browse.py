"""Looking around in the catalogue: what passes the filters, what comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge_base.eligibility import current_status
from knowledge_base.queries import Filters, browse_programmes, directory
from knowledge_base.schema.programme import Kind, Programme, Status
from knowledge_base.store import KnowledgeStore

TODAY = dt.date(2026, 11, 22)
HOME = "maerkische-region"


@pytest.fixture
def store(shared_store: KnowledgeStore) -> KnowledgeStore:
    return shared_store


def listed(store: KnowledgeStore, filters: Filters, on: dt.date = TODAY) -> list[Programme]:
    found = browse_programmes(store, filters, on, HOME)
    assert found, "an empty list would prove nothing"
    return found


def test_without_filters_everything_is_listed_but_what_has_ended(store: KnowledgeStore) -> None:
    ids = {programme.id for programme in listed(store, Filters())}
    assert ids == {p.id for p in store.catalogue().programmes.values()
                   if current_status(p, TODAY) is not Status.AUSGELAUFEN}


def test_the_day_decides_what_has_ended(store: KnowledgeStore) -> None:
    ends = next(p for p in listed(store, Filters()) if p.valid_until)
    assert ends.valid_until is not None
    later = listed(store, Filters(), ends.valid_until + dt.timedelta(days=1))
    assert ends.id not in {programme.id for programme in later}


def test_each_filter_narrows_the_list_to_what_has_it(store: KnowledgeStore) -> None:
    assert all("ki" in [t.value for t in p.topics] for p in listed(store, Filters(topic="ki")))
    for programme in listed(store, Filters(audience="gruendende")):
        assert "gruendende" in [each.value for each in (*programme.audiences, *programme.applicants)]
    assert all(p.kind is Kind.DARLEHEN for p in listed(store, Filters(kind="darlehen")))
    assert all(p.status is Status.LOSVERFAHREN for p in listed(store, Filters(statuses=[Status.LOSVERFAHREN])))
    in_hagen = listed(store, Filters(place="hagen"))
    assert all(directory(store).covers(programme.area, "hagen") is not False for programme in in_hagen)


def test_outside_nrw_only_what_holds_everywhere_is_left(store: KnowledgeStore) -> None:
    assert all("deutschland" in programme.area for programme in listed(store, Filters(place="outside:berlin")))


def test_words_lead_to_what_they_mean_first(store: KnowledgeStore) -> None:
    assert listed(store, Filters("zahlt jemand meinen kurs"))[0].id == "bildungsscheck-2-0"
    assert browse_programmes(store, Filters("qwertz"), TODAY, HOME) == []


def test_what_is_made_for_the_place_comes_before_what_holds_everywhere(store: KnowledgeStore) -> None:
    first, *_, last = listed(store, Filters(topic="ki", place="aachen"))
    reach = directory(store)
    near, far = (reach.distance(programme.area, "aachen") for programme in (first, last))
    assert near is not None and far is not None and near < far


def test_duties_come_last_unless_asked_for(store: KnowledgeStore) -> None:
    kinds = [programme.kind for programme in listed(store, Filters())]
    assert Kind.PFLICHT in kinds and Kind.PFLICHT not in kinds[: len(kinds) - 10]
    assert listed(store, Filters("NIS-2 Pflicht"))[0].kind is Kind.PFLICHT
