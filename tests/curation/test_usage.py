"""Figures of a period: shares and durations, nothing about small groups, a course that fits the period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.curation.usage import Figures, Period, figures, percentile, share_text
from bot.database import Base, open_engine
from bot.records.spot_check_tables import SpotCheckRow
from bot.records.usage import Key, Measure, UsageStore
from bot.records.usage_tables import UsageCountRow
from knowledge_base.store import KnowledgeStore

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    """An empty database; the stores themselves are tested on both kinds."""
    opened = open_engine("sqlite://")
    Base.metadata.create_all(opened, [UsageCountRow.__table__, SpotCheckRow.__table__])
    yield opened
    opened.dispose()


@pytest.mark.parametrize(("part", "whole", "text"), [
    (60, 500, "12 % (60 von 500)"), (3, 500, "unter 5 von 500"), (0, 500, "0 % (0 von 500)"),
    (498, 500, "alle bis auf unter 5 von 500"), (500, 500, "100 % (500 von 500)"),
    (2, 4, "zu wenige für eine Angabe"), (600, 1200, "50 % (600 von 1.200)"),
])
def test_shares_tell_nothing_about_small_groups(part: int, whole: int, text: str) -> None:
    assert share_text(part, whole) == text


@pytest.mark.parametrize(("classes", "share", "value"), [
    ({"10": 50, "20": 50}, 0.5, 10.0), ({"10": 50, "20": 50}, 0.75, 15.0), ({"100": 10}, 0.95, 95.0),
    ({"10": 4}, 0.5, None), ({}, 0.5, None), ({"10": 5, "mehr": 5}, 0.95, float("inf")),
    ({"1000": 10, "50": 90}, 0.95, 525.0),
])
def test_percentiles(classes: dict[str, int], share: float, value: float | None) -> None:
    assert percentile(classes, share) == value


@pytest.mark.parametrize(("days", "heading", "labels"), [
    (3, "Tag", ["18.11.2026", "19.11.2026", "20.11.2026"]),
    (40, "Woche ab", ["12.10.2026", "19.10.2026", "26.10.2026", "02.11.2026", "09.11.2026", "16.11.2026"]),
    (200, "Monat", ["05.2026", "06.2026", "07.2026", "08.2026", "09.2026", "10.2026", "11.2026"]),
])
def test_the_course(engine: sa.Engine, shared_store: KnowledgeStore, days: int, heading: str,
                    labels: list[str]) -> None:
    UsageStore(engine).add({Key(DAY, Measure.CHANNEL, "web"): 7})
    found = figures(engine, shared_store, Period(DAY - dt.timedelta(days=days - 1), DAY))
    course = found.tables[0]
    assert (course.heading, [line.label for line in course.lines]) == (heading, labels)
    assert [line.number for line in course.lines] == [0] * (len(labels) - 1) + [7]


def overview(found: Figures) -> dict[str, str]:
    return dict(found.overview)


def test_the_overview(engine: sa.Engine, shared_store: KnowledgeStore) -> None:
    UsageStore(engine).add({
        Key(DAY, *key): number for key, number in {
            (Measure.CHANNEL, "web"): 100, (Measure.TALK, "web"): 50, (Measure.KIND, "programmes"): 80,
            (Measure.KIND, "no_match"): 12, (Measure.KIND, "clarify"): 8, (Measure.GOAL, "1"): 20,
            (Measure.GOAL, "3"): 10, (Measure.GOAL, "5"): 10, (Measure.RATING, "hilfreich"): 15,
            (Measure.RATING, "nicht"): 5, (Measure.LATENCY, "50"): 100}.items()})
    said = overview(figures(engine, shared_store, Period(DAY, DAY)))
    assert said["Gespräche"] == "50"
    assert said["Ziel erreicht: Programm und Ansprechstelle genannt"] == "80 % (40 von 50)"
    assert said["davon nach höchstens 3 Nachrichten"] == "75 % (30 von 40)"
    assert said["Antworten ohne Ergebnis"] == "20 % (20 von 100)"
    assert said["Als hilfreich bewertet"] == "75 % (15 von 20)"
    assert said["Richtig laut Stichprobe"] == "noch nichts beurteilt"
    assert said["Antwortzeit: 95 von 100 höchstens"] == "48 Millisekunden"


def test_rare_things_stand_last_and_in_no_telling_order(
    engine: sa.Engine, shared_store: KnowledgeStore
) -> None:
    UsageStore(engine).add({
        Key(DAY, Measure.TOPIC, topic): number for topic, number in
        {"qualifizierung": 2, "ki": 9, "ausbildung": 1, "gruendung": 20}.items()})
    topics = figures(engine, shared_store, Period(DAY, DAY)).tables[1].lines
    assert [line.text for line in topics] == ["20", "9", "unter 5", "unter 5"]
    assert [line.label for line in topics[2:]] == sorted(line.label for line in topics[2:])
