"""Store of turns that the bot did not answer well, and of what staff decided about them.

A row is written in the transaction of the turn, without what looks personal, and vanishes with the conversation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.database import writing
from bot.errors import NavigatorError
from bot.log import get_logger
from bot.records.masking import MASK, without_personal
from bot.records.tables import ConversationEvent
from bot.records.unclear_tables import UnclearTurnRow

FALLBACK = "nlu_fallback"
_ALTERNATIVES = 5
_log = get_logger(__name__)


class Why(str, Enum):
    """Why a turn is looked at."""

    RATED_BAD = "schlecht"
    NO_MATCH = "ohne_treffer"
    CLARIFY = "nachgefragt"
    UNSURE = "unsicher"
    NO_RESULT = "ohne_ergebnis"


class Decision(str, Enum):
    """What staff decided."""

    TRAINING = "training"
    HELD_OUT = "messsatz"
    OFF_TOPIC = "fremd"
    TASK = "aufgabe"
    DISCARDED = "verworfen"


CONTENT = (Decision.TRAINING, Decision.HELD_OUT, Decision.OFF_TOPIC)
"""Decisions that change the training data, by a proposal."""


@dataclass(frozen=True)
class Unclear:
    """A turn that is to be noted."""

    event: Mapping[str, Any] = field(repr=False)
    """What the person wrote, as the dictionary of Rasa's event."""
    why: Why
    request_id: str
    rating: str | None = None


@dataclass(frozen=True)
class UnclearTurn:
    """A turn as it is stored."""

    id: int
    at: dt.datetime
    why: Why
    rating: str | None
    text: str
    intent: str
    confidence: float
    alternatives: Sequence[Sequence[Any]]
    entities: Sequence[Sequence[str]]
    decision: Decision | None
    chosen_intent: str | None
    sentence: str | None
    decided_by: str | None
    decided_at: dt.datetime | None
    task: str | None
    proposal: str | None


class OpenText(NamedTuple):
    """What the list shows of a turn that nobody decided about yet."""

    id: int
    text: str
    why: Why


_UNDECIDED: Mapping[str, None] = dict.fromkeys(
    ("decision", "chosen_intent", "sentence", "decided_by", "decided_at", "task"))
"""Columns as they are while nobody has decided."""
_COLUMNS: tuple[Any, ...] = tuple(getattr(UnclearTurnRow, name) for name in UnclearTurn.__dataclass_fields__)


class UnclearTurnStore:
    """Reads turns and notes decisions. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open_texts(self, limit: int = 20_000) -> list[OpenText]:
        """Return the turns that nobody decided about yet, the oldest first."""
        reasons = {each.value: each for each in Why}
        query = sa.select(UnclearTurnRow.id, UnclearTurnRow.text, UnclearTurnRow.why)
        query = query.where(UnclearTurnRow.decision.is_(None)).order_by(UnclearTurnRow.id).limit(limit)
        with self._engine.connect() as connection:
            return [OpenText(number, text, reasons[why]) for number, text, why in connection.execute(query)]

    def open_turns(self) -> list[UnclearTurn]:
        """Return them with everything."""
        return self._find(UnclearTurnRow.decision.is_(None))

    def count(self) -> int:
        """Count them."""
        query = sa.select(sa.func.count()).where(UnclearTurnRow.decision.is_(None))
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one()

    def get(self, number: int) -> UnclearTurn | None:
        """Return one turn, whatever was decided; ``None`` if it was erased."""
        return next(iter(self._find(UnclearTurnRow.id == number, limit=1)), None)

    def planned(self, who: str) -> list[UnclearTurn]:
        """Return what somebody decided to add and has not proposed yet, in the order of deciding."""
        return self._find(
            UnclearTurnRow.decided_by == who, UnclearTurnRow.sentence.is_not(None), UnclearTurnRow.proposal.is_(None),
            UnclearTurnRow.decision.in_([each.value for each in CONTENT]), order=UnclearTurnRow.decided_at)

    def added(self, intent: str) -> int:
        """Count the sentences that were added to an intent from here: every second one only measures."""
        query = sa.select(sa.func.count()).where(
            UnclearTurnRow.chosen_intent == intent, UnclearTurnRow.sentence.is_not(None))
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one()

    def decide(self, decisions: Mapping[int, Mapping[str, Any]], decision: Decision, who: str) -> None:
        """Note a decision about several turns as one step.

        Args:
            decisions: Turn → further columns (``chosen_intent``, ``sentence``, ``task``, another ``decision``).
            decision: What was decided.
            who: Name of the account.

        Raises:
            NavigatorError: If somebody else decided about one of them meanwhile, or it was erased.
        """
        now = dt.datetime.now(dt.timezone.utc)
        with writing(self._engine).begin() as connection:
            for number, more in decisions.items():
                values = {"decision": decision.value, "decided_by": who, "decided_at": now, **more}
                still_open = sa.update(UnclearTurnRow).where(
                    UnclearTurnRow.id == number, UnclearTurnRow.decision.is_(None))
                if connection.execute(still_open.values(**values)).rowcount == 0:
                    raise NavigatorError(
                        "Darüber hat gerade jemand entschieden, oder das Gespräch ist gelöscht – laden Sie die Seite "
                        "neu.")

    def undo(self, who: str) -> list[UnclearTurn]:
        """Take back the last decision of somebody, unless it is proposed already; return the turns it was about."""
        own = sa.and_(UnclearTurnRow.decided_by == who, UnclearTurnRow.proposal.is_(None))
        last = sa.select(sa.func.max(UnclearTurnRow.decided_at)).where(own)
        with writing(self._engine).begin() as connection:
            rows = connection.execute(sa.select(*_COLUMNS).where(
                own, UnclearTurnRow.decided_at == last.scalar_subquery()).order_by(UnclearTurnRow.id)).all()
            ids = [row.id for row in rows]
            connection.execute(sa.update(UnclearTurnRow).where(UnclearTurnRow.id.in_(ids)).values(**_UNDECIDED))
        return [_turn(row) for row in rows]

    def propose(self, numbers: Collection[int], proposal: str) -> None:
        """Note in which proposal these turns went."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                sa.update(UnclearTurnRow).where(UnclearTurnRow.id.in_(numbers)).values(proposal=proposal))

    def _find(self, *where: sa.ColumnElement[bool], limit: int = 10_000, order: Any = None) -> list[UnclearTurn]:
        query = sa.select(*_COLUMNS).where(*where).limit(limit)
        query = query.order_by(*([] if order is None else [order]), UnclearTurnRow.id)
        with self._engine.connect() as connection:
            return [_turn(row) for row in connection.execute(query)]


