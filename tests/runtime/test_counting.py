"""What people look for is counted: once per conversation, never in the way of a reply, nothing a person wrote."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.database import open_engine
from bot.records.usage import Key, Measure, UsageStore
from bot.records.usage_tables import UsageCountRow
from bot.runtime.counting import CountingRuntime, Tally, keep_writing, write
from bot.runtime.messages import BotMessage, complete_answer

DAY = dt.date(2026, 11, 20)
CASE = {"topics": ["ki", "weiterbildung"], "place": "luedenscheid", "audience": "unternehmen"}


class Clock:
    """Seconds a test turns on."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tally(clock: Clock) -> Tally:
    return Tally(lambda: dt.datetime(2026, 11, 20, 14, 5), clock)


def message(kind: str = "info", understood: dict[str, Any] | None = None, **answer: Any) -> BotMessage:
    return BotMessage("Text", answer=complete_answer({"kind": kind, **answer}, understood or {}))


def taken(tally: Tally, measure: Measure) -> dict[str, int]:
    counts = tally.take()
    assert {key.day for key in counts} <= {DAY}
    found = {key.value: number for key, number in counts.items() if key.measure is measure}
    tally.put_back(counts)
    return found


def as_it_is(measure: Measure, value: str) -> str | None:
    return value


def test_every_message_counts_and_a_topic_once_per_conversation(tally: Tally) -> None:
    for person in ("anna", "anna", "berta"):
        tally.note(person, "web", None, [message("programmes", CASE)], 0.012)
    assert taken(tally, Measure.CHANNEL) == {"web": 3}
    assert taken(tally, Measure.TALK) == {"web": 2}
    assert taken(tally, Measure.TOPIC) == {"ki": 2, "weiterbildung": 2}
    assert taken(tally, Measure.AREA) == {"luedenscheid": 2}
    assert taken(tally, Measure.AUDIENCE) == {"unternehmen": 2}
    assert taken(tally, Measure.HOUR) == {"14": 3}
    assert taken(tally, Measure.LATENCY) == {"15": 3}


def test_a_message_that_is_sent_again_counts_once(tally: Tally) -> None:
    for _ in range(2):
        tally.note("anna", "web", "m1", [message()], 0.1)
    assert taken(tally, Measure.CHANNEL) == {"web": 1}


def test_who_comes_back_later_begins_anew(tally: Tally, clock: Clock) -> None:
    tally.note("anna", "web", None, [message()], 0.1)
    clock.seconds = 3000
    tally.note("anna", "web", None, [message()], 0.1)
    clock.seconds = 7000
    tally.note("anna", "web", None, [message()], 0.1)
    assert taken(tally, Measure.TALK) == {"web": 2}


@pytest.mark.parametrize(("kinds", "kind"), [
    (["info", "programmes"], "programmes"), (["info", "no_match"], "no_match"), (["programmes", "error"], "error"),
    (["contacts", "question"], "contacts"), ([], "info"),
])
def test_the_kind_that_says_most_is_counted(tally: Tally, kinds: list[str], kind: str) -> None:
    tally.note("anna", "web", None, [message(each) for each in kinds], 9.0)
    assert taken(tally, Measure.KIND) == {kind: 1}


def test_the_goal_is_a_programme_and_a_contact_and_counts_once(tally: Tally) -> None:
    for answer in ({"kind": "question"}, {"kind": "programmes", "programmes": [{"id": "x"}]},
                   {"kind": "no_match", "contacts": [{"id": "y"}]}, {"kind": "contacts", "contacts": [{"id": "y"}]},
                   {"kind": "programme", "programmes": [{"id": "x"}], "contacts": [{"id": "y"}]}):
        tally.note("anna", "web", None, [message(**answer)], 0.1)
    assert taken(tally, Measure.GOAL) == {"4": 1}


def test_what_was_slow_stands_in_the_last_class(tally: Tally) -> None:
    tally.note("anna", "web", None, [message()], 12.0)
    assert taken(tally, Measure.LATENCY) == {"mehr": 1}


async def test_a_counter_that_fails_costs_no_reply() -> None:
    class Bot:
        async def handle(self, conversation_id: str, **more: Any) -> list[BotMessage]:
            return [message()]

    class Broken:
        def note(self, *arguments: Any) -> None:
            raise RuntimeError

    runtime = CountingRuntime(Bot(), Broken())  # type: ignore[arg-type]
    assert len(await runtime.handle("anna", text="Hallo")) == 1


def test_only_what_may_be_counted_is_written(tally: Tally) -> None:
    engine = open_engine("sqlite://")
    UsageCountRow.metadata.create_all(engine, [UsageCountRow.__table__])
    store = UsageStore(engine)
    tally.note("anna", "web", None, [message("programmes", {**CASE, "topics": ["ki", "fremd"]})], 0.1)
    tally.note("berta", "web", None, [message("programmes", {**CASE, "place": "altena"})], 0.1)
    values = {"fremd": None, "luedenscheid": "maerkischer-kreis", "altena": "maerkischer-kreis"}
    for _ in range(2):
        write(tally, store, lambda measure, value: values.get(value, value))
    found = store.totals(DAY, DAY)
    assert found[Measure.AREA] == {"maerkischer-kreis": 2}
    assert found[Measure.TOPIC] == {"ki": 2, "weiterbildung": 1}
    assert tally.take() == {}
    engine.dispose()


def test_what_could_not_be_written_is_written_later(tally: Tally) -> None:
    class Away:
        def add(self, counts: Any) -> None:
            raise SQLAlchemyError

    tally.note("anna", "web", None, [message()], 0.1)
    write(tally, Away(), as_it_is)  # type: ignore[arg-type]
    assert taken(tally, Measure.CHANNEL) == {"web": 1}


async def test_what_is_left_is_written_at_the_end(tally: Tally) -> None:
    written: list[dict[Key, int]] = []

    class Store:
        def add(self, counts: dict[Key, int]) -> None:
            written.append(counts)

    running = asyncio.create_task(keep_writing(tally, Store(), as_it_is))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    tally.note("anna", "web", None, [message()], 0.1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [counts[Key(DAY, Measure.CHANNEL, "web")] for counts in written] == [1]
