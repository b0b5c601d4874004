"""The figures of the page „Auswertung“: what people look for, how well they are answered, and how fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.curation.counted import OUTSIDE
from bot.curation.record_form.choices import choices_of
from bot.curation.usage_words import (
    KINDS,
    MOST_TURNS,
    RATINGS,
    channel_name,
    hour_name,
    latency_name,
    turns_name,
)
from bot.errors import NavigatorError
from bot.evaluation.shares import Share
from bot.records.feedback import FAILED, HELPED
from bot.records.spot_checks import SpotCheckStore, Verdict
from bot.records.usage import BOUNDS_MS, RETENTION_DAYS, Measure, UsageStore
from knowledge_base.german import number_de
from knowledge_base.store import KnowledgeStore

FEWEST = 5
FEW = f"unter {FEWEST}"
GOAL_TURNS = 3
"""„In drei Klicks zum Ziel.“"""
_UNANSWERED = ("no_match", "clarify", "error")
_DAYS, _WEEKS = 31, 183
"""Up to so many days the course shows days, then weeks, then months."""


@dataclass(frozen=True)
class Period:
    """Some days."""

    first: dt.date
    last: dt.date
    """Included."""

    @classmethod
    def of(cls, first: dt.date, last: dt.date) -> Period:
        """Return a period.

        Raises:
            NavigatorError: If it is none, or longer than anything is kept.
        """
        if last < first:
            raise NavigatorError("Der letzte Tag liegt vor dem ersten – tauschen Sie die beiden.")
        if (last - first).days > RETENTION_DAYS:
            raise NavigatorError("So weit reichen die Zahlen nicht – wählen Sie höchstens zwei Jahre.")
        return cls(first, last)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Line:
    """One thing that was counted."""

    label: str
    number: int

    @property
    def is_few(self) -> bool:
        """Whether it is too rare to be told."""
        return 0 < self.number < FEWEST

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return FEW if self.is_few else number_de(self.number)


@dataclass(frozen=True)
class Table:
    """Things of one kind, with how often they came up."""

    name: str
    """Short, for addresses and ids."""
    title: str
    about: str
    """What is counted, in one sentence."""
    heading: str
    """What stands above the things."""
    unit: str
    """What stands above the numbers."""
    lines: Sequence[Line]
    in_order: bool = False
    """Whether the things have an order of their own, such as hours."""


@dataclass(frozen=True)
class Week:
    """How the answers of one week were judged."""

    monday: dt.date
    counts: Sequence[int]
    """How many were right, partly right and wrong."""
    right: Share


@dataclass(frozen=True)
class Figures:
    """Everything about one period."""

    period: Period
    overview: Sequence[tuple[str, str]]
    """What and how much, in words."""
    tables: Sequence[Table]
    weeks: Sequence[Week]


def figures(engine: sa.Engine, store: KnowledgeStore, period: Period) -> Figures:
    """Return the figures of a period."""
    usage = UsageStore(engine)
    totals = usage.totals(period.first, period.last)
    weeks = weeks_of(SpotCheckStore(engine), period)
    course = _course(usage.by_day(Measure.CHANNEL, period.first, period.last), period)
    return Figures(period, _overview(totals, weeks), [course, *_tables(totals, store)], weeks)


def weeks_of(checks: SpotCheckStore, period: Period) -> list[Week]:
    """Return the weeks that touch the period and of which answers were judged."""
    found = checks.by_week(_monday(period.first), period.last)
    return [Week(monday, [verdicts[each] for each in Verdict], Share.of(verdicts[Verdict.RIGHT], verdicts.total()))
            for monday, verdicts in found.items()]


def percentile(classes: Mapping[str, int], share: float) -> float | None:
    """Return the duration that this share of all replies stays within, in milliseconds.

    Args:
        classes: Upper end of a class of durations → how many there were.
        share: E.g. 0.95.

    Returns:
        An estimate between the ends of a class; ``None`` if there are too few, ``inf`` if it lies behind all classes.
    """
    counted = sorted((float(bound) if bound.isdigit() else float("inf"), number) for bound, number in classes.items())
    total = sum(number for _, number in counted)
    if total < FEWEST:
        return None
    wanted, below, lower = share * total, 0, 0.0
    for bound, number in counted:
        if below + number >= wanted:
            inside = (wanted - below) / number
            return bound if bound == float("inf") else lower + inside * (bound - lower)
        below, lower = below + number, bound
    return float("inf")


def share_text(part: int, whole: int) -> str:
    """Return „12 % (60 von 500)“; a small group is not told, neither directly nor by what is left of the whole."""
    if whole < FEWEST:
        return "zu wenige für eine Angabe"
    if 0 < part < FEWEST:
        return f"{FEW} von {number_de(whole)}"
    if 0 < whole - part < FEWEST:
        return f"alle bis auf {FEW} von {number_de(whole)}"
    return f"{100 * part / whole:.0f} % ({number_de(part)} von {number_de(whole)})"


def _overview(totals: Mapping[Measure, Mapping[str, int]], weeks: Sequence[Week]) -> list[tuple[str, str]]:
    messages, talks = (sum(totals[each].values()) for each in (Measure.CHANNEL, Measure.TALK))
    goals, ratings = totals[Measure.GOAL], totals[Measure.RATING]
    soon = sum(number for turns, number in goals.items() if int(turns) <= GOAL_TURNS)
    unanswered = sum(totals[Measure.KIND].get(kind, 0) for kind in _UNANSWERED)
    helped, failed = ratings.get(HELPED, 0), ratings.get(FAILED, 0)
    return [
        ("Gespräche", Line("", talks).text),
        ("Nachrichten", Line("", messages).text),
        ("Ziel erreicht: Programm und Ansprechstelle genannt", share_text(min(sum(goals.values()), talks), talks)),
        (f"davon nach höchstens {GOAL_TURNS} Nachrichten", share_text(soon, sum(goals.values()))),
        ("Antworten ohne Ergebnis", share_text(unanswered, sum(totals[Measure.KIND].values()))),
        ("Als hilfreich bewertet", share_text(helped, helped + failed)),
        ("Richtig laut Stichprobe", _right(weeks)),
        ("Antwortzeit: die Hälfte höchstens", _duration(percentile(totals[Measure.LATENCY], 0.5))),
        ("Antwortzeit: 95 von 100 höchstens", _duration(percentile(totals[Measure.LATENCY], 0.95))),
    ]


def _right(weeks: Sequence[Week]) -> str:
    judged = sum(week.right.total for week in weeks)
    if not judged:
        return "noch nichts beurteilt"
    share = Share.of(sum(week.right.right for week in weeks), judged)
    return (f"{100 * share.value:.0f} % von {judged} beurteilten Antworten, wahrer Wert mit 95 % Sicherheit zwischen "
            f"{100 * share.low:.0f} und {100 * share.high:.0f}\u00a0%")


def _duration(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "zu wenige für eine Angabe"
    if milliseconds == float("inf"):
        return "mehr als 10 Sekunden"
    return f"{milliseconds:.0f} Millisekunden" if milliseconds < 1000 else (
        f"{milliseconds / 1000:.1f} Sekunden".replace(".", ","))


def _tables(totals: Mapping[Measure, Mapping[str, int]], store: KnowledgeStore) -> list[Table]:
    choices = store.derived(choices_of)
    areas = {value: "außerhalb von NRW" if value == OUTSIDE else choices.label("places", value)
             for value in totals[Measure.AREA]}
    topics = {value: choices.label("Topic", value) for value in totals[Measure.TOPIC]}
    people = {value: choices.label("Audience", value) for value in totals[Measure.AUDIENCE]}
    return [
        Table("themen", "Themen", "In so vielen Gesprächen ging es um das Thema.", "Thema", "Gespräche",
              _ranked(totals[Measure.TOPIC], topics)),
        Table("kreise", "Kreise", "In so vielen Gesprächen wurde ein Ort in diesem Kreis genannt.",
              "Kreis oder Region", "Gespräche", _ranked(totals[Measure.AREA], areas)),
        Table("zielgruppen", "Zielgruppen", "In so vielen Gesprächen war klar, wer fragt.", "Zielgruppe", "Gespräche",
              _ranked(totals[Measure.AUDIENCE], people)),
        Table("uhrzeit", "Uhrzeit", "In dieser Stunde kamen so viele Nachrichten.", "Stunde", "Nachrichten",
              [Line(hour_name(hour), totals[Measure.HOUR].get(f"{hour:02}", 0)) for hour in range(24)], True),
        Table("antworten", "Arten von Antworten", "So oft gab der Bot eine Antwort dieser Art.", "Art", "Antworten",
              _ranked(totals[Measure.KIND], KINDS)),
        Table("ziel", "Nachrichten bis zum Ziel",
              "Nach so vielen Nachrichten waren ein Programm und eine Ansprechstelle genannt.", "Nachrichten",
              "Gespräche", _ordered(totals[Measure.GOAL], range(1, MOST_TURNS), turns_name), True),
        Table("bewertungen", "Bewertungen", "So haben Menschen Antworten bewertet.", "Bewertung", "Antworten",
              _ranked(totals[Measure.RATING], RATINGS)),
        Table("dauer", "Antwortzeit", "So viele Antworten brauchten höchstens so lange.", "Dauer", "Antworten",
              _ordered(totals[Measure.LATENCY], BOUNDS_MS, latency_name), True),
        Table("kanaele", "Kanäle", "Auf diesem Weg kamen so viele Nachrichten.", "Kanal", "Nachrichten",
              _ranked(totals[Measure.CHANNEL], {each: channel_name(each) for each in totals[Measure.CHANNEL]})),
    ]


def _ranked(counts: Mapping[str, int], names: Mapping[str, str]) -> list[Line]:
    """Return the most frequent first; the order of the rare ones tells nothing."""
    lines = [Line(names.get(value, value), number) for value, number in counts.items()]
    return sorted(lines, key=lambda line: (0 if line.is_few else -line.number, line.label))


def _ordered(counts: Mapping[str, int], bounds: Sequence[int], name_of: Callable[[int | None], str]) -> list[Line]:
    """Return one line for each bound, and one for what lies behind the last; empty ones at the ends are left out."""
    numbers = [counts.get(str(bound), 0) for bound in bounds]
    lines = [Line(name_of(bound), number) for bound, number in zip(bounds, numbers, strict=True)]
    lines.append(Line(name_of(None), sum(counts.values()) - sum(numbers)))
    full = [place for place, line in enumerate(lines) if line.number]
    return lines[full[0]:full[-1] + 1] if full else []


def _course(by_day: Mapping[dt.date, int], period: Period) -> Table:
    """Return the messages over time: by day, by week or by month, as long as the period is."""
    heading, begin_of = "Tag", _same
    if period.days > _DAYS:
        heading, begin_of = ("Woche ab", _monday) if period.days <= _WEEKS else ("Monat", _first_of_month)
    counts: dict[dt.date, int] = {}
    for number in range(period.days):
        day = period.first + dt.timedelta(days=number)
        begin = begin_of(day)
        counts[begin] = counts.get(begin, 0) + by_day.get(day, 0)
    form = "%m.%Y" if heading == "Monat" else "%d.%m.%Y"
    return Table("verlauf", "Verlauf", "So viele Nachrichten kamen.", heading, "Nachrichten",
                 [Line(f"{begin:{form}}", number) for begin, number in counts.items()], True)


def _same(day: dt.date) -> dt.date:
    return day


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _first_of_month(day: dt.date) -> dt.date:
    return day.replace(day=1)