def note_unclear(connection: sa.Connection, conversation_id: str, unclear: Unclear, own: Sequence[str]) -> None:
    """Note a turn in the transaction that stores it. Whatever fails here fails alone and is logged.

    Args:
        connection: With an open transaction.
        conversation_id: Whose turn it is; the conversation is stored already.
        unclear: The turn.
        own: The addresses this person left for a call-back.
    """
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(UnclearTurnRow), _row(conversation_id, unclear, own))
    except (SQLAlchemyError, LookupError, TypeError, ValueError) as error:
        _log.error("unclear_turn.not_noted", error)


def note_rating(connection: sa.Connection, conversation_id: str, request_id: str, reason: str | None) -> None:
    """Note that an answer did not help. The turn is found by the number of its request."""
    same = UnclearTurnRow.conversation_id == conversation_id, UnclearTurnRow.request_id == request_id
    update = sa.update(UnclearTurnRow).where(*same, UnclearTurnRow.decision.is_(None))
    if connection.execute(update.values(why=Why.RATED_BAD.value, rating=reason)).rowcount:
        return
    if connection.execute(sa.select(UnclearTurnRow.id).where(*same)).first() is not None:
        return
    events = sa.select(ConversationEvent.data).where(
        ConversationEvent.conversation_id == conversation_id, ConversationEvent.type == "user")
    for event in connection.execute(events.order_by(ConversationEvent.seq.desc())).scalars():
        if (event.get("metadata") or {}).get("request_id") == request_id and is_written(event):
            note_unclear(connection, conversation_id, Unclear(event, Why.RATED_BAD, request_id, reason), ())
            return


def reopen(connection: sa.Connection, proposal: str) -> None:
    """Put the sentences of a proposal that came to nothing back into the inbox."""
    of_it = sa.update(UnclearTurnRow).where(UnclearTurnRow.proposal == proposal)
    connection.execute(of_it.values(**_UNDECIDED, proposal=None))


def is_written(event: Mapping[str, Any]) -> bool:
    """Whether a person wrote this, instead of choosing a button."""
    text = str(event.get("text") or "").strip()
    return bool(text) and not text.startswith("/")


def erase_unclear(connection: sa.Connection, conversations: sa.ScalarSelect[Any]) -> None:
    """Delete the turns of conversations that are being erased."""
    connection.execute(sa.delete(UnclearTurnRow).where(UnclearTurnRow.conversation_id.in_(conversations)))


def _row(conversation_id: str, unclear: Unclear, own: Sequence[str]) -> dict[str, Any]:
    written = str(unclear.event["text"])
    text = without_personal(written, own)
    parsed = unclear.event.get("parse_data") or {}
    intent = parsed.get("intent") or {}
    ranking = [[str(each["name"]), round(float(each["confidence"]), 3)] for each in parsed.get("intent_ranking") or ()
               if each.get("name") != FALLBACK]
    # The parts of something personal may also have been read as numbers or names.
    entities = [] if MASK in text else [
        [str(each["entity"]), str(each["value"])] for each in parsed.get("entities") or ()]
    return {
        "conversation_id": conversation_id, "request_id": unclear.request_id[:64],
        "at": dt.datetime.now(dt.timezone.utc), "why": unclear.why.value, "rating": unclear.rating, "text": text,
        "intent": str(intent.get("name") or FALLBACK), "confidence": float(intent.get("confidence") or 0.0),
        "alternatives": ranking[:_ALTERNATIVES], "entities": entities,
    }


def _turn(row: sa.Row[Any]) -> UnclearTurn:
    decision = Decision(row.decision) if row.decision else None
    return UnclearTurn(**{**row._mapping, "why": Why(row.why), "decision": decision})
