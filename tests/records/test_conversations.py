"""The store of conversations, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.records import tables
from bot.records.conversations import Checkpoint, ConversationConflict, ConversationStore, StoredReply, Turn
from bot.settings import REPOSITORY

KILLED = """
import os, signal, sys
from bot.database import open_engine, writing
from bot.records.conversations import ConversationStore, Turn

def event(number):
    return {"event": "user", "timestamp": 1.0, "text": f"Nachricht {number}"}

engine = open_engine(sys.argv[1])
ConversationStore(engine).append(Turn("anna", 0, [event(0)]))
with writing(engine).begin() as connection:
    ConversationStore._add_events(connection, Turn("anna", 1, [event(1)]))
    os.kill(os.getpid(), signal.SIGKILL)
"""
"""Stores a turn and is killed within the next one."""
MESSAGES = [{"text": "Grüße", "buttons": [], "answer": {"kind": "info"}}]


def event(number: int) -> dict:
    return {"event": "user", "timestamp": float(number), "text": f"Nachricht {number}"}


def turn(first: int, count: int = 2, **changes: object) -> Turn:
    events = [event(number) for number in range(first, first + count)]
    return Turn("anna", first, events, **changes)  # type: ignore[arg-type]


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    opened = open_engine(database_url)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: sa.Engine) -> ConversationStore:
    return ConversationStore(engine)


def test_events_come_back_in_order(store: ConversationStore) -> None:
    assert store.load("anna") is None
    store.append(turn(0))
    store.append(turn(2))
    window = store.load("anna")
    assert [each["text"] for each in window.events] == [f"Nachricht {number}" for number in range(4)]
    assert (window.checkpoint, window.next_seq) == (Checkpoint(), 4)


def test_only_events_from_the_checkpoint_on_are_loaded(store: ConversationStore) -> None:
    store.append(turn(0))
    store.append(turn(2, checkpoint=Checkpoint(3, {"slots": {"place": "hagen"}})))
    store.append(turn(4))
    window = store.load("anna")
    assert window.checkpoint == Checkpoint(3, {"slots": {"place": "hagen"}})
    assert ([each["timestamp"] for each in window.events], window.next_seq) == ([3.0, 4.0, 5.0], 6)
    assert len(store.load_all("anna").events) == 6


def test_second_writer_fails_and_changes_nothing(store: ConversationStore) -> None:
    store.append(turn(0))
    store.append(turn(2))
    reply = StoredReply("m-1", MESSAGES)
    with pytest.raises(ConversationConflict):
        store.append(turn(2, checkpoint=Checkpoint(2), reply=reply))
    assert store.load("anna").checkpoint == Checkpoint()
    assert store.find_reply("anna", "m-1") is None
    assert store.load("anna").next_seq == 4


def test_reply_belongs_to_its_conversation(store: ConversationStore) -> None:
    store.append(turn(0, reply=StoredReply("m-1", MESSAGES)))
    assert store.find_reply("anna", "m-1") == MESSAGES
    assert store.find_reply("berta", "m-1") is None
    with pytest.raises(ConversationConflict):
        store.append(turn(2, reply=StoredReply("m-1", MESSAGES)))
    assert store.load("anna").next_seq == 2


def test_erasure_leaves_no_row(store: ConversationStore, engine: sa.Engine) -> None:
    store.append(turn(0, reply=StoredReply("m-1", MESSAGES)))
    store.append(Turn("berta", 0, [event(0)]))
    assert store.erase("anna")
    assert not store.erase("anna")
    assert store.ids() == ["berta"]
    with engine.connect() as connection:
        for table in (tables.ConversationEvent, tables.ConversationReply):
            rows = connection.execute(sa.select(table.conversation_id)).scalars().all()
            assert "anna" not in rows


def test_purge_goes_by_the_last_turn(store: ConversationStore, engine: sa.Engine) -> None:
    for name in ("alt", "neu"):
        store.append(Turn(name, 0, [event(0)]))
    now = dt.datetime.now(dt.timezone.utc)
    with engine.begin() as connection:
        connection.execute(sa.update(tables.Conversation).where(tables.Conversation.id == "alt").values(
            last_at=now - dt.timedelta(days=40)))
    assert store.purge(now - dt.timedelta(days=30)) == 1
    assert store.ids() == ["neu"]
    store.append(Turn("neu", 1, [event(1)]))
    assert store.purge(now) == 0


def test_a_killed_process_leaves_whole_turns(store: ConversationStore, database_url: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, database_url], cwd=REPOSITORY, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [each["text"] for each in store.load("anna").events] == ["Nachricht 0"]
    store.append(turn(1))
