"""Numbers as a German reader expects them."""

from __future__ import annotations

import datetime as dt


def percent(value: float) -> str:
    """Write a share: 0.891 → „89,1 %“."""
    return f"{_comma(value * 100, 1)} %"


def score(value: float) -> str:
    """Write an F1 or the like: 0.8912 → „0,891“."""
    return _comma(value, 3)


def points(value: float) -> str:
    """Write a difference of shares: 0.0123 → „1,2 Punkte“."""
    return f"{_comma(value * 100, 1)} Punkte"


def seconds(value: float) -> str:
    """Write a duration."""
    return f"{value:.0f} Sekunden"


def turns(value: float) -> str:
    """Write how many messages somebody needs: 2.0 → „2 Nachrichten“."""
    return f"{_comma(value, 0 if float(value).is_integer() else 1)} Nachrichten"


def ratio(value: float) -> str:
    """Write a ratio: 0.25 → „0,25“."""
    return _comma(value, 2)


def day(value: str) -> str:
    """Write the day of a time in ISO format: „2026-01-31T10:30“ → „31.01.2026“."""
    return dt.datetime.fromisoformat(value).strftime("%d.%m.%Y")


def signed(value: float, unit: str) -> str:
    """Write a difference with its sign; shares differ by points."""
    text = UNITS["points" if unit == "share" else unit](abs(value))
    return text if text == UNITS["points" if unit == "share" else unit](0) else f"{'+' if value > 0 else '−'}{text}"


def _comma(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace("-", "−").replace(".", ",")


UNITS = {"share": percent, "score": score, "points": points, "seconds": seconds, "ratio": ratio, "turns": turns}
"""Unit of a measure → how it is written."""
