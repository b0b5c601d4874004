"""The weekly spot check: are answers right? Some are drawn by chance, staff judge them, faults become tasks."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import today
from bot.curation.proposals import Person, require
from bot.errors import NavigatorError
from bot.log import get_logger
from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.records.masking import without_personal
from bot.records.rights import Right
from bot.records.spot_checks import Drawn, SpotCheckStore, Verdict
from bot.records.tables import ConversationEvent

SAMPLE = 25
"""So many answers are drawn each week: half an hour of work."""
LONGEST_NOTE = 500
INTERVAL_SECONDS = 60 * 60
_JUDGED = frozenset({"programmes", "programme", "verdict", "contacts", "events", "glossary", "info", "no_match"})
"""Kinds of answers that can be right or wrong."""
_SPARE = 6
"""So many times more messages are looked at: not every one has an answer to judge."""
_LONGEST_TURN = 100
"""Events of one turn."""
_BERLIN = ZoneInfo("Europe/Berlin")
_log = get_logger(__name__)
Event = Mapping[str, Any]


def last_week(day: dt.date) -> dt.date:
    """Return the Monday of the week before."""
    return day - dt.timedelta(days=day.weekday() + 7)


def draw(engine: sa.Engine, week: dt.date) -> int:
    """Draw answers of a week that is over, unless that was done; return how many.

    Args:
        engine: The database.
        week: Its Monday.
    """
    store = SpotCheckStore(engine)
    if store.is_drawn(week):
        return 0
    answers: list[Drawn] = []
    for conversation_id, seq in _messages(engine, week):
        drawn = _drawn(engine, conversation_id, seq)
        if drawn is not None and len(answers) < SAMPLE:
            answers.append(drawn)
    first = store.draw(week, answers)
    store.forget_erased()
    return len(answers) if first else 0


async def keep_drawing(engine: sa.Engine) -> None:
    """Draw when a week is over, until cancelled. A failure is logged and tried again later."""
    while True:
        try:
            await asyncio.to_thread(draw, engine, last_week(today()))
        except SQLAlchemyError as error:
            _log.error("spot_check.not_drawn", error)
        await asyncio.sleep(INTERVAL_SECONDS)


def judge(engine: sa.Engine, number: int, verdict: Verdict, note: str, by: Person) -> str | None:
    """Note what somebody thinks of an answer; return the number of the task if it is wrong.

    Raises:
        NavigatorError: If there is no such answer any more, or nothing says what is wrong with it.
    """
    require(by, Right.EDIT)
    note, store = note.strip(), SpotCheckStore(engine)
    if verdict is not Verdict.RIGHT and not note:
        raise NavigatorError("Schreiben Sie dazu, was an der Antwort nicht stimmt.")
    if len(note) > LONGEST_NOTE:
        raise NavigatorError(f"Die Anmerkung ist zu lang – höchstens {LONGEST_NOTE} Zeichen.")
    store.judge(number, verdict, note, by.name)
    check, tasks = store.get(number), TaskStore(engine)
    task = check.task if check else None
    if verdict is Verdict.WRONG and task is None:
        # The words of the answer stay where they are deleted in time; the task only says where to look.
        task = tasks.add(TaskKind.ANSWER, str(number), note, by.title)
    elif verdict is not Verdict.WRONG and task is not None:
        tasks.remove(task)
        task = None
    store.set_task(number, task)
    return task


def _messages(engine: sa.Engine, week: dt.date) -> list[tuple[str, int]]:
    """Return messages of people in a week, by chance."""
    begin = dt.datetime.combine(week, dt.time(), _BERLIN)
    end = dt.datetime.combine(week + dt.timedelta(days=7), dt.time(), _BERLIN)
    row = ConversationEvent
    query = sa.select(row.conversation_id, row.seq).where(
        row.type == "user", row.timestamp >= begin.timestamp(), row.timestamp < end.timestamp())
    with engine.connect() as connection:
        found = connection.execute(query.order_by(sa.func.random()).limit(SAMPLE * _SPARE))
        return [(conversation_id, seq) for conversation_id, seq in found]


def _drawn(engine: sa.Engine, conversation_id: str, seq: int) -> Drawn | None:
    """Return the answer to a message; ``None`` if there is nothing to judge."""
    row = ConversationEvent
    mine = sa.select(row.data).where(row.conversation_id == conversation_id)
    before = mine.where(row.seq < seq, row.type == "bot").order_by(row.seq.desc()).limit(1)
    after = mine.where(row.seq >= seq, row.type.in_(["user", "bot"])).order_by(row.seq).limit(_LONGEST_TURN)
    with engine.connect() as connection:
        said_before = connection.execute(before).scalar_one_or_none() or {}
        said, *events = connection.execute(after).scalars()
    replies = list(_until_next(events))
    answers = [answer for answer in map(_answer, replies) if answer]
    kinds = {str(answer.get("kind")) for answer in answers}
    if not kinds & _JUDGED or "handoff" in kinds or _of_callback([*answers, _answer(said_before)]):
        return None
    asked = _question(said_before) if _answer(said_before).get("asks") else ""
    reply = "\n\n".join(str(each["text"]) for each in replies if each.get("text"))
    return Drawn(conversation_id, asked, _words(said, said_before), reply, list(_records(answers)))


def _until_next(events: Sequence[Event]) -> Iterator[Event]:
    for event in events:
        if event.get("event") == "user":
            return
        yield event


def _answer(event: Event) -> Mapping[str, Any]:
    return ((event.get("data") or {}).get("custom") or {}).get("answer") or {}


def _of_callback(answers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether somebody leaves an address here."""
    return any(str(answer.get("asks") or "").startswith("callback_") for answer in answers)


def _words(said: Event, before: Event) -> str:
    """What somebody wrote, or the title of the button that was chosen."""
    text = str(said.get("text") or "")
    if not text.startswith("/"):
        return without_personal(text)
    buttons = (before.get("data") or {}).get("buttons") or []
    title = next((str(each["title"]) for each in buttons if each.get("payload") == text), "ohne Titel")
    return f"Schaltfläche „{title}“"


def _question(event: Event) -> str:
    return str(event.get("text") or "").strip().rpartition("\n\n")[2]


def _records(answers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    found = [(kind, str(record["id"])) for name, kind in (("programmes", "programme"), ("contacts", "kontakte"))
             for answer in answers for record in answer.get(name) or ()]
    yield from dict.fromkeys(found)
