"""The embedded runtime on the tiny project: replies, order, failures, and what reaches the database."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.contract.validator import validate_reply
from bot.log import JsonFormatter
from bot.records.conversations import ConversationConflict, ConversationStore
from bot.runtime.gate import Rejected
from bot.runtime.messages import BotMessage
from tests.runtime import tiny

if TYPE_CHECKING:  # Rasa takes 15 seconds to import and is only loaded with the first runtime
    from bot.runtime.embedded import EmbeddedRuntime

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Rasa's own dependencies warn at import


def as_reply(messages: list[BotMessage]) -> dict:
    reply = {"request_id": "test", "messages": [message.as_dict() for message in messages]}
    validate_reply(reply)
    return reply


def user_texts(conversations: ConversationStore, conversation_id: str) -> list[str]:
    return [event["text"] for event in conversations.load_all(conversation_id).events if event["event"] == "user"]


async def test_message_stays_whole(runtime: EmbeddedRuntime) -> None:
    [message] = as_reply(await runtime.handle("anna", text="Hallo"))["messages"]
    assert message["text"] == "Guten Tag.\n\nIch bin ein KI-System."
    assert message["buttons"] == [{"title": "Programme zeigen", "payload": "/suche"}]
    assert message["answer"]["kind"] == "smalltalk"


async def test_messengers_say_by_themselves_that_a_machine_answers(
    runtime: EmbeddedRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_notice", "Hier antwortet eine Maschine.")
    on_web = await runtime.handle("web:anna", text="Zuschuss in hagen", channel="web")
    on_matrix = await runtime.handle("matrix:anna", text="Zuschuss in hagen", channel="matrix")
    assert [message.text for message in on_web] == [
        "Hier antwortet eine Maschine.", *(message.text for message in on_matrix)]


async def test_understood_comes_from_the_final_slots(runtime: EmbeddedRuntime) -> None:
    first, second = as_reply(await runtime.handle("anna", text="Zuschuss in hagen"))["messages"]
    assert first["answer"]["understood"] == {"place": "hagen", "employees": 12}
    assert second["answer"]["understood"] == first["answer"]["understood"]
    assert (first["answer"]["kind"], second["answer"]["kind"]) == ("programmes", "info")
    assert second["text"] == "Ort: hagen"


async def test_button_hands_its_entities_over(runtime: EmbeddedRuntime) -> None:
    messages = await runtime.handle("anna", payload='/suche{"place": "aachen"}')
    assert messages[1].text == "Ort: aachen"


async def test_typed_commands_are_just_text(runtime: EmbeddedRuntime, conversations: ConversationStore) -> None:
    await runtime.handle("anna", text="Zuschuss in hagen")
    as_reply(await runtime.handle("anna", text="/restart"))
    as_reply(await runtime.handle("anna", text="/session_start"))
    kinds = [event["event"] for event in conversations.load_all("anna").events]
    assert "restart" not in kinds
    assert kinds.count("session_started") == 1
    assert (await runtime.handle("anna", text="Zuschuss"))[1].text == "Ort: hagen"


@pytest.mark.parametrize("payload", [
    "/restart", "/kaputt", '/suche{"place": "HAGEN"}', '/suche{"ort": "hagen"}', "suche", "/suche{",
    '/suche{"place": "ha\\u0000gen"}', "/suche[1]", "",
])
async def test_unknown_payload_is_rejected(runtime: EmbeddedRuntime, payload: str) -> None:
    with pytest.raises(Rejected) as error:
        await runtime.handle("anna", payload=payload)
    assert error.value.code == "payload_unknown"


async def test_failing_action_becomes_an_apology(runtime: EmbeddedRuntime, conversations: ConversationStore) -> None:
    [message] = as_reply(await runtime.handle("anna", text="explodiere", message_id="m1"))["messages"]
    assert message["answer"]["kind"] == "error"
    assert tiny.PHONE in message["text"]
    assert message["answer"]["contacts"] == [{"id": "tiny-agentur"}]
    assert user_texts(conversations, "anna") == ["explodiere"]
    assert (await runtime.handle("anna", text="Hallo"))[0].answer["kind"] == "smalltalk"


async def test_half_an_answer_is_followed_by_an_apology(runtime: EmbeddedRuntime) -> None:
    messages = as_reply(await runtime.handle("anna", text="zerbrich"))["messages"]
    assert [message["answer"]["kind"] for message in messages] == ["smalltalk", "error"]


async def test_silence_becomes_an_apology(runtime: EmbeddedRuntime) -> None:
    [message] = await runtime.handle("anna", text="schweige")
    assert message.answer["kind"] == "error"


async def test_time_limit(runtime: EmbeddedRuntime, conversations: ConversationStore) -> None:
    runtime._turn_seconds = 0.2
    [message] = await runtime.handle("anna", text="trödle", message_id="m1")
    assert message.answer["kind"] == "error"
    assert conversations.find_reply("anna", "m1") is None


async def test_what_people_write_never_reaches_the_log(
    runtime: EmbeddedRuntime, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        await runtime.handle("anna", text="explodiere mein-geheimnis")
        await runtime.handle("anna", text="Zuschuss mein-geheimnis in hagen")
    assert any(record.levelno == logging.ERROR for record in caplog.records), "the failure itself is logged"
    assert not any(record.name.startswith("rasa") for record in caplog.records), "Rasa's own records end before"
    said = [record.getMessage() + JsonFormatter().format(record) for record in caplog.records]
    assert "mein-geheimnis" not in "\n".join(said)
    printed = capfd.readouterr()
    assert "mein-geheimnis" not in printed.out + printed.err


async def test_repeated_message_id_returns_the_stored_reply(
    runtime: EmbeddedRuntime, conversations: ConversationStore
) -> None:
    first = await runtime.handle("anna", text="Zuschuss in hagen", message_id="m1")
    stored = len(conversations.load_all("anna").events)
    again = await runtime.handle("anna", text="Hallo", message_id="m1")
    assert [message.as_dict() for message in again] == [message.as_dict() for message in first]
    assert len(conversations.load_all("anna").events) == stored
    assert (await runtime.handle("berta", text="Hallo", message_id="m1"))[0].answer["kind"] == "smalltalk"


async def test_five_messages_at_once_are_answered_in_order(
    runtime: EmbeddedRuntime, conversations: ConversationStore
) -> None:
    texts = [f"Zuschuss Nummer {number}" for number in range(5)]
    start = time.perf_counter()
    await asyncio.gather(*(runtime.handle("anna", text=text) for text in texts))
    took = time.perf_counter() - start
    assert user_texts(conversations, "anna") == texts
    assert took < 4, "waiting is woken, not polled once a second"
    assert len(runtime._locks) == 0


async def test_turn_is_repeated_when_another_process_was_faster(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = conversations.append, []

    def append(turn) -> None:
        calls.append(turn)
        if len(calls) == 1:
            raise ConversationConflict("faster")
        ConversationStore(conversations._engine).append(turn)

    monkeypatch.setattr(runtime._conversations, "append", append)
    [message] = await runtime.handle("anna", text="Hallo")
    assert message.answer["kind"] == "smalltalk"
    assert len(calls) == 2
    assert real is not append


async def test_health_names_what_is_missing(runtime: EmbeddedRuntime) -> None:
    assert await runtime.health() == {"modell": True, "datenbank": True}
    runtime._checks = {"wissensbasis": lambda: False, "kaputt": lambda: 1 / 0 > 0}
    assert await runtime.health() == {"modell": True, "wissensbasis": False, "kaputt": False}


async def test_warming_up_leaves_no_trace(runtime: EmbeddedRuntime, conversations: ConversationStore) -> None:
    await runtime.warm_up("Zuschuss in hagen")
    assert conversations.ids() == []


async def test_parse(runtime: EmbeddedRuntime) -> None:
    parsed = await runtime.parse("/Zuschuss in hagen")
    assert parsed["intent"]["name"] == "suche"
    assert [entity["value"] for entity in parsed["entities"]] == ["hagen"]


async def test_a_turn_that_was_not_understood_is_noted_for_staff(runtime: EmbeddedRuntime, engine: sa.Engine) -> None:
    await runtime.handle("anna", text="Moin")
    await runtime.handle("anna", text="Wie wird das Wetter am Sonntag?")
    with engine.connect() as connection:
        noted = connection.execute(sa.text("SELECT text FROM unclear_turn")).scalars().all()
    assert noted == ["Wie wird das Wetter am Sonntag?"]
