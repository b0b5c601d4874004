"""A whole conversation in WhatsApp, for tests that compare it with other ways to the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from aiohttp.test_utils import TestServer

from bot.runtime.interface import Runtime
from channels.kit.bench import Bench
from channels.kit.clock import FakeClock
from channels.whatsapp.adapter import WhatsAppAdapter
from channels.whatsapp.form import SHORTER
from channels.whatsapp.window import Window
from tests.channels.whatsapp import official
from tests.channels.whatsapp.conftest import settings_for
from tests.channels.whatsapp.graph_api import GraphApi
from tests.channels.whatsapp.phone import Phone
from tests.channels.whatsapp.test_form import choices

_WHOLE = {short: title for title, short in SHORTER.items()}


class WhatsApp:
    """Says and presses; returns text, and whole title and token of each option, of every message that comes back."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    async def say(self, text: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return await self._send(official.text(text))

    async def press(self, token: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return await self._send(official.chosen(token, "list_reply"))

    async def _send(self, shape: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
        before = len(self._phone.graph_api.sent)
        await self._phone.send(shape)
        await self._phone.bench.settle()
        texts = (await self._phone.received())[before:]
        return [(text, [(below or _WHOLE.get(title, title), token) for title, token, below in
                        (choices(sent["interactive"]) if sent["type"] == "interactive" else [])])
                for text, sent in zip(texts, self._phone.graph_api.sent[before:], strict=True)]


@asynccontextmanager
async def whatsapp(engine: sa.Engine, runtime: Runtime, person: int) -> AsyncIterator[WhatsApp]:
    """Connect a person with the bot."""
    graph_api, clock = GraphApi(), FakeClock()
    async with TestServer(graph_api.app()) as server:
        adapter = WhatsAppAdapter(settings_for(server), Window(engine, clock.now))
        async with Bench(adapter, engine, runtime, clock) as bench:
            phone = Phone(bench, graph_api)
            phone.address = f"DE.{person}"
            yield WhatsApp(phone)
