from __future__ import annotations

import pytest

from bot.evaluation.intents import report
from bot.evaluation.judged import Judged
from bot.evaluation.pipeline import FALLBACK, Reading
from tests.evaluation.made_up import judged

ASKED_BACK = Judged("c2", "c", Reading(FALLBACK, [{"name": "c", "confidence": 0.2}]))
SENTENCES = [
    judged("a1", "a", "a"),
    judged("a2", "a", "a"),
    judged("b1", "b", "a"),
    judged("b2", "b", "a"),
    judged("b3", "b", "b"),
    judged("c1", "c", "b"),
    ASKED_BACK,
]


def test_asking_back_is_not_right_but_the_first_choice_may_be() -> None:
    found = report(SENTENCES)
    assert found.accuracy.right == 3
    assert found.first_choice.right == 4
    assert found.asked_back.right == 1


def test_each_intent_has_its_scores_the_weakest_first() -> None:
    scores = {score.intent: score for score in report(SENTENCES).intents}
    assert (scores["a"].precision, scores["a"].recall, scores["a"].sentences) == (0.5, 1.0, 2)
    assert (scores["b"].precision, scores["b"].right) == (0.5, 1)
    assert next(iter(scores)) == "c"


def test_macro_f1_is_the_mean_over_intents_that_are_meant() -> None:
    found = report(SENTENCES)
    assert found.macro_f1 == pytest.approx(sum(score.f1 for score in found.intents) / 3)


def test_confusions_name_their_sentences_the_most_frequent_first() -> None:
    confusions = report(SENTENCES).confusions
    assert (confusions[0].meant, confusions[0].understood, confusions[0].sentences) == ("b", "a", ["b1", "b2"])
    assert {(each.meant, each.understood) for each in confusions} == {("b", "a"), ("c", "b"), ("c", FALLBACK)}
