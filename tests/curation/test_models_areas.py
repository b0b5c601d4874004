"""Beside the intents: what is named, who gets what, whole conversations. What falls blocks a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.curation.model_reports import Area, ModelReport, read_report, write_report
from bot.curation.models_areas import (
    NAMED,
    TALKED,
    below_floors,
    counted_area,
    failed_before,
    named,
    named_area,
    worse_in,
)
from bot.curation.models_conversations import failing, missed
from bot.curation.models_eligibility import CaseFile, load_cases, wrong
from bot.curation.nlu_data import load_nlu_data
from bot.errors import NavigatorError
from bot.runtime.messages import BotMessage, Button, complete_answer
from bot.settings import load_settings
from knowledge_base.content import EMPTY_PLACES, Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.places import Directory
from tests.curation.training_content import HELD_OUT, make_training_content

SENTENCE = HELD_OUT["ort_finden"][0]
FOUND = {"entity": "topic", "value": "ki", "start": 0, "end": 3, "confidence_entity": 1.0}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_training_content(tmp_path)


def parsed(*entities: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every held-out sentence; what is named is found only in one, and the same in the others that somebody read."""
    found = {text: {"entities": []} for texts in HELD_OUT.values() for text in texts}
    return {**found, **{HELD_OUT[each][0]: {"entities": list(entities)} for each in HELD_OUT}}


def test_what_is_named_less_well_is_below_its_floor(root: Path) -> None:
    data = load_nlu_data(root)
    good, bad = (named(data, parsed(*found), EMPTY_PLACES) for found in ((FOUND,), ()))
    folder = root / "tests" / "nlu" / "entities"
    folder.mkdir()
    (folder / "floors.yml").write_text("held_out: {place: 0.9, topic: 0.9}\n", encoding="utf-8")
    assert below_floors(good, root) == []
    assert below_floors(bad, root) == ["Themen in den Prüfsätzen der Absichten: F1 0,0 %, nötig sind 90,0 %."]
    area = named_area(bad, good)
    assert (area.right, area.total, area.before) == (0, 3, 3)
    assert f"„{SENTENCE}“: Themen" in area.worse
    assert named_area(good, None) == Area(NAMED, 3, 3, None, [])


def test_only_what_went_well_before_blocks() -> None:
    area = counted_area(TALKED, ["a", "b"], 10, ["b", "c"])
    assert (area.right, area.before, area.worse, area.failed) == (8, 8, ["a"], ["a", "b"])
    assert worse_in([area]) == ["Aufgezeichnete Gespräche: 1 geht nicht mehr gut aus."]
    assert worse_in([counted_area(TALKED, ["a"], 10, None), Area(NAMED, 1, 2, 2, ["x"])]) == []


def test_a_report_remembers_what_failed(tmp_path: Path) -> None:
    report = ModelReport("m.tar.gz", "", "", "", 1, 1, 1.0, {}, "", 0, [], [], [],
                         areas=[counted_area(TALKED, ["a"], 2, None)])
    write_report(tmp_path, report)
    assert read_report(tmp_path / "m.tar.gz") == report
    assert failed_before(report, TALKED) == ["a"] and failed_before(report, "anderes") is None
    assert failed_before(None, TALKED) is None


class Parrot:
    """Says what it hears, with a button that apologises."""

    async def handle(self, conversation_id: str, *, text: str | None = None, payload: str | None = None,
                     **further: Any) -> list[BotMessage]:
        kind = "error" if payload else "info"
        return [BotMessage(text or "", [Button("Weiter geht es", "/los")],
                           complete_answer({"kind": kind}, {}))]


async def test_a_conversation_says_where_it_goes_wrong() -> None:
    talks = [{"file": "a", "name": name, "turns": turns} for name, turns in (
        ("gut", [{"text": "Hallo", "expect": {"kind": ["info"], "says": ["Hallo"]}}]),
        ("schlecht", [{"text": "Hallo"}, {"text": "Na", "expect": {"says": ["Hallo"]}}]),
        ("ohne_knopf", [{"text": "Hallo"}, {"button": "Fehlt"}]),
        ("fehler", [{"text": "Hallo"}, {"button": "weiter"}]),
    )]
    assert await failing(Parrot(), talks) == [  # type: ignore[arg-type]
        "a, schlecht: „Na“", "a, ohne_knopf: „Fehlt“", "a, fehler: „weiter“"]
    assert missed([{"text": "x", "answer": complete_answer({"kind": "info"}, {})}], {"asks": "place"})


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(load_settings({}).catalogue_dir)


def test_a_case_says_what_does_not_hold(catalogue: Catalogue) -> None:
    directory = Directory(catalogue.places)
    programme = catalogue.programmes["bildungsgutschein"]
    profile = {"audience": "arbeitsuchende", "place": "hagen", "purposes": ["weiterbildung"],
               "facts": {"employment": "arbeitslos", "started": False, "course_certified": True}}

    def of(**expected: Any) -> list[str]:
        file = CaseFile.of({"programme": "x", "cases": [{"name": "x", "profile": profile, **expected}]}, directory)
        return wrong(file.cases[0], programme, directory)

    assert of(result="passt") == []
    assert of(result="offen", missing=["age"], amounts=["7 eur"]) == ["result", "amounts", "missing"]


def test_cases_that_cannot_be_read_are_named(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "kaputt.yml").write_text("programme: x\ncases: [{name: x}]\n", encoding="utf-8")
    with pytest.raises(NavigatorError, match=r"kaputt\.yml"):
        load_cases(tmp_path, Directory(catalogue.places))
