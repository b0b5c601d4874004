"""Plots as drawings of the page itself: here the geometry, in ``templates/_charts.html`` the SVG and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.curation.usage import Line, Table, Week

WIDTH = 360
"""All plots are so wide; a screen shows them a little larger or smaller, with letters that can be read."""
MOST_BARS = 12
_ROW, _LETTERS = 36, 38
_TOP, _FLOOR, _LEFT = 16, 160, 42
_MOST_LABELS = 5
_STUB = 3
"""Height of what is too rare to be told."""


@dataclass(frozen=True)
class Bar:
    """One bar or column."""

    label: str
    """Empty where there is no room for it."""
    text: str
    x: float
    y: float
    width: float
    height: float
    is_few: bool = False


@dataclass(frozen=True)
class Plot:
    """A drawing with the sentence a screen reader says."""

    name: str
    said: str
    height: int
    bars: Sequence[Bar]
    top: str = ""
    """What stands at the upper end of the axis."""
    lying: bool = False


@dataclass(frozen=True)
class Point:
    """A share with the interval in which the true one lies."""

    label: str
    x: float
    y: float
    high: float
    low: float


def plot_of(table: Table) -> Plot | None:
    """Return the plot of a table; ``None`` if there is nothing to see."""
    if not any(line.number for line in table.lines):
        return None
    return _columns(table) if table.in_order else _bars(table)


def trend(weeks: Sequence[Week]) -> list[Point]:
    """Return the share of right answers week by week, from 0 at the floor to 100 % at the top."""
    step = (WIDTH - _LEFT) / max(1, len(weeks))
    every = _every(len(weeks))

    def y(share: float) -> float:
        return round(_FLOOR - share * (_FLOOR - _TOP), 1)

    return [Point(f"{week.monday:%d.%m.}" if number % every == 0 else "", round(_LEFT + (number + 0.5) * step, 1),
                  y(week.right.value), y(week.right.high), y(week.right.low)) for number, week in enumerate(weeks)]


def _bars(table: Table) -> Plot:
    """The most frequent ones, one under the other, each with its name above the bar."""
    lines = list(table.lines[:MOST_BARS])
    most = max(line.number for line in lines)
    bars = [Bar(_cut(line.label), line.text, 0, number * _ROW + 20, _length(line, most, WIDTH), 10, line.is_few)
            for number, line in enumerate(lines)]
    return Plot(table.name, _said(table), len(lines) * _ROW, bars, lying=True)


def _columns(table: Table) -> Plot:
    """All of them side by side, in their order."""
    lines = table.lines
    step, every = (WIDTH - _LEFT) / len(lines), _every(len(lines))
    most = max(line.number for line in lines)
    bars = []
    for number, line in enumerate(lines):
        height = _length(line, most, _FLOOR - _TOP)
        label = _short(line.label) if number % every == 0 else ""
        bars.append(Bar(label, line.text, round(_LEFT + (number + 0.1) * step, 1), round(_FLOOR - height, 1),
                        round(step * 0.8, 1), height, line.is_few))
    return Plot(table.name, _said(table), _FLOOR + 24, bars, Line("", most).text)


def _length(line: Line, most: int, room: int) -> float:
    return _STUB if line.is_few else round(room * line.number / most, 1)


def _every(count: int) -> int:
    """Return at which distance labels have room."""
    return max(1, -(-count // _MOST_LABELS))


def _cut(label: str) -> str:
    return label if len(label) <= _LETTERS else label[:_LETTERS - 1].rstrip() + "…"


def _short(label: str) -> str:
    """Return what fits under a column: „14“ of „14 bis 15 Uhr“, „21.11.“ of „21.11.2026“."""
    first = label.removeprefix("bis ").removeprefix("über ").split(" ")[0]
    return first[:6] if first.count(".") == 2 else first


def _said(table: Table) -> str:
    ranked = sorted((line for line in table.lines if line.number and not line.is_few),
                    key=lambda line: -line.number)[:3]
    most = ", ".join(f"{line.label} {line.text}" for line in ranked)
    return f"{table.title}: {table.about}" + (f" Am häufigsten: {most}." if most else "")
