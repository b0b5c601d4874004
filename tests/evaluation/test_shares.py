from __future__ import annotations

import pytest

from bot.evaluation.shares import Share


def test_the_interval_is_that_of_wilson() -> None:
    share = Share.of(90, 100)
    assert share.value == 0.9
    assert (share.low, share.high) == (pytest.approx(0.8256, abs=1e-4), pytest.approx(0.9448, abs=1e-4))


def test_all_right_of_few_is_not_certain() -> None:
    assert Share.of(5, 5).low < 0.6
    assert Share.of(5, 5).high == pytest.approx(1)


def test_there_is_no_share_of_nothing() -> None:
    with pytest.raises(ValueError, match="no cases"):
        Share.of(0, 0)
