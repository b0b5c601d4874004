"""Everywhere in NRW somebody is responsible for every topic, and a split Kreis is seen as split."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge_base.coverage import Cell, coverage
from knowledge_base.schema.contact import ReachKind
from knowledge_base.store import KnowledgeStore

DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def cells(shared_store: KnowledgeStore) -> list[Cell]:
    return coverage(shared_store, DAY)


def test_every_kreis_and_topic_has_somebody_responsible(cells: list[Cell]) -> None:
    assert len({cell.place for cell in cells}) >= 53
    assert [(cell.place, cell.topic) for cell in cells if cell.contact is None] == []


def test_the_split_of_the_ennepe_ruhr_kreis(cells: list[Cell]) -> None:
    agencies = {cell.place: cell.contact.id for cell in cells
                if cell.topic == "qualifizierung" and cell.contact and cell.contact.kind.value == "regionalagentur"}
    assert agencies["ennepe-ruhr-kreis"] == "regionalagentur-maerkische-region"
    assert agencies["witten"] == "regionalagentur-mittleres-ruhrgebiet"
    assert agencies["hattingen"] == "regionalagentur-mittleres-ruhrgebiet"


def test_a_web_address_is_no_way_to_reach_a_person(cells: list[Cell]) -> None:
    assert any(cell.ways for cell in cells)
    assert not any(reach.kind is ReachKind.WEB for cell in cells for reach in cell.ways)


def test_old_ways_are_marked(cells: list[Cell]) -> None:
    with_ways = [cell for cell in cells if cell.ways and all(reach.as_of for reach in cell.ways)]
    assert with_ways
    later = Cell("x", "x", "x", with_ways[0].contact, dt.date(2126, 1, 1))
    assert later.only_old_ways
