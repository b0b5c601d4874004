"""The measures of a run beside what they should be and what they were when somebody last accepted them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.evaluation.report import Report

BACKGROUND, XSID = "background", "xsid-de"
"""Names of the two sets of foreign sentences."""


@dataclass(frozen=True)
class Bar:
    """A measure and what it should be."""

    key: str
    title: str
    """German, for the reader of the report."""
    unit: str = "share"
    """``share``, ``score``, ``points``, ``ratio``, ``turns`` or ``seconds``: how the value is written."""
    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool | None:
        """Whether a value is good enough; ``None`` if there is no bar."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


BARS: tuple[Bar, ...] = (
    Bar("accuracy", "Absichten richtig verstanden", least=0.93),
    Bar("macro_f1", "Absichten, Makro-F1", "score", least=0.91),
    Bar("asked_back", "Rückfragen bei Prüfsätzen"),
    Bar("calibration_error", "Fehler der Sicherheit (ECE)", "points"),
    Bar("other_author", "Sätze anderer Autoren, auch zweite Lesart", least=0.88),
    Bar("other_author_strict", "Sätze anderer Autoren, nur erste Lesart"),
    Bar("xsid", "xSID, Absichten auf Hochdeutsch", least=0.926),
    Bar("refused_background", "Fremde Sätze abgewiesen: eigene Sammlung", least=0.85),
    Bar("refused_xsid", "Fremde Sätze abgewiesen: xSID", least=0.85),
    Bar("scope_loss", "Verlust durch Abweisen", "points", most=0.03),
    Bar("entity_place", "Orte, F1", "score", least=0.97),
    Bar("entity_programme", "Programme, F1", "score", least=0.95),
    Bar("entity_employees", "Beschäftigte, F1", "score", least=0.97),
    Bar("entity_audience", "Zielgruppen, F1", "score", least=0.90),
    Bar("entity_topic", "Themen, F1", "score", least=0.90),
    Bar("noise_lower", "Verlust bei Kleinschreibung", "points", most=0.03),
    Bar("noise_ascii", "Verlust bei ae, oe, ue, ss", "points", most=0.03),
    Bar("noise_typos", "Verlust bei 5 % Tippfehlern", "points", most=0.03),
    Bar("noise_punctuation", "Verlust ohne Satzzeichen", "points", most=0.03),
    Bar("turns_within", "In drei Nachrichten am Ziel", least=0.95),
    Bar("turns_median", "Nachrichten bis zum Ziel, Median", "turns", most=2),
    Bar("turns_within_fixed", "In drei Nachrichten am Ziel bei fester Reihenfolge"),
    Bar("training_seconds", "Dauer des Trainings", "seconds", most=90),
    Bar("parse_ratio", "Zeit je Nachricht gegen Standard-Rasa", "ratio", most=1 / 3),
)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    bar: Bar
    value: float
    ok: bool | None
    accepted: float | None
    """Value when somebody last accepted the numbers."""


def rows(report: Report, accepted: Mapping[str, float]) -> list[Row]:
    """Return a line for each measure that was taken."""
    values = measures(report)
    return [
        Row(bar, values[bar.key], bar.holds(values[bar.key]), accepted.get(bar.key))
        for bar in BARS
        if bar.key in values
    ]


def measures(report: Report) -> dict[str, float]:
    """Return the numbers that are compared from run to run."""
    return dict(_measures(report))


def _measures(report: Report) -> Iterator[tuple[str, float]]:
    yield "accuracy", report.intents.accuracy.value
    yield "macro_f1", report.intents.macro_f1
    yield "asked_back", report.intents.asked_back.value
    yield "calibration_error", report.calibration.error
    if report.other_author:
        yield "other_author", report.other_author.accepted.value
        yield "other_author_strict", report.other_author.strict.value
    if report.xsid:
        yield "xsid", report.xsid.accuracy["de"].value
    if report.scope:
        yield "scope_loss", report.scope.loss
        for name, key in ((BACKGROUND, "refused_background"), (XSID, "refused_xsid")):
            yield from ((key, each.refused.value) for each in report.scope.backgrounds if each.name == name)
    if report.entities:
        yield from ((f"entity_{kind}", score["f1"]) for kind, score in report.entities["all"]["scores"].items())
    yield from ((f"noise_{loss.name}", loss.loss) for loss in report.robustness)
    if report.turns:
        yield "turns_within", report.turns.dynamic.within.value
        yield "turns_within_fixed", report.turns.fixed.within.value
        if report.turns.dynamic.median is not None:
            yield "turns_median", report.turns.dynamic.median
    if report.training_seconds is not None:
        yield "training_seconds", report.training_seconds
    if report.stock:
        yield "parse_ratio", report.stock["time_ratio"]
