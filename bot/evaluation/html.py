"""The report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.evaluation import numbers, plots
from bot.evaluation.bars import BACKGROUND, XSID, Bar, Row
from bot.evaluation.report import Report
from bot.evaluation.xsid import DIALECTS

_TEMPLATE = "report.html.j2"
_BACKGROUNDS = {BACKGROUND: "eigene Sammlung", XSID: "xSID"}
_NOISES = {
    "lower": "Kleinschreibung",
    "ascii": "ae, oe, ue, ss",
    "typos": "5 % Tippfehler",
    "punctuation": "ohne Satzzeichen",
}
_KINDS = {
    "place": "Orte",
    "programme": "Programme",
    "employees": "Beschäftigte",
    "audience": "Zielgruppen",
    "topic": "Themen",
}
_ORDERS = {
    "dynamic": "die Frage, die am meisten klärt",
    "fixed": "feste Reihenfolge",
    "place_unknown": "die Frage, die am meisten klärt; auch der Ort ist manchen unbekannt",
}
_LACKING = {
    "unfit": "ein Programm, das nicht passt",
    "none_fits": "kein Programm, das sicher passt",
    "contact": "die zuständige Stelle fehlt",
}
_SETS = {"all": "alle Sätze", "intents": "Prüfsätze der Absichten", "entities": "Prüfsätze für Benennungen"}


def render(report: Report, rows: Sequence[Row], accepted: Mapping[str, Any]) -> str:
    """Return the page.

    Args:
        report: What was measured.
        rows: The table of measures and bars.
        accepted: The numbers accepted last (``bot.evaluation.baseline.read_accepted``).
    """
    page = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("percent", "score", "points", "ratio", "seconds", "turns", "day"):
        page.filters[name] = getattr(numbers, name)
    talks = {"orders": _ORDERS, "lacking": _LACKING}
    names = {
        **talks,
        "backgrounds": _BACKGROUNDS,
        "noises": _NOISES,
        "kinds": _KINDS,
        "sets": _SETS,
        "dialects": DIALECTS,
    }
    return page.get_template(_TEMPLATE).render(
        report=report,
        rows=[_shown(row) for row in rows],
        accepted_on=accepted.get("day"),
        background_names=[_BACKGROUNDS[each.name] for each in report.scope.backgrounds] if report.scope else [],
        plots=_plots(report),
        **names,
    )


def goal(bar: Bar) -> str:
    """Return in words what a measure should be."""
    write = numbers.UNITS[bar.unit]
    if bar.least is not None:
        return f"mindestens {write(bar.least)}"
    return f"höchstens {write(bar.most)}" if bar.most is not None else "–"


def verdict(ok: bool | None) -> str:
    """Return in words whether a bar is reached."""
    return "–" if ok is None else ("erreicht" if ok else "verfehlt")


def _shown(row: Row) -> dict[str, str]:
    write = numbers.UNITS[row.bar.unit]
    before = row.accepted
    return {
        "title": row.bar.title,
        "value": write(row.value),
        "goal": goal(row.bar),
        "verdict": verdict(row.ok),
        "accepted": "–" if before is None else write(before),
        "difference": "–" if before is None else numbers.signed(row.value - before, row.bar.unit),
    }


def _plots(report: Report) -> dict[str, Markup]:
    """Draw what was measured. The text of a plot is our own, so it is put into the page as it is."""
    drawn = {"calibration": plots.reliability(report.calibration)}
    if report.scope:
        drawn["scope"] = plots.scope_curve(report.scope, _BACKGROUNDS)
    if report.learning:
        drawn["learning"] = plots.learning_curve(report.learning)
    if report.robustness:
        drawn["noise"] = plots.noise_bars(report.robustness, _NOISES)
    return {name: Markup(svg) for name, svg in drawn.items()}
