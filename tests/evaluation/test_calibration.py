from __future__ import annotations

import pytest

from bot.evaluation.calibration import calibration
from tests.evaluation.made_up import judged


def test_honest_confidence_has_no_error() -> None:
    sentences = [judged(str(n), "a", "a" if n < 3 else "b", 0.75) for n in range(4)]
    assert calibration(sentences).error == pytest.approx(0)


def test_the_error_is_weighted_by_sentences() -> None:
    sure_and_wrong = [judged("x", "a", "b", 1.0)]
    right = [judged(str(n), "a", "a", 1.0) for n in range(3)]
    low = [judged(str(n), "a", "a", 0.05) for n in range(4)]
    found = calibration([*sure_and_wrong, *right, *low])
    assert [(each.sentences, each.accuracy) for each in found.bins] == [(4, 1.0), (4, 0.75)]
    assert found.error == pytest.approx((4 * 0.95 + 4 * 0.25) / 8)
