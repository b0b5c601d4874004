from __future__ import annotations

import pytest

from bot.nlu.speller import Speller

TEXTS = [
    "zuschuss fuer weiterbildung",
    "weiterbildung und zuschuss",
    "bildungscheck",
    "meister meister",
    "meisten meisten meisten",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zuschus", "zuschuss"),
        ("zuschusss", "zuschuss"),
        ("zuscuhss", "zuschuss"),
        ("weiterbikdung", "weiterbildung"),
        ("und zuschuss fuer weiterbildunf", "und zuschuss fuer weiterbildung"),
    ],
)
def test_one_mistake_is_put_right(typed: str, meant: str) -> None:
    assert Speller.learn(TEXTS).corrected(typed) == meant


@pytest.mark.parametrize("text", ["bildungscheck", "zuschass zu", "fer", "quantenphysik", ""])
def test_known_short_and_strange_words_stay(text: str) -> None:
    speller = Speller.learn([*TEXTS, "zuschass"])
    assert speller.corrected(text) == text


def test_a_german_word_that_training_does_not_know_stays() -> None:
    assert Speller.learn(["laden laden"]).corrected("waden") == "waden"
    assert Speller.learn(["laden laden"]).corrected("ladem") == "laden"


def test_the_more_frequent_word_is_meant() -> None:
    assert Speller.learn(TEXTS).corrected("meistex") == "meisten"
