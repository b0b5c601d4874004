"""Call-back requests, on SQLite and PostgreSQL: one per conversation, private, forgotten in time."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine, settle, writing
from bot.records import tables
from bot.records.callbacks import CallbackStore, State, new_number
from bot.records.conversations import Checkpoint, ConversationStore, StoredReply, Turn

PHONE = "0170 1234567"
NOW = dt.datetime.now(dt.timezone.utc)


@pytest.fixture
def store(engine: sa.Engine) -> CallbackStore:
    Base.metadata.create_all(engine)
    return CallbackStore(engine)


@pytest.fixture
def conversations(engine: sa.Engine, store: CallbackStore) -> ConversationStore:
    return ConversationStore(engine)


def _send(store: CallbackStore, conversation: str = "anna") -> str:
    store.draft(conversation, way="telefon", address=PHONE, best_time="vormittags")
    sent = store.send(conversation)
    assert sent is not None
    return sent.number


def _everything(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        rows = [
            list(connection.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
            if table.name.startswith("conversation")
        ]
    assert any(rows)
    return repr(rows)


def _age(engine: sa.Engine, days: int) -> None:
    with writing(engine).begin() as connection:
        connection.execute(sa.update(tables.Callback).values(changed_at=NOW - dt.timedelta(days=days)))


def test_a_request_survives_a_restart(store: CallbackStore, database_url: str) -> None:
    number = _send(store)

    again = open_engine(database_url)
    found = CallbackStore(again).open_requests()
    again.dispose()

    assert [(each.number, each.address, each.best_time) for each in found] == [(number, PHONE, "vormittags")]


def test_sent_twice_it_is_one_request_with_one_number(store: CallbackStore) -> None:
    number = _send(store)
    assert _send(store) == number
    assert len(store.open_requests()) == 1


def test_what_was_sent_is_not_changed_by_a_late_draft(store: CallbackStore) -> None:
    _send(store)
    store.draft("anna", address="0171 7654321")
    assert store.open_requests()[0].address == PHONE


def test_a_draft_is_not_shown_to_staff_and_nothing_is_sent_without_address(store: CallbackStore) -> None:
    store.draft("anna", way="telefon")
    assert store.send("anna") is None
    assert store.open_requests() == []


def test_withdrawn_means_gone(store: CallbackStore) -> None:
    _send(store)
    assert not store.withdraw("anna", only_draft=True)
    assert store.withdraw("anna")
    assert store.find("anna") is None
    assert not store.withdraw("anna")


def test_done_erases_the_address_and_makes_room_for_a_new_request(store: CallbackStore) -> None:
    number = _send(store)
    assert store.close(number)
    found = store.find("anna")
    assert found is not None
    assert (found.state, found.address, found.best_time) == (State.DONE, None, None)
    assert not store.close(number)
    assert _send(store) != number


def test_numbers_hold_no_digit_and_differ() -> None:
    numbers = {new_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(re.fullmatch(r"R-[B-DF-HJ-NP-TV-XZ]{6}", number) for number in numbers)


def test_it_goes_with_its_conversation(store: CallbackStore, conversations: ConversationStore) -> None:
    _send(store)
    _send(store, "berta")
    conversations.append(Turn("anna", 0, [{"event": "user", "timestamp": 1.0, "text": "ja"}]))
    assert conversations.erase("anna")
    assert store.find("anna") is None
    assert store.find("berta") is not None


def test_a_request_is_forgotten_after_the_retention_time(
    store: CallbackStore, conversations: ConversationStore, engine: sa.Engine
) -> None:
    _send(store)
    conversations.purge(NOW - dt.timedelta(days=30))
    assert store.find("anna") is not None
    _age(engine, 31)
    conversations.purge(NOW - dt.timedelta(days=30))
    assert store.find("anna") is None


def test_an_address_that_was_never_sent_is_forgotten_after_a_day(
    store: CallbackStore, conversations: ConversationStore, engine: sa.Engine
) -> None:
    store.draft("anna", address=PHONE)
    _send(store, "berta")
    _age(engine, 2)
    conversations.purge(NOW - dt.timedelta(days=30))
    assert store.find("anna") is None
    assert store.find("berta") is not None


@pytest.mark.parametrize(
    "text",
    [
        "Meine Nummer ist 0170 1234567",
        "+49 (0)2331 48878-14",
        "02331/4887814 bitte",
        "an Max.Muster@Firma-Hagen.de",
    ],
)
def test_what_looks_like_an_address_is_not_stored_with_the_conversation(
    text: str, conversations: ConversationStore, engine: sa.Engine
) -> None:
    secret = re.findall(r"\d{4,}|\w+@", text)[0]
    read = {"text": text, "intent": {"name": "x"}, "entities": [{"entity": "number", "value": 1234567}]}
    user = {"event": "user", "timestamp": 1.0, "text": text, "parse_data": read}
    slot = {"event": "slot", "timestamp": 1.0, "name": "wish", "value": text}
    state = {"slots": {"wish": text}}
    conversations.append(Turn("anna", 0, [user, slot], checkpoint=Checkpoint(0, state)))
    stored = _everything(engine)
    assert secret not in stored and "1234567" not in stored
    assert "'intent'" in stored


def test_the_own_address_is_struck_out_of_replies_but_not_the_number_of_an_office(
    store: CallbackStore, conversations: ConversationStore, engine: sa.Engine
) -> None:
    _send(store)
    said = f"Ich schicke ab: {PHONE}. Die Agentur: 02331 4887814."
    reply = StoredReply("m1", [{"text": said, "buttons": [], "answer": {"kind": "question"}}])
    conversations.append(Turn("anna", 0, [{"event": "bot", "timestamp": 1.0, "text": said}], reply=reply))
    stored = _everything(engine)
    assert PHONE not in stored
    assert stored.count("02331 4887814") == 2
    assert "02331 4887814" in json.dumps(conversations.find_reply("anna", "m1"))


@pytest.mark.parametrize(
    "text",
    [
        "Wir sind 250 Leute in 58095 Hagen",
        "Ein Kredit über 1.000.000 Euro, 2024-2025",
        "0,5 % bei 120 Stunden",
        "§ 82",
    ],
)
def test_ordinary_figures_stay(text: str, conversations: ConversationStore) -> None:
    conversations.append(Turn("anna", 0, [{"event": "user", "timestamp": 1.0, "text": text}]))
    window = conversations.load("anna")
    assert window is not None
    assert window.events[0]["text"] == text


def test_what_was_withdrawn_is_gone_from_the_file(sqlite_url: str) -> None:
    """Deleted is overwritten: not even the bytes of the database know it any more."""
    engine = open_engine(sqlite_url)
    Base.metadata.create_all(engine)
    file, store = Path(str(engine.url.database)), CallbackStore(engine)
    _send(store)
    settle(engine)
    assert PHONE.encode() in file.read_bytes()
    store.withdraw("anna")
    settle(engine)
    assert [each.name for each in file.parent.glob(f"{file.name}*") if PHONE.encode() in each.read_bytes()] == []
    engine.dispose()
