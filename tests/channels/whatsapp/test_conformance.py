"""WhatsApp passes what every messenger must pass."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.settings import Settings
from channels.kit.bench import Bench
from channels.kit.clock import FakeClock
from channels.kit.conformance import Conformance
from channels.whatsapp.adapter import WhatsAppAdapter
from channels.whatsapp.webhook import PATH
from channels.whatsapp.window import Window
from tests.channels.messenger.replies import all_replies
from tests.channels.whatsapp import official
from tests.channels.whatsapp.conftest import APP_SECRET
from tests.channels.whatsapp.graph_api import GraphApi
from tests.channels.whatsapp.test_form import token_of


class Phone:
    """Somebody with WhatsApp: Meta calls the webhook, answers arrive at the Graph API."""

    address, stranger = official.USER_ID, "DE.42"

    def __init__(self, bench: Bench, graph_api: GraphApi) -> None:
        self.bench = bench
        self._graph_api = graph_api
        self._numbers = itertools.count(1)
        self._last: dict[str, Any] = {}

    async def write(self, text: str) -> None:
        await self._send(official.text(text))

    async def press(self, title: str) -> None:
        await self._send(official.chosen(token_of(self._graph_api.sent[-1]["interactive"], title), "list_reply"))

    async def speak(self) -> None:
        await self._send(official.of_kind(official.KINDS["voice"]))

    async def repeat(self) -> None:
        await self._call()

    async def break_down(self) -> None:
        self._graph_api.fail(131000, 500)

    async def received(self) -> list[str]:
        return [sent["text"]["body"] if sent["type"] == "text" else sent["interactive"]["body"]["text"]
                for sent in self._graph_api.sent]

    async def _send(self, shape: dict[str, Any]) -> None:
        now = str(int(self.bench.clock.now().timestamp()))
        self._last = {**shape, "id": f"wamid.{next(self._numbers)}", "timestamp": now}
        await self._call()

    async def _call(self) -> None:
        body = json.dumps(official.call(official.value(self._last, user_id=self.address))).encode()
        signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        async with httpx.AsyncClient() as meta:
            answer = await meta.post(
                self.bench.url + PATH, content=body, headers={"X-Hub-Signature-256": f"sha256={signature}"})
        assert answer.status_code == 200


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[sa.Engine]:
    opened = open_engine(sqlite_url)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


class TestWhatsApp(Conformance):
    replies = all_replies()

    @pytest.fixture
    async def person(self, engine: sa.Engine, settings: Settings, graph_api: GraphApi) -> AsyncIterator[Phone]:
        clock = FakeClock()
        adapter = WhatsAppAdapter(settings, Window(engine, clock.now))
        async with Bench(adapter, engine, clock=clock) as bench:
            yield Phone(bench, graph_api)
