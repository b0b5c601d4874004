"""A web application on a port of this machine, in a thread of its own: ordinary HTTP clients can attack it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

from bot.web.quiet_server import QuietRunner

START_SECONDS = 30.0


@contextmanager
def serving(make: Callable[[], web.Application]) -> Iterator[str]:
    """Serve an application as long as the context is open; yields its address."""
    started, address = threading.Event(), ""
    loop = asyncio.new_event_loop()
    end = asyncio.Event()

    async def run() -> None:
        nonlocal address
        runner = QuietRunner(make(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        started.set()
        await end.wait()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert started.wait(START_SECONDS), "the application did not start"
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(START_SECONDS)
        loop.close()
