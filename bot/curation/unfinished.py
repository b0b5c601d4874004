"""Conversations that ended without a result: the last thing the person wrote goes into the inbox."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.database import writing
from bot.log import get_logger
from bot.records.tables import Conversation, ConversationEvent
from bot.records.unclear_tables import UnclearTurnRow
from bot.records.unclear_turns import Unclear, Why, is_written, note_unclear

INTERVAL_SECONDS = 15 * 60
_OVER = dt.timedelta(minutes=30)
"""So long nobody must have written."""
_LOOKED_BACK = dt.timedelta(hours=24)
_RESULTS = frozenset({"programmes", "programme", "verdict", "contacts", "events", "glossary", "handoff"})
"""Answers with which somebody got what they came for."""
_SEARCHED = frozenset({"question", "clarify", "no_match", "error"})
"""Answers that show that somebody came for something."""
_log = get_logger(__name__)


def note_unfinished(engine: sa.Engine, now: dt.datetime | None = None) -> int:
    """Note the conversations that ended since yesterday without a result; return how many were new.

    A conversation of which something lies in the inbox already, open or decided, is not noted again.
    """
    at = now or dt.datetime.now(dt.timezone.utc)
    noted = sa.select(UnclearTurnRow.id).where(UnclearTurnRow.conversation_id == Conversation.id).exists()
    ended = sa.select(Conversation.id).where(
        Conversation.last_at < at - _OVER, Conversation.last_at >= at - _LOOKED_BACK, ~noted)
    with engine.connect() as connection:
        ids = list(connection.execute(ended).scalars())
    return sum(_note(engine, conversation_id) for conversation_id in ids)


async def keep_noticing(engine: sa.Engine) -> None:
    """Note them now and then, until cancelled. A failure is logged and tried again later."""
    while True:
        try:
            await asyncio.to_thread(note_unfinished, engine)
        except SQLAlchemyError as error:
            _log.error("unfinished.not_noted", error)
        await asyncio.sleep(INTERVAL_SECONDS)


def _note(engine: sa.Engine, conversation_id: str) -> bool:
    query = sa.select(ConversationEvent.data).where(
        ConversationEvent.conversation_id == conversation_id, ConversationEvent.type.in_(["user", "bot"]))
    with engine.connect() as connection:
        events = list(connection.execute(query.order_by(ConversationEvent.seq)).scalars())
    last = _last_words(events)
    if last is None:
        return False
    with writing(engine).begin() as connection:
        there = sa.select(Conversation.id).where(Conversation.id == conversation_id).with_for_update()
        if connection.execute(there).one_or_none() is None:
            return False  # erased meanwhile
        request = str((last.get("metadata") or {}).get("request_id") or "-")
        note_unclear(connection, conversation_id, Unclear(last, Why.NO_RESULT, request), ())
    return True


def _last_words(events: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the last thing a person wrote in a conversation without a result; ``None`` if it had one."""
    custom = [(event.get("data") or {}).get("custom") or {} for event in events if event.get("event") == "bot"]
    kinds = {str((each.get("answer") or {}).get("kind")) for each in custom}
    if kinds & _RESULTS or not kinds & _SEARCHED:
        return None
    written = [event for event in events if event.get("event") == "user" and is_written(event)]
    return written[-1] if written else None
