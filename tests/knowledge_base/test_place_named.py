"""What people type into a field for their place."""

from __future__ import annotations

import pytest

from knowledge_base.queries import NamedPlace, find_place
from knowledge_base.store import KnowledgeStore


@pytest.fixture
def store(shared_store: KnowledgeStore) -> KnowledgeStore:
    return shared_store


@pytest.mark.parametrize(("typed", "place"), [
    ("Hagen", "hagen"), (" hagen ", "hagen"), ("58095", "hagen"), ("58095 Hagen", "hagen"), ("Haspe", "hagen"),
    ("luedenscheid", "luedenscheid"), ("Märkischer Kreis", "maerkischer-kreis"), ("Ruhrgebiet", "ruhrgebiet"),
    ("NRW", "nrw"), ("Nordrhein-Westfalen", "nrw"), ("maerkischer-kreis", "maerkischer-kreis"),
])
def test_a_clear_place_leads_to_its_id(store: KnowledgeStore, typed: str, place: str) -> None:
    assert find_place(store, typed) == NamedPlace(place)


def test_a_name_of_several_places_leads_to_all_of_them(store: KnowledgeStore) -> None:
    assert set(find_place(store, "barmen").choices) == {"wuppertal", "juelich"}


def test_a_place_elsewhere_is_known_to_be_elsewhere(store: KnowledgeStore) -> None:
    assert find_place(store, "Berlin") == find_place(store, "outside:berlin") == NamedPlace(outside="outside:berlin")


@pytest.mark.parametrize("typed", ["", "   ", "xyz", "99999", "<script>", "Märkischer"])
def test_what_nobody_knows_is_unknown(store: KnowledgeStore, typed: str) -> None:
    assert find_place(store, typed) == NamedPlace()
