"""The emulator on a port of this machine, and adapters that talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest

from channels.messenger.contract import Incoming
from channels.telegram.adapter import TelegramAdapter
from tests.channels.telegram.emulator import TOKEN, BotApi

SECRET = "geheimes-wort-aus-telegram"


class Inbox:
    """Stores like the real one: a repeated id is ignored."""

    def __init__(self) -> None:
        self.items: list[Incoming] = []
        self.error: Exception | None = None
        self.tries = 0

    async def receive(self, items: Sequence[Incoming]) -> None:
        """Store, or fail if the test wants it."""
        self.tries += 1
        if self.error:
            raise self.error
        known = {item.external_id for item in self.items}
        self.items += [item for item in items if item.external_id not in known]

    def kinds(self) -> list[str]:
        """What came in."""
        return [item.kind.value for item in self.items]

    def texts(self) -> list[str]:
        """What was typed."""
        return [item.text for item in self.items]


@pytest.fixture
async def api(aiohttp_server: Any) -> BotApi:
    """The emulator; ``api.url`` is its address."""
    emulator = BotApi()
    server = await aiohttp_server(emulator.app())
    emulator.url = str(server.make_url("")).rstrip("/")
    return emulator


@pytest.fixture
def inbox() -> Inbox:
    """Where everything arrives."""
    return Inbox()


@pytest.fixture
async def new_adapter(api: BotApi) -> AsyncIterator[Callable[..., TelegramAdapter]]:
    """Makes adapters; ``adapter.pauses`` are the seconds they waited."""
    made: list[TelegramAdapter] = []

    def make(hook: str | None = None, token: str = TOKEN) -> TelegramAdapter:
        pauses: list[float] = []

        async def sleep(seconds: float) -> None:
            pauses.append(seconds)
            await asyncio.sleep(0)

        adapter = TelegramAdapter(token, api.url, hook, SECRET, sleep)
        adapter.pauses = pauses  # type: ignore[attr-defined]
        made.append(adapter)
        return adapter

    yield make
    for adapter in made:
        await adapter.close()


@pytest.fixture
def adapter(new_adapter: Callable[..., TelegramAdapter]) -> TelegramAdapter:
    """One that polls."""
    return new_adapter()


@pytest.fixture
async def running(adapter: TelegramAdapter, inbox: Inbox) -> AsyncIterator[Inbox]:
    """The inbox of an adapter that polls."""
    task = asyncio.create_task(adapter.run(inbox.receive))
    yield inbox
    await stop(task)


async def stop(task: asyncio.Task[None]) -> None:
    """End a task."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
