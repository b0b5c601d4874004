"""``POST /api/chat``: the contract, and everything that is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.contract.validator import validate_reply
from bot.runtime.gate import BUSY, Rejected
from tests.channels.conftest import Ask
from tests.channels.fake_runtime import FakeRuntime

SESSION = "sitzung-12345"


async def test_reply_keeps_the_contract(ask: Ask, fake: FakeRuntime) -> None:
    status, reply = await ask(session=SESSION, text="Hallo", message_id="m-1")
    assert status == 200
    validate_reply(reply)
    assert fake.heard == [{"conversation_id": f"web:{SESSION}", "text": "Hallo", "message_id": "m-1",
                           "channel": "web", "parse_data": None}]


async def test_button_arrives_as_intent(ask: Ask, fake: FakeRuntime) -> None:
    status, reply = await ask(session=SESSION, payload="/hilfe")
    assert status == 200
    validate_reply(reply)
    assert fake.heard[0]["parse_data"]["intent"]["name"] == "hilfe"


async def test_every_request_has_an_id_of_its_own(client: TestClient) -> None:
    ids = []
    for _ in range(2):
        async with client.post("/api/chat", json={"session": SESSION, "text": "Hallo"}) as response:
            reply = await response.json()
            assert response.headers["X-Request-ID"] == reply["request_id"]
            ids.append(reply["request_id"])
    assert ids[0] != ids[1]


@pytest.mark.parametrize(("body", "code"), [
    ({"text": "Hallo"}, "session_missing"),
    ({"session": "kurz", "text": "Hallo"}, "session_invalid"),
    ({"session": "x" * 65, "text": "Hallo"}, "session_invalid"),
    ({"session": "mit leerzeichen", "text": "Hallo"}, "session_invalid"),
    ({"session": SESSION + "\n", "text": "Hallo"}, "session_invalid"),
    ({"session": None, "text": "Hallo"}, "session_invalid"),
    ({"session": SESSION}, "text_or_payload"),
    ({"session": SESSION, "text": "Hallo", "payload": "/hilfe"}, "text_or_payload"),
    ({"session": SESSION, "text": ""}, "text_empty"),
    ({"session": SESSION, "text": " \u202e\u0000 "}, "text_empty"),
    ({"session": SESSION, "text": "x" * 4097}, "text_too_long"),
    ({"session": SESSION, "text": 12}, "text_invalid"),
    ({"session": SESSION, "text": "Hallo", "message_id": "a b"}, "message_id_invalid"),
    ({"session": SESSION, "text": "Hallo", "sender": "anna"}, "unknown_field"),
    ({"session": SESSION, "payload": "/restart"}, "payload_unknown"),
    ({"session": SESSION, "payload": '/hilfe{"x": 1}'}, "payload_unknown"),
    ({"session": SESSION, "payload": ["/hilfe"]}, "payload_invalid"),
    (["session"], "invalid_json"),
])
async def test_what_is_refused(client: TestClient, fake: FakeRuntime, body: Any, code: str) -> None:
    async with client.post("/api/chat", json=body) as response:
        assert response.status == 400
        error = (await response.json())["error"]
    assert error["code"] == code
    assert error["message"]
    assert fake.heard == []


async def test_longest_text_is_accepted(ask: Ask) -> None:
    status, _ = await ask(session=SESSION, text="ß" * 4096)
    assert status == 200


@pytest.mark.parametrize(("data", "content_type", "status", "code"), [
    (b"{", "application/json", 400, "invalid_json"),
    (b"\xff\xfe{}", "application/json", 400, "invalid_json"),
    (b"{}", "application/json; charset=erfunden", 400, "invalid_json"),
    (b"[" * 60_000, "application/json", 400, "invalid_json"),
    (b"session=abc", "application/x-www-form-urlencoded", 415, "content_type"),
    (json.dumps({"session": SESSION, "text": "Hallo"}).encode(), "text/plain", 415, "content_type"),
    (b" " * 70_000, "application/json", 413, "body_too_large"),
])
async def test_unreadable_bodies(client: TestClient, data: bytes, content_type: str, status: int, code: str) -> None:
    async with client.post("/api/chat", data=data, headers={"Content-Type": content_type}) as response:
        assert response.status == status
        assert (await response.json())["error"]["code"] == code


@pytest.mark.parametrize(("method", "path", "status", "code"), [
    ("GET", "/api/chat", 405, "method_not_allowed"),
    ("POST", "/gibt-es-nicht", 404, "not_found"),
    ("GET", "/static/../app.py", 404, "not_found"),
])
async def test_wrong_addresses(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    async with client.request(method, path) as response:
        assert response.status == status
        assert (await response.json())["error"]["code"] == code


async def test_too_many_waiting_messages(ask: Ask, fake: FakeRuntime) -> None:
    fake.error = Rejected(BUSY, "Bitte warten Sie.")
    status, reply = await ask(session=SESSION, text="Hallo")
    assert (status, reply["error"]["code"]) == (429, BUSY)


async def test_failure_says_whom_to_call(ask: Ask, fake: FakeRuntime, instance: Any) -> None:
    fake.error = RuntimeError("geheimer Text")
    status, reply = await ask(session=SESSION, text="Hallo")
    assert status == 500
    assert instance.agency.phone in reply["error"]["message"]
    assert "geheimer Text" not in json.dumps(reply)


@pytest.mark.parametrize(("typed", "heard"), [
    ("/restart", "restart"),
    ("//session_start", "session_start"),
    ("/", "?"),
    ("Gru\u0308ße", "Grüße"),
    ("a\u202eb\u0007c\ufeffd\x00e", "abcde"),
    ("👩\u200d🔧 in Hagen", "👩\u200d🔧 in Hagen"),
    ("eins\r\nzwei\tdrei", "eins\nzwei drei"),
    ("1 / 2 Stellen", "1 / 2 Stellen"),
    ("\ud800Hallo", "Hallo"),
])
async def test_text_is_cleaned(ask: Ask, fake: FakeRuntime, typed: str, heard: str) -> None:
    status, _ = await ask(session=SESSION, text=typed)
    assert status == 200
    assert fake.heard[0]["text"] == heard
