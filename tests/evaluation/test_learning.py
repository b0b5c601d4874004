from __future__ import annotations

import pytest

from bot.evaluation.judged import judge
from bot.evaluation.learning import learning_curve, part
from bot.evaluation.pipeline import Config, Pipeline
from tests.evaluation.made_up import TRAINING, find_names

MANY = {"a": [f"satz {n}" for n in range(100)], "b": ["eins", "zwei", "drei"]}


def test_a_part_has_its_share_of_each_intent_but_at_least_two() -> None:
    chosen = part(MANY, 0.1)
    assert {intent: len(texts) for intent, texts in chosen.items()} == {"a": 10, "b": 2}


def test_a_larger_part_holds_all_of_a_smaller_one() -> None:
    assert set(part(MANY, 0.25)["a"]) < set(part(MANY, 0.5)["a"]) < set(MANY["a"])


def test_the_part_does_not_depend_on_the_order_of_the_file() -> None:
    assert part({"a": MANY["a"][::-1]}, 0.3) == part({"a": MANY["a"]}, 0.3)


def test_the_last_point_is_the_model_trained_on_everything() -> None:
    bot = Pipeline.train(TRAINING, find_names, Config())
    judged = judge(bot, {"gruss": ["hallo zusammen"], "programm_frist": ["welche frist"]})
    points = list(learning_curve(TRAINING, judged, find_names, Config(), shares=(0.1, 0.5)))
    assert [point.share for point in points] == [0.1, 0.5, 1.0]
    assert [point.sentences for point in points] == [6, 9, 16]
    assert points[-1].accuracy == pytest.approx(sum(each.right for each in judged) / 2)
