"""An adapter at work, with its service or a double of it.

What comes in is stored at once; the post office works when the test says so.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from types import TracebackType

import sqlalchemy as sa
from aiohttp import web

from bot.instance import load_instance
from bot.runtime.interface import Runtime
from bot.settings import load_settings
from channels.kit.clock import FakeClock
from channels.kit.runtime import EchoRuntime
from channels.messenger.contract import Adapter, Incoming
from channels.messenger.ending import end
from channels.messenger.office import open_office

STORED_SECONDS = 20.0
"""After that a message does not come any more."""
MOST_STEPS = 200


class Bench:
    """Serves the webhooks of an adapter, lets it fetch, and puts a post office and a bot behind it."""

    def __init__(self, adapter: Adapter, engine: sa.Engine, runtime: Runtime | None = None,
                 clock: FakeClock | None = None) -> None:
        """Take the adapter.

        Args:
            adapter: Connected to its service or a double of it.
            engine: A database whose tables exist.
            runtime: The bot; by default one that repeats what it hears.
            clock: Time of the post office; it passes only when the test says so.
        """
        settings = load_settings({})
        self.adapter = adapter
        self.engine = engine
        self.clock = clock or FakeClock()
        self.office = open_office(
            adapter, runtime or EchoRuntime(engine), settings, load_instance(settings), engine, self.clock)
        self.stored = 0
        """So many messages came in so far, repetitions included."""
        self.url = ""
        """Where the webhooks are."""
        self._fetching: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._open = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Bench:
        app = web.Application()
        app.add_routes(self.adapter.routes(self.receive))
        runner = web.AppRunner(app)
        await runner.setup()
        self._open.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._open.push_async_callback(self.adapter.close)
        self._fetching = {asyncio.create_task(self.adapter.run(self.receive))}
        self._open.push_async_callback(self.stop_fetching)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self._open.aclose()

    async def receive(self, messages: Sequence[Incoming]) -> None:
        """Store what came in (see ``channels.messenger.contract.Receive``)."""
        await self.office.receive(messages)
        self.stored += len(messages)
        self._news.set()

    async def stop_fetching(self) -> None:
        """End ``run`` of the adapter, as the service does before it closes it."""
        await end(self._fetching)

    async def until_stored(self, number: int) -> None:
        """Wait until so many messages came in."""
        async def wait() -> None:
            while self.stored < number:
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), STORED_SECONDS)

    async def settle(self) -> None:
        """Let the post office work until nothing is left to do at this moment."""
        for _ in range(MOST_STEPS):
            if not await self.office.step():
                return
        raise AssertionError("the post office does not come to rest")
