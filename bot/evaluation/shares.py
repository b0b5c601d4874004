"""A share of counted cases with the interval in which the true one lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

_LEVEL = 0.95
_Z = NormalDist().inv_cdf((1 + _LEVEL) / 2)


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
        if total < 1:
            raise ValueError("no cases to take a share of")
        value, spread = right / total, _Z * _Z / total
        middle, scale = (value + spread / 2) / (1 + spread), 1 / (1 + spread)
        half = scale * math.sqrt(spread * (value * (1 - value) + spread / 4))
        return cls(right, total, value, max(0.0, middle - half), min(1.0, middle + half))
