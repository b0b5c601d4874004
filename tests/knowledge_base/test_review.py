"""What is due is listed, the longest overdue first; what has ended is left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge_base.content import Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.review import CONTACT, due
from tests.knowledge_base.broken import SAMPLE


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SAMPLE)


def test_what_is_due_on_a_day(catalogue: Catalogue) -> None:
    everything = due(catalogue, dt.date(2100, 1, 1))
    first = everything[0].on

    assert [each.on for each in everything] == sorted(each.on for each in everything)
    assert due(catalogue, first - dt.timedelta(days=1)) == []
    assert due(catalogue, first)[0] == everything[0]
    assert due(catalogue, first - dt.timedelta(days=5), ahead=5)[0] == everything[0]
    assert everything[0].days_over(first + dt.timedelta(days=3)) == 3
    assert {each.why for each in everything} > {CONTACT}


def test_ended_programmes_are_not_read_again(catalogue: Catalogue) -> None:
    listed = {each.record_id for each in due(catalogue, dt.date(2100, 1, 1))}
    ended = {each.id for each in catalogue.programmes.values() if each.status.value == "ausgelaufen"}

    assert ended
    assert not listed & ended
