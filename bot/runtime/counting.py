"""A runtime that counts what it answers: in memory at once, in the database every few seconds.

No conversation waits for a counter. What is known of a conversation (how many messages, what came up) stays in memory
and is forgotten with it; only sums are written.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional
from zoneinfo import ZoneInfo

from bot.log import get_logger
from bot.records.usage import BOUNDS_MS, SLOWER, Key, Measure, UsageStore
from bot.runtime.around import RuntimeAround
from bot.runtime.interface import Runtime
from bot.runtime.messages import BotMessage

WRITE_SECONDS = 5.0
_TALKS = 20_000
"""So many conversations are kept in mind."""
_OVER_SECONDS = 3600.0
"""Who writes again after that begins a new conversation as far as counting goes."""
_TELLING = ("error", "no_match", "clarify", "handoff", "verdict", "programme", "programmes", "events", "glossary",
            "contacts", "question", "smalltalk", "info")
"""Kinds of answers; the one that stands first says most about a reply."""
_BERLIN = ZoneInfo("Europe/Berlin")
_log = get_logger(__name__)


@dataclass
class _Talk:
    """What is kept in mind of a conversation while it goes on."""

    last_at: float
    turns: int = 0
    message_id: str | None = None
    shown: set[str] = field(default_factory=set)
    """Whether it was shown a programme, a contact."""
    counted: set[tuple[Measure, str]] = field(default_factory=set)


class Tally:
    """Counts in memory.

    Args:
        now: The time in Germany.
        clock: Seconds that only grow.
    """

    def __init__(self, now: Callable[[], dt.datetime] | None = None, clock: Callable[[], float] = time.monotonic
                 ) -> None:
        self._now = now or (lambda: dt.datetime.now(_BERLIN))
        self._clock = clock
        self._talks: OrderedDict[str, _Talk] = OrderedDict()
        self._counts: Counter[Key] = Counter()

    def note(self, conversation_id: str, channel: str, message_id: str | None, reply: Sequence[BotMessage],
             seconds: float) -> None:
        """Count one message and its reply; the same message sent again counts once."""
        now, talk = self._now(), self._talk(conversation_id)
        if message_id is not None and message_id == talk.message_id:
            return
        talk.message_id, talk.turns = message_id, talk.turns + 1
        answers = [message.answer for message in reply]
        found = [(Measure.CHANNEL, channel), (Measure.HOUR, f"{now.hour:02}"), (Measure.KIND, _kind(answers)),
                 (Measure.LATENCY, _class_of(seconds))]
        once = [(Measure.TALK, channel), *_case(answers[-1].get("understood") or {} if answers else {})]
        if _reached(talk, answers):
            found.append((Measure.GOAL, str(talk.turns)))
        found += [each for each in once if each not in talk.counted]
        talk.counted.update(once)
        self._counts.update(Key(now.date(), *each) for each in found)

    def take(self) -> Counter[Key]:
        """Return what was counted since the last time and begin anew."""
        taken, self._counts = self._counts, Counter()
        return taken

    def put_back(self, counts: Mapping[Key, int]) -> None:
        """Take back what could not be written."""
        self._counts.update(counts)

    def _talk(self, conversation_id: str) -> _Talk:
        at = self._clock()
        talk = self._talks.get(conversation_id)
        if talk is None or at - talk.last_at > _OVER_SECONDS:
            talk = self._talks[conversation_id] = _Talk(at)
        talk.last_at = at
        self._talks.move_to_end(conversation_id)
        while len(self._talks) > _TALKS:
            self._talks.popitem(last=False)
        return talk


class CountingRuntime(RuntimeAround):
    """Counts what another runtime answers. Whatever happens while counting, the reply goes out."""

    def __init__(self, runtime: Runtime, tally: Tally) -> None:
        super().__init__(runtime)
        self._tally = tally

    def _answered(self, conversation_id: str, channel: str, message_id: str | None, reply: Sequence[BotMessage],
                  seconds: float) -> None:
        try:
            self._tally.note(conversation_id, channel, message_id, reply, seconds)
        except Exception as error:
            _log.error("usage.not_counted", error)


Value = Callable[[Measure, str], Optional[str]]
"""Returns what is counted for a value (``None``: nothing): no place smaller than a Kreis, nothing somebody wrote."""


def write(tally: Tally, store: UsageStore, value_of: Value) -> None:
    """Write what was counted; if that fails, it is tried again later."""
    taken = tally.take()
    try:
        counts: Counter[Key] = Counter()
        for key, number in taken.items():
            value = value_of(key.measure, key.value)
            if value is not None:
                counts[key._replace(value=value)] += number
        store.add(counts)
    except Exception as error:  # the database is away for a moment
        tally.put_back(taken)
        _log.error("usage.not_written", error)


async def keep_writing(tally: Tally, store: UsageStore, value_of: Value) -> None:
    """Write every few seconds until cancelled, and once more then."""
    try:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            await asyncio.to_thread(write, tally, store, value_of)
    finally:
        write(tally, store, value_of)


def _kind(answers: Sequence[Mapping[str, Any]]) -> str:
    kinds = {str(answer.get("kind")) for answer in answers}
    return next((kind for kind in _TELLING if kind in kinds), "info")


def _case(understood: Mapping[str, Any]) -> list[tuple[Measure, str]]:
    """Return what is known of who asks for what."""
    single = [(measure, str(understood[name])) for measure, name in (
        (Measure.AREA, "place"), (Measure.AUDIENCE, "audience")) if understood.get(name)]
    return [*((Measure.TOPIC, str(topic)) for topic in understood.get("topics") or ()), *single]


def _reached(talk: _Talk, answers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether this reply completes what somebody came for: a programme and a contact."""
    goal = {"programmes", "contacts"}
    before = goal <= talk.shown
    talk.shown |= {name for name in goal for answer in answers
                   if answer.get(name) and answer.get("kind") not in ("error", "no_match")}
    return not before and goal <= talk.shown


def _class_of(seconds: float) -> str:
    return next((str(bound) for bound in BOUNDS_MS if seconds * 1000 <= bound), SLOWER)
