"""Only Meta gets in, and what it sent is acknowledged only when it is stored."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from collections.abc import Awaitable, Callable, Sequence

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from channels.messenger.contract import Incoming
from channels.whatsapp.adapter import WhatsAppAdapter
from channels.whatsapp.webhook import PATH
from tests.channels.whatsapp import official
from tests.channels.whatsapp.conftest import APP_SECRET, VERIFY_TOKEN

Start = Callable[..., Awaitable[TestClient]]


class Inbox:
    """Stores, or fails like a locked database."""

    def __init__(self) -> None:
        self.stored: list[Incoming] = []
        self.locked = False

    async def receive(self, incoming: Sequence[Incoming]) -> None:
        if self.locked:
            raise RuntimeError
        self.stored += incoming


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def client(adapter: WhatsAppAdapter, inbox: Inbox, aiohttp_client: Start) -> TestClient:
    app = web.Application(client_max_size=64 * 1024)
    app.add_routes(adapter.routes(inbox.receive))
    return await aiohttp_client(app)


def sign(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def body_of(*messages: dict[str, object]) -> bytes:
    return json.dumps(official.call(official.value(*messages))).encode()


async def test_a_genuine_call_is_stored_and_acknowledged(client: TestClient, inbox: Inbox) -> None:
    body = body_of(official.text("Grüße"))

    response = await client.post(PATH, data=body, headers=sign(body))

    assert (response.status, [incoming.text for incoming in inbox.stored]) == (200, ["Grüße"])


BODY = body_of(official.text())


@pytest.mark.parametrize(("headers", "status"), [
    ({}, 401), ({"X-Hub-Signature-256": ""}, 401), (sign(BODY, "another"), 403), (sign(BODY + b" "), 403),
    ({"X-Hub-Signature-256": "sha256=ä"}, 403), ({"X-Hub-Signature-256": "sha256="}, 403),
    ({"X-Hub-Signature": sign(BODY)["X-Hub-Signature-256"]}, 401),
])  # fmt: skip
async def test_a_call_without_the_right_signature_changes_nothing(
        headers: dict[str, str], status: int, client: TestClient, inbox: Inbox) -> None:
    response = await client.post(PATH, data=BODY, headers=headers)

    assert (response.status, await response.text(), inbox.stored) == (status, "", [])


async def test_what_could_not_be_stored_is_not_acknowledged(client: TestClient, inbox: Inbox) -> None:
    inbox.locked = True
    body = body_of(official.text())

    assert (await client.post(PATH, data=body, headers=sign(body))).status == 500
    inbox.locked = False
    assert (await client.post(PATH, data=body, headers=sign(body))).status == 200
    assert len(inbox.stored) == 1


async def test_news_without_messages_are_acknowledged(client: TestClient, inbox: Inbox) -> None:
    body = json.dumps(official.call(official.value(statuses=[official.DELIVERED]))).encode()
    inbox.locked = True

    assert (await client.post(PATH, data=body, headers=sign(body))).status == 200


async def test_signed_nonsense_is_refused(client: TestClient) -> None:
    for body in (b"", b"{", b"\xff"):
        assert (await client.post(PATH, data=body, headers=sign(body))).status == 400


async def test_a_large_batch_is_taken_and_a_larger_one_is_not_even_read(client: TestClient, inbox: Inbox) -> None:
    large = body_of(official.text("ä" * 400_000))
    assert (await client.post(PATH, data=io.BytesIO(large), headers=sign(large))).status == 200
    too_large = body_of(official.text("ä" * 600_000))
    assert (await client.post(PATH, data=io.BytesIO(too_large), headers=sign(too_large))).status == 413
    assert len(inbox.stored) == 1


SHOWN = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY_TOKEN}


async def test_the_handshake_gives_the_challenge_back(client: TestClient) -> None:
    response = await client.get(PATH, params=SHOWN)

    assert (response.status, await response.text(), response.content_type) == (200, "1158201444", "text/plain")


@pytest.mark.parametrize("changed", [
    {"hub.verify_token": "falsch"}, {"hub.verify_token": ""}, {"hub.verify_token": "ünser"},
    {"hub.mode": "unsubscribe"},
])  # fmt: skip
async def test_the_handshake_is_refused_without_our_word(changed: dict[str, str], client: TestClient) -> None:
    response = await client.get(PATH, params={**SHOWN, **changed})

    assert (response.status, await response.text()) == (403, "")
