"""The curves of the report as SVG to be put into the page: no file beside it, nothing to be fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.evaluation.calibration import Calibration
from bot.evaluation.learning import Point
from bot.evaluation.numbers import percent, points
from bot.evaluation.robustness import Loss
from bot.evaluation.scope import ScopeReport

_BLUE, _ORANGE, _GREY = "#1d4f91", "#b45309", "#6b7280"
_MARKS = ((_BLUE, "o", "-"), (_ORANGE, "s", "--"))
"""Colour, mark and line of the first and second curve: told apart without colour, too."""
_SIZE = (6.4, 3.6)
"""Inches."""
_STYLE = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _GREY,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e5e7eb",
}
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)


def reliability(calibration: Calibration) -> str:
    """Plot confidence against truth."""
    axes, bins = _axes(), calibration.bins
    axes.plot([0, 100], [0, 100], ":", color=_GREY, label="ideal")
    x, y = [each.confidence * 100 for each in bins], [each.accuracy * 100 for each in bins]
    axes.plot(x, y, "o-", color=_BLUE, label="gemessen")
    axes.set(xlabel="Sicherheit des Bots in %", ylabel="davon richtig in %", xlim=(0, 103), ylim=(0, 103))
    axes.legend(loc="upper left", frameon=False)
    said = "; ".join(f"bei {percent(each.confidence)} sind {percent(each.accuracy)} richtig" for each in bins)
    return _svg(axes, "calibration", f"Sicherheit gegen Wahrheit: {said}")


def scope_curve(scope: ScopeReport, names: Mapping[str, str]) -> str:
    """Plot what refusing catches against what it costs; the big marks are the bot as it is."""
    axes = _axes()
    x = [loss * 100 for loss in scope.losses]
    for background, (colour, mark, line) in zip(scope.backgrounds, _MARKS, strict=False):
        axes.plot(x, [recall * 100 for recall in background.recalls], color=colour, linestyle=line)
        caught, label = background.refused.value * 100, f"{names[background.name]} (wie ausgeliefert)"
        axes.plot(scope.loss * 100, caught, mark, color=colour, markersize=9, label=label)
    axes.axvline(3, color=_GREY, linestyle=":")
    axes.axhline(85, color=_GREY, linestyle=":")
    axes.set(xlabel="Verlust bei unseren Sätzen in Punkten", ylabel="fremde Sätze abgewiesen in %")
    axes.set(xlim=(-0.5, 20), ylim=(0, 103))
    axes.legend(loc="lower right", frameon=False)
    said = "; ".join(f"{names[each.name]}: {percent(each.refused.value)} abgewiesen" for each in scope.backgrounds)
    return _svg(axes, "scope", f"{said}; Verlust {points(scope.loss)}")


def learning_curve(curve: Sequence[Point]) -> str:
    """Plot how well is understood over the number of training sentences."""
    axes, x = _axes(), [point.sentences for point in curve]
    values = {"richtig verstanden": [p.accuracy for p in curve], "Makro-F1": [p.macro_f1 for p in curve]}
    for (label, y), (colour, mark, line) in zip(values.items(), _MARKS, strict=True):
        axes.plot(x, [value * 100 for value in y], mark + line, color=colour, label=label)
    axes.set(xlabel="Trainingssätze", ylabel="in %", xlim=(0, None), ylim=(None, 101))
    axes.legend(loc="lower right", frameon=False)
    said = "; ".join(f"mit {point.sentences} Sätzen {percent(point.accuracy)} richtig" for point in curve)
    return _svg(axes, "learning", said)


def noise_bars(losses: Sequence[Loss], names: Mapping[str, str]) -> str:
    """Plot the loss under each kind of noise."""
    axes, shown = _axes(), list(reversed(losses))
    bars = axes.barh([names[loss.name] for loss in shown], [loss.loss * 100 for loss in shown], color=_BLUE)
    axes.bar_label(bars, [points(loss.loss) for loss in shown], padding=4)
    axes.axvline(3, color=_GREY, linestyle=":")
    axes.set(xlabel="Verlust in Punkten", xlim=(None, max(4.5, *(loss.loss * 130 for loss in shown))))
    axes.grid(axis="y", visible=False)
    return _svg(axes, "noise", "; ".join(f"{names[loss.name]}: {points(loss.loss)} Verlust" for loss in losses))


def _axes() -> Any:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_STYLE):
        return Figure(figsize=_SIZE, tight_layout=True).add_subplot()


def _svg(axes: Any, name: str, alternative: str) -> str:
    """Return the figure as text; ``name`` keeps its ids apart, ``alternative`` says in words what it shows."""
    from matplotlib import rc_context

    out = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        axes.figure.savefig(out, format="svg", metadata={"Date": None})
    svg = _METADATA.sub("", _PROLOGUE.sub("", out.getvalue()))
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alternative)}" ', 1)
