"""The stores of the messengers, on SQLite and PostgreSQL: each message once, one process at a time."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
import sqlalchemy as sa

from bot.records.answering import Answer
from bot.records.choices import Offered
from bot.records.conversations import ConversationStore
from bot.records.correspondents import Claimed, ClaimLost, Erasure
from bot.records.inbox import NewMessage, Waiting
from channels.messenger.seal import Seal
from channels.messenger.stores import Stores, open_stores

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone.utc)
LEASE = dt.timedelta(seconds=8)
BODY = {"kind": "text", "text": "Guten Tag", "token": ""}


def later(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def new(external: str, person: str = "anna", seconds: float = 0, **body: Any) -> NewMessage:
    return NewMessage(external, person, f"+{person}", later(seconds), {**BODY, **body})


@pytest.fixture
def stores(shared_engine: sa.Engine) -> Stores:
    return open_stores(shared_engine)


def claim(stores: Stores, worker: str = "one", at: float = 0) -> Claimed | None:
    return stores.correspondents.claim("matrix", worker, later(at), later(at) + LEASE)


def taken(stores: Stores, person: str = "anna") -> Waiting:
    message = stores.inbox.take(person)
    assert message is not None
    return message


def answer(*texts: str, **more: Any) -> Answer:
    return Answer([(f"key-{text}", {"text": text, "options": []}) for text in texts], **more)


def count(engine: sa.Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_a_message_is_stored_once(stores: Stores) -> None:
    assert stores.inbox.add("matrix", [new("m-1"), new("m-2"), new("m-1")], NOW) == 2
    assert stores.inbox.add("matrix", [new("m-2")], NOW) == 0
    assert stores.inbox.add("telegram", [new("m-1", "berta")], NOW) == 1


def test_messages_are_taken_in_the_order_in_which_they_were_sent(stores: Stores) -> None:
    stores.inbox.add("matrix", [new("late", seconds=2, text="2"), new("early", seconds=1, text="1")], NOW)
    stores.inbox.add("matrix", [new("same", seconds=1, text="1b")], NOW)
    assert claim(stores)
    said = []
    for _ in range(3):
        message = taken(stores)
        said.append(message.body["text"])
        stores.answers.finish("one", message, answer(), NOW)
    assert said == ["1", "1b", "2"] and stores.inbox.take("anna") is None


def test_only_one_process_answers_a_person(stores: Stores) -> None:
    stores.inbox.add("matrix", [new("m-1")], NOW)
    assert claim(stores, "one") is not None
    assert claim(stores, "two", 7) is None, "the claim holds"
    assert claim(stores, "two", 9) is not None, "the first process is dead"
    message = taken(stores)
    assert not stores.correspondents.keep("anna", "one", later(20))
    with pytest.raises(ClaimLost):
        stores.answers.finish("one", message, answer("Hallo"), NOW)
    stores.answers.finish("two", message, answer("Hallo"), NOW)
    with pytest.raises(ClaimLost):
        stores.answers.finish("two", message, answer("noch einmal"), NOW)
    assert stores.outbox.due("anna", NOW).body["text"] == "Hallo"


def test_processes_that_claim_at_once_get_different_people(stores: Stores) -> None:
    people = [f"p-{number}" for number in range(12)]
    stores.inbox.add("matrix", [new(person, person) for person in people], NOW)
    found: list[str] = []

    def work(name: str) -> None:
        misses = 0
        while misses < 50 and len(found) < len(people):
            person = claim(stores, name)
            if person is None:
                misses += 1
            else:
                found.append(person.conversation_id)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(people)


def test_who_waits_longest_comes_first(stores: Stores) -> None:
    stores.inbox.add("matrix", [new("m-1", "anna"), new("m-2", "berta")], NOW)
    assert claim(stores).conversation_id == "anna"
    stores.answers.finish("one", taken(stores), answer(), NOW)
    stores.inbox.add("matrix", [new("m-3", "anna")], NOW)
    stores.correspondents.release("anna", "one")
    assert claim(stores).conversation_id == "berta"


def test_a_message_that_cannot_go_out_holds_back_those_behind_it(stores: Stores) -> None:
    stores.inbox.add("matrix", [new("m-1"), new("m-2")], NOW)
    claim(stores)
    stores.answers.finish("one", taken(stores), answer("eins"), NOW)
    first = stores.outbox.due("anna", NOW)
    stores.outbox.later("anna", first, later(60))
    stores.answers.finish("one", taken(stores), answer("zwei"), NOW)
    stores.correspondents.release("anna", "one")
    assert stores.outbox.due("anna", later(59)) is None
    assert claim(stores, at=59) is None
    assert claim(stores, at=60) is not None
    again = stores.outbox.due("anna", later(60))
    assert (again.body["text"], again.attempts) == ("eins", 1)
    stores.outbox.sent(again)
    second = stores.outbox.due("anna", later(60))
    assert second.body["text"] == "zwei"
    stores.outbox.give_up(second)
    assert stores.outbox.due("anna", later(99)) is None


def test_what_was_handled_is_emptied(stores: Stores, shared_engine: sa.Engine) -> None:
    stores.inbox.add("matrix", [new("m-1", text="geheim")], NOW)
    claim(stores)
    stores.answers.finish("one", taken(stores), Answer([("key", {"text": "auch geheim", "options": []})]), NOW)
    stores.outbox.sent(stores.outbox.due("anna", NOW))
    with shared_engine.connect() as connection:
        rows = [str(row) for table in ("inbox", "outbox")
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]
    assert len(rows) == 2 and not any("geheim" in row for row in rows)


def test_who_left_gets_nothing_more(stores: Stores) -> None:
    stores.inbox.add("matrix", [new("m-1"), new("m-2", kind="left")], NOW)
    claim(stores)
    stores.answers.finish("one", taken(stores), answer("eins"), NOW)
    stores.answers.finish("one", taken(stores), answer(silent=True), NOW)
    assert stores.outbox.due("anna", later(99)) is None


def test_numbers_mean_the_latest_options_and_tokens_stay_with_their_person(stores: Stores) -> None:
    stores.inbox.add("matrix", [new("m-1"), new("m-2"), new("m-3")], NOW)
    claim(stores)
    old, fresh = Offered("t-1", 1, "Alt", payload="/hilfe"), Offered("t-2", 1, "Neu", rest={"text": "Rest"})
    stores.answers.finish("one", taken(stores), answer("eins", options=[old]), NOW)
    stores.answers.finish("one", taken(stores), answer("zwei", options=[fresh]), NOW)
    stores.answers.finish("one", taken(stores), answer("drei"), NOW)
    assert stores.choices.latest("anna") == [fresh]
    assert stores.choices.find("anna", "t-1") == old
    assert stores.choices.find("berta", "t-1") is None


def test_erasing_a_conversation_leaves_only_hashes(stores: Stores, shared_engine: sa.Engine) -> None:
    stores.inbox.add("matrix", [new("m-1"), new("m-2")], NOW)
    claim(stores)
    stores.answers.finish("one", taken(stores), answer("eins", notice_at=NOW, options=[Offered("t", 1, "T")]), NOW)
    message = taken(stores)
    ConversationStore(shared_engine).erase("anna")
    assert stores.correspondents.erasure("anna") is Erasure.CONFIRM
    assert stores.outbox.due("anna", NOW) is None and stores.choices.latest("anna") == []
    stores.answers.finish("one", message, answer("gelöscht"), NOW)
    stores.correspondents.release("anna", "one")
    assert count(shared_engine, "correspondent") == 1, "the person is still to be told"
    assert claim(stores).notice_at is None
    stores.outbox.sent(stores.outbox.due("anna", NOW))
    stores.correspondents.release("anna", "one")
    assert [count(shared_engine, table) for table in ("correspondent", "outbox", "choice")] == [0, 0, 0]
    with shared_engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT external_hash, conversation_id FROM inbox ORDER BY id").all()
    assert [tuple(row) for row in rows] == [("m-1", None), ("m-2", None)]
    assert stores.inbox.add("matrix", [new("m-2")], NOW) == 0, "a late repetition brings nothing back"
    assert count(shared_engine, "correspondent") == 0


def test_who_writes_on_after_the_erasure_stays(stores: Stores, shared_engine: sa.Engine) -> None:
    stores.inbox.add("matrix", [new("m-1"), new("m-2", seconds=1)], NOW)
    claim(stores)
    message = taken(stores)
    ConversationStore(shared_engine).erase("anna")
    stores.answers.finish("one", message, answer("gelöscht"), NOW)
    stores.answers.finish("one", taken(stores), answer("Guten Tag", notice_at=NOW), NOW)
    for _ in range(2):
        stores.outbox.sent(stores.outbox.due("anna", NOW))
    stores.correspondents.release("anna", "one")
    assert count(shared_engine, "correspondent") == 1
    assert stores.correspondents.erasure("anna") is None


def test_nothing_lives_longer_than_promised(stores: Stores, shared_engine: sa.Engine) -> None:
    stores.inbox.add("matrix", [new("m-1", "anna"), new("m-2", "berta")], NOW)
    for person in ("anna", "berta"):
        claim(stores)
        options = [Offered(f"t-{person}", 1, "T")]
        done = Answer([(person, {"text": person, "options": []})], options, NOW)
        stores.answers.finish("one", taken(stores, person), done, NOW)
    stores.inbox.add("matrix", [new("m-3", "berta", seconds=60)], later(60))
    assert stores.correspondents.purge(later(30)) == 1
    counts = {table: count(shared_engine, table) for table in ("correspondent", "inbox", "outbox", "choice")}
    assert counts == {"correspondent": 1, "inbox": 1, "outbox": 1, "choice": 0}
    assert stores.correspondents.purge(later(61)) == 1
    assert [count(shared_engine, table) for table in counts] == [0, 0, 0, 0]


def test_hashes_are_keyed_and_stay_the_same(shared_engine: sa.Engine) -> None:
    first, second = Seal(shared_engine), Seal(shared_engine)
    known = first.conversation_id("matrix", "!raum:beispiel.de")
    assert known == second.conversation_id("matrix", "!raum:beispiel.de")
    assert known.startswith("matrix:") and "raum" not in known and len(known) == len("matrix:") + 64
    assert first.conversation_id("telegram", "1") != first.conversation_id("whatsapp", "1")
    assert first.message("matrix", "1") != first.conversation_id("matrix", "1").split(":")[1]
