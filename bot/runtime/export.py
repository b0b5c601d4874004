"""Everything that is stored about one conversation, for the person it belongs to (GDPR, Art. 15 and 20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from bot.database import snapshot
from bot.records.callbacks import CallbackStore
from bot.records.conversations import ConversationStore
from bot.records.messenger_tables import Correspondent
from bot.records.tables import Conversation, Feedback
from bot.records.unclear_tables import UnclearTurnRow
from bot.runtime.history import read_history
from bot.runtime.messages import understood

NOTHING = "Von diesem Gespräch ist nichts gespeichert."
_UNDERSTOOD = {"topics": "Themen", "audience": "Gruppe", "place": "Ort", "purposes": "Vorhaben",
               "employees_range": "Größe des Betriebs", "employees": "Beschäftigte"}


def stored_data(engine: sa.Engine, conversation_id: str) -> dict[str, Any] | None:
    """Return everything stored about a conversation as JSON; ``None`` if that is nothing.

    Synchronous: call it in a thread.
    """
    with snapshot(engine) as connection:
        known = _row(connection, sa.select(
            Conversation.channel, Conversation.started_at, Conversation.last_at
        ).where(Conversation.id == conversation_id))
        address = connection.execute(sa.select(Correspondent.address).where(
            Correspondent.conversation_id == conversation_id)).scalar_one_or_none()
        ratings = connection.execute(sa.select(Feedback.changed_at, Feedback.helpful, Feedback.reason).where(
            Feedback.conversation_id == conversation_id).order_by(Feedback.changed_at)).all()
        looked_at = connection.execute(sa.select(sa.func.count()).select_from(UnclearTurnRow).where(
            UnclearTurnRow.conversation_id == conversation_id)).scalar_one()
    request = CallbackStore(engine).find(conversation_id)
    if known is None and address is None and request is None:
        return None
    window = ConversationStore(engine).load_all(conversation_id)
    events = window.events if window else []
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return {
        "conversation": known,
        "address": address,
        "messages": [{"by": "user" if each.by_user else "bot", "text": each.message.text}
                     for each in read_history(events)],
        "understood": understood(slots),
        "ratings": [_plain(row._asdict()) for row in ratings],
        "callback": _plain(vars(request)) if request else None,
        "messages_for_staff": looked_at,
    }


def stored_text(engine: sa.Engine, conversation_id: str) -> str:
    """Return the same in German words."""
    data = stored_data(engine, conversation_id)
    return "\n".join(_lines(data)) if data else NOTHING


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield "Das ist über dieses Gespräch gespeichert."
    if data["conversation"]:
        about = data["conversation"]
        yield f"Weg: {about['channel']}. Begonnen: {_day(about['started_at'])}. Zuletzt: {_day(about['last_at'])}."
    if data["address"]:
        yield f"Ihre Adresse dort: {data['address']}"
    if data["understood"]:
        yield "Verstanden wurde: " + "; ".join(
            f"{_UNDERSTOOD.get(name, name)}: {_words(value)}" for name, value in data["understood"].items())
    if data["callback"]:
        wanted = {"Nummer": "number", "Stand": "state", "Weg": "way", "Adresse": "address", "Zeit": "best_time"}
        given = {title: data["callback"][name] for title, name in wanted.items()}
        yield "Rückruf – " + "; ".join(f"{title}: {value}" for title, value in given.items() if value)
    for rating in data["ratings"]:
        helped = "hilfreich" if rating["helpful"] else "nicht hilfreich"
        yield f"Bewertung: {helped} {rating['reason'] or ''}".rstrip()
    if data["messages_for_staff"]:
        yield f"Zur Durchsicht durch Mitarbeitende vorgemerkt: {data['messages_for_staff']}"
    yield ""
    for each in data["messages"]:
        yield f"{'Sie' if each['by'] == 'user' else 'Bot'}: {each['text']}\n"


def _row(connection: sa.Connection, query: sa.Select[Any]) -> dict[str, Any] | None:
    row = connection.execute(query).one_or_none()
    return _plain(row._asdict()) if row else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON writes them: times and states as text."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else getattr(value, "value", value)
            for name, value in values.items()}


def _day(moment: str) -> str:
    year, month, day = moment[:10].split("-")
    return f"{day}.{month}.{year}"


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
