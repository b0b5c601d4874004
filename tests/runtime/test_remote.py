"""The remote runtime against a fake Rasa server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.contract.validator import validate_reply
from bot.records.conversations import ConversationStore
from bot.records.masking import MASK
from bot.records.unclear_turns import UnclearTurnStore, Why
from bot.runtime.buttons import Buttons
from bot.runtime.remote import RemoteRuntime, pair_items
from tests.runtime.fixtures import APOLOGY

ITEMS = [
    {"recipient_id": "anna", "text": "Das passt:"},
    {"recipient_id": "anna", "text": "Programm"},
    {"recipient_id": "anna", "text": "Mehr?", "buttons": [{"title": "Ja", "payload": "/ja"}]},
    {"recipient_id": "anna", "custom": {"answer": {"kind": "programmes"}}},
    {"recipient_id": "anna", "text": "Noch etwas."},
]


class FakeRasa:
    """Answers like a Rasa server with the REST channel."""

    def __init__(self) -> None:
        self.items: Any = ITEMS
        self.heard: list[dict[str, Any]] = []
        self.status = 200
        self.understood: dict[str, Any] = {"intent": {"name": "hallo", "confidence": 0.9}}

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([
            web.post("/webhooks/rest/webhook", self._webhook), web.post("/model/parse", self._parse),
            web.get("/conversations/{id}/tracker", self._tracker), web.get("/status", self._status),
        ])
        return app

    async def _webhook(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        return web.json_response(self.items, status=self.status)

    async def _tracker(self, request: web.Request) -> web.Response:
        assert request.query["include_events"] == "NONE"
        return web.json_response({"sender_id": request.match_info["id"], "slots": {"place": "hagen", "facts": None},
                                  "latest_message": self.understood})

    async def _parse(self, request: web.Request) -> web.Response:
        return web.json_response({"intent": {"name": (await request.json())["text"]}})

    async def _status(self, request: web.Request) -> web.Response:
        return web.json_response({"model_file": "x"}, status=self.status)


@pytest.fixture
async def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def remote(rasa: FakeRasa, conversations: ConversationStore) -> AsyncIterator[RemoteRuntime]:
    async with TestServer(rasa.app()) as server:
        runtime = RemoteRuntime(str(server.make_url("")), conversations, Buttons({}), APOLOGY, turn_seconds=5)
        yield runtime
        await runtime.close()


async def test_items_become_whole_messages(remote: RemoteRuntime, rasa: FakeRasa) -> None:
    messages = await remote.handle("web:anna/ü", text="/Hallo")
    validate_reply({"request_id": "r", "messages": [message.as_dict() for message in messages]})
    assert [message.text for message in messages] == ["Das passt:\n\nProgramm\n\nMehr?", "Noch etwas."]
    assert [message.answer["kind"] for message in messages] == ["programmes", "info"]
    assert messages[0].buttons[0].title == "Ja" and messages[1].buttons == ()
    assert messages[1].answer["understood"] == {"place": "hagen"}
    assert rasa.heard == [{"sender": "web:anna/ü", "message": "Hallo"}]


async def test_repeated_message_does_not_reach_rasa(remote: RemoteRuntime, rasa: FakeRasa) -> None:
    first = await remote.handle("anna", text="Hallo", message_id="m1")
    assert await remote.handle("anna", text="Hallo", message_id="m1") == first
    assert len(rasa.heard) == 1


async def test_what_says_that_all_is_erased_erases(
    remote: RemoteRuntime, rasa: FakeRasa, conversations: ConversationStore
) -> None:
    await remote.handle("anna", text="Hallo", message_id="m1")
    rasa.items = [{"recipient_id": "anna", "text": "Weg."}, {"recipient_id": "anna", "custom": {"erase": True}}]
    assert [message.text for message in await remote.handle("anna", text="ja", message_id="m2")] == ["Weg."]
    assert conversations.ids() == []


async def test_what_was_not_understood_is_noted(
    remote: RemoteRuntime, rasa: FakeRasa, engine: sa.Engine
) -> None:
    unclear = UnclearTurnStore(engine)
    await remote.handle("anna", text="Hallo", message_id="m1")
    assert unclear.count() == 0
    rasa.understood = {"intent": {"name": "hallo", "confidence": 0.3},
                       "intent_ranking": [{"name": "hallo", "confidence": 0.3}, {"name": "danke", "confidence": 0.1}]}
    await remote.handle("anna", text="wat is dat, 0171 3920001", message_id="m2")
    (turn,) = unclear.open_turns()
    assert (turn.text, turn.why, turn.intent) == (f"wat is dat, {MASK}", Why.UNSURE, "hallo")
    assert turn.alternatives == [["hallo", 0.3], ["danke", 0.1]]


async def test_the_answer_to_a_question_need_not_be_clear(
    remote: RemoteRuntime, rasa: FakeRasa, engine: sa.Engine
) -> None:
    rasa.items = [{"text": "Wie viele?"}, {"custom": {"answer": {"kind": "question", "asks": "employees"}}}]
    await remote.handle("anna", text="Hallo")
    rasa.items, rasa.understood = ITEMS, {"intent": {"name": "hallo", "confidence": 0.3}}
    await remote.handle("anna", text="so acht oder zehn")
    assert UnclearTurnStore(engine).count() == 0
    await remote.handle("anna", text="und jetzt")
    assert UnclearTurnStore(engine).count() == 1


async def test_silence_and_failure_become_an_apology(remote: RemoteRuntime, rasa: FakeRasa) -> None:
    rasa.items = []
    assert [message.answer["kind"] for message in await remote.handle("anna", text="Hallo")] == ["error"]
    rasa.items, rasa.status = ITEMS, 500
    assert [message.answer["kind"] for message in await remote.handle("anna", text="Hallo")] == ["error"]
    assert await remote.health() == {"modell": False}


async def test_health_and_parse(remote: RemoteRuntime) -> None:
    assert await remote.health() == {"modell": True}
    assert (await remote.parse("/gruss"))["intent"]["name"] == "gruss"


@pytest.mark.parametrize(("items", "texts"), [
    ([], []),
    ([{"custom": {"answer": {}}}], [""]),
    ([{"text": "a"}, {"text": "b"}], ["a\n\nb"]),
    ([{"text": "a"}, {"custom": {"x": 1}}, {"text": "b"}, {"custom": {"x": 1}}], ["a", "b"]),
])
def test_pairing(items: list[dict[str, Any]], texts: list[str]) -> None:
    assert [item["text"] for item in pair_items(items)] == texts
