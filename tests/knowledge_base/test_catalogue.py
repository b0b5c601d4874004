"""The catalogue that is shipped: complete, without an error, readable by everybody who depends on it."""

from __future__ import annotations

import pytest

from bot.clock import today
from bot.settings import load_settings
from knowledge_base.checks import check_directory
from knowledge_base.content import Catalogue
from knowledge_base.places import Directory
from knowledge_base.problems import Problem, errors


@pytest.fixture(scope="module")
def checked() -> tuple[Catalogue, list[Problem]]:
    return check_directory(load_settings({}).catalogue_dir, today())


def test_it_has_no_error(checked: tuple[Catalogue, list[Problem]]) -> None:
    assert [str(problem) for problem in errors(checked[1])] == []


def test_nothing_is_missing(checked: tuple[Catalogue, list[Problem]]) -> None:
    catalogue = checked[0]

    assert len(catalogue.programmes) >= 170
    assert len(catalogue.contacts) >= 160
    assert catalogue.events and catalogue.networks and catalogue.confusable
    assert len(catalogue.places.kreise) == 53
    assert sum(len(kreis.gemeinden) for kreis in catalogue.places.kreise) == 396


def test_a_split_kreis_sends_people_to_the_right_office(checked: tuple[Catalogue, list[Problem]]) -> None:
    directory = Directory(checked[0].places)

    for place, agency in (
        ("witten", "regionalagentur-mittleres-ruhrgebiet"),
        ("hattingen", "regionalagentur-mittleres-ruhrgebiet"),
        ("schwelm", "regionalagentur-maerkische-region"),
    ):
        assert directory.responsible(place)["regionalagentur"].contact_id == agency
