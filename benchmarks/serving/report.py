"""The table and the plots of the measurement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.serving.talks import PERIOD

STOCK, OURS = "stock Rasa", "ours"
BLUE, ORANGE = "#1d4f91", "#b45309"
STYLES = {STOCK: {"color": ORANGE, "linestyle": "--", "marker": "s"}, OURS: {"color": BLUE, "marker": "o"}}
EARLY, LATE = 2, 8
"""The turns around the fifth: from the third to the eighth."""

Row = tuple[str, float, float, str]
"""What, stock Rasa, ours, bar of the ratio."""


def rows(report: Mapping[str, Any]) -> list[Row]:
    """Return what the table says."""
    found: list[Row] = []
    for people, figures in report["together"].items():
        bar = "≥ 5" if people == "20" else ""
        found.append((f"messages/s, {people} at once", *_both(figures, "per_second"), bar))
        found.append((f"p95 in ms, {people} at once", *_both(figures, "p95"), ""))
    for people, figures in report["at_rate"].items():
        for name, bar in (("p50", ""), ("p95", "≤ 0,20" if people == "20" else ""), ("p99", "")):
            what = f"{name} in ms, {people} people, {report['rate']:.1f} messages/s"
            found.append((what, *_both(figures, name), bar))
    for share, bar in ((50, ""), (95, "≤ 0,25")):
        single = {name: float(np.nanpercentile(times, share)) for name, times in report["single"].items()}
        found.append((f"p{share} in ms, one after another", single[STOCK], single[OURS], bar))
    grown = {name: _grown(np.array(times)) for name, times in report["long"].items()}
    found.append((f"turn {report['turns']} against turn 5", grown[STOCK], grown[OURS], "ours ≤ 1,2"))
    found.append(("CPU ms per message, 20 at once", *_both(report["together"]["20"], "cpu_ms"), ""))
    for key, title, bar in (("memory_mb", "memory in MB (PSS)", "≤ 0,50"), ("start_seconds", "start in s", ""),
                            ("training_cpu", "training, CPU s", ""), ("training_seconds", "training in s", "")):
        found.append((title, report[key][STOCK], report[key][OURS], bar))
    return found


def table(found: Sequence[Row]) -> str:
    """Write the rows as Markdown."""
    lines = ["| measure | stock Rasa | ours | ours ÷ stock | bar |", "|---|--:|--:|--:|---|"]
    lines += [f"| {what} | {stock:,.1f} | {ours:,.1f} | {ours / stock if stock else float('nan'):.2f} | {bar} |"
              for what, stock, ours, bar in found]
    return "\n".join(lines)


def plot(report: Mapping[str, Any], folder: Path) -> list[Path]:
    """Draw the curves."""
    from matplotlib.figure import Figure

    def figure(title: str, x: str, y: str) -> tuple[Any, Any]:
        drawn = Figure(figsize=(6.4, 3.6), layout="constrained")
        axes = drawn.add_subplot()
        axes.set(title=title, xlabel=x, ylabel=y)
        axes.grid(alpha=0.3)
        return drawn, axes

    files = []
    drawn, axes = figure("Answer time in a long conversation", "turn", "ms (median)")
    for name, times in report["long"].items():
        medians = np.nanmedian(np.array(times), axis=0)
        smooth = [float(np.median(medians[max(0, at - 5):at + 6])) for at in range(len(medians))]
        axes.plot(range(1, len(smooth) + 1), smooth, color=STYLES[name]["color"],
                  linestyle=STYLES[name].get("linestyle", "-"), label=name)
    files.append(_saved(drawn, axes, folder / "turns.svg"))
    drawn, axes = figure("Throughput", "people who write at once", "messages/s")
    for name in (STOCK, OURS):
        axes.plot(list(report["together"]), [each[name]["per_second"] for each in report["together"].values()],
                  label=name, **STYLES[name])
    files.append(_saved(drawn, axes, folder / "throughput.svg"))
    title = f"Answer times at {report['rate']:.1f} messages/s, 20 people"
    drawn, axes = figure(title, "share of the messages in %", "ms")
    for name in (STOCK, OURS):
        shares = (50, 95, 99)
        axes.plot([str(each) for each in shares], [report["at_rate"]["20"][name][f"p{each}"] for each in shares],
                  label=name, **STYLES[name])
    axes.set_yscale("log")
    files.append(_saved(drawn, axes, folder / "percentiles.svg"))
    return files


def _saved(drawn: Any, axes: Any, file: Path) -> Path:
    axes.legend()
    drawn.savefig(file)
    return file


def _grown(times: Any) -> float:
    """How much longer the same words took in the end than around the fifth turn."""
    later = (times.shape[1] - LATE) // PERIOD * PERIOD
    return float(np.nanmedian(times[:, EARLY + later:LATE + later]) / np.nanmedian(times[:, EARLY:LATE]))


def _both(figures: Mapping[str, Mapping[str, float]], name: str) -> tuple[float, float]:
    return figures[STOCK][name], figures[OURS][name]
