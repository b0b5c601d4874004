"""The held-out sentences are understood at least as well as when somebody last accepted the numbers.

When this is red after a change of training sentences, look at the report of ``python -m bot evaluate``. If the change
is for the better in sum, take it over with ``python -m bot evaluate --accept``.
"""

from __future__ import annotations

import pytest

from bot.evaluation import baseline, intents
from bot.evaluation.baseline import Changes, Floors
from bot.evaluation.intents import IntentReport
from bot.settings import REPOSITORY
from tests.nlu.shipped import inputs, shipped

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def report() -> IntentReport:
    return intents.report(shipped()[1])


@pytest.fixture(scope="module")
def floors() -> Floors:
    found = baseline.read_floors(REPOSITORY)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def changed(report: IntentReport) -> Changes:
    known = baseline.read_known(REPOSITORY)
    assert known is not None, "no list of known failures; python -m bot evaluate --accept writes it"
    return baseline.changes(known, baseline.failing(report))


def test_in_all_not_below_the_floor(report: IntentReport, floors: Floors) -> None:
    assert report.accuracy.total >= 1000
    assert report.accuracy.value >= floors.accuracy > 0.8
    assert report.macro_f1 >= floors.macro_f1 > 0.8


def test_no_intent_below_its_floor(report: IntentReport, floors: Floors) -> None:
    recalls = {score.intent: score.recall for score in report.intents}
    assert recalls.keys() == floors.intents.keys() == inputs().data.registry.keys()
    assert {name: recall for name, recall in recalls.items() if recall < floors.intents[name]} == {}


def test_no_sentence_fails_that_is_not_known_to(changed: Changes) -> None:
    assert changed.fail_now == [], "nicht mehr verstanden"


def test_no_sentence_is_listed_that_passes(changed: Changes) -> None:
    assert changed.pass_now == [], "bitte aus der Liste nehmen: tests/nlu/known_failures.yml"
