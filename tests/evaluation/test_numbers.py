from __future__ import annotations

import pytest

from bot.evaluation.numbers import UNITS, day, signed


@pytest.mark.parametrize(
    ("unit", "value", "written"),
    [
        ("share", 0.8912, "89,1 %"),
        ("score", 0.8912, "0,891"),
        ("points", -0.012, "−1,2 Punkte"),
        ("seconds", 42.4, "42 Sekunden"),
        ("ratio", 1 / 3, "0,33"),
        ("turns", 2, "2 Nachrichten"),
        ("turns", 2.5, "2,5 Nachrichten"),
    ],
)
def test_numbers_are_written_in_german(unit: str, value: float, written: str) -> None:
    assert UNITS[unit](value) == written


def test_a_day_is_written_in_german() -> None:
    assert day("2026-01-31T10:30:00+01:00") == day("2026-01-31") == "31.01.2026"


def test_a_difference_has_a_sign_unless_it_is_nothing() -> None:
    assert signed(0.02, "share") == "+2,0 Punkte"
    assert signed(-0.02, "score") == "−0,020"
    assert signed(-0.00001, "share") == "0,0 Punkte"
