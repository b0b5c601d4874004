"""Whether the confidence is honest: of the sentences understood with 70 %, are 70 % right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.judged import Judged

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Sentences of like confidence."""

    low: float
    high: float
    sentences: int
    confidence: float
    """Mean confidence."""
    accuracy: float


@dataclass(frozen=True)
class Calibration:
    """Confidence against truth."""

    error: float
    """Expected calibration error: how far confidence and accuracy are apart, on average over sentences."""
    bins: list[Bin]
    """Only those with sentences."""


def calibration(judged: Sequence[Judged], bins: int = BINS) -> Calibration:
    """Compare the confidence of the likeliest intent with how often it is right.

    Args:
        judged: Sentences; at least one.
        bins: So many equally wide ranges of confidence.
    """
    pairs = [(each.reading.confidence, each.reading.best == each.meant) for each in judged]
    filled = []
    for number in range(bins):
        inside = [(c, right) for c, right in pairs if min(int(c * bins), bins - 1) == number]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            filled.append(Bin(number / bins, (number + 1) / bins, len(inside), mean, share))
    apart = sum(each.sentences * abs(each.confidence - each.accuracy) for each in filled)
    return Calibration(apart / len(pairs), filled)
