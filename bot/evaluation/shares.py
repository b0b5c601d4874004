"""A share of counted cases with the interval in which the true one lies."""

from __future__ import annotations

from dataclasses import dataclass

_LEVEL = 0.95


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    right: int
    total: int
    value: float
    low: float
    """Lower end of the 95 % interval (Wilson)."""
    high: float

    @classmethod
    def of(cls, right: int, total: int) -> Share:
        """Compute share and interval.

        Raises:
            ValueError: If there are no cases: no share of nothing is good or bad.
        """
        from scipy.stats import binomtest

        if total < 1:
            raise ValueError("no cases to take a share of")
        interval = binomtest(right, total).proportion_ci(_LEVEL, method="wilson")
        return cls(right, total, right / total, float(interval.low), float(interval.high))
