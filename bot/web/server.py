"""Serve an application until the process is told to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import NavigatorError
from bot.web.quiet_server import QuietRunner

SHUTDOWN_SECONDS = 10.0
"""So long running requests may still take after SIGTERM."""


async def serve(app: web.Application, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; requests that are being answered are finished first.

    Args:
        app: The application.
        host: Address to listen on.
        port: Port to listen on.
        say: Takes German lines of progress.

    Raises:
        NavigatorError: If the port is taken.
    """
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with listening(app, host, port, "NAVIGATOR_PORT"):
        say(f"Der Digitalnavigator läuft: http://{host}:{port}/ (beenden mit Strg+C)")
        await stop.wait()
        say("Der Digitalnavigator wird beendet …")


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int, setting: str) -> AsyncIterator[None]:
    """Serve an application as long as the context is open.

    Args:
        app: The application.
        host: Address to listen on.
        port: Port to listen on.
        setting: Name of the setting of the port, for the error.

    Raises:
        NavigatorError: If the port is taken.
    """
    runner = QuietRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise NavigatorError(f"Auf {host}:{port} kann der Webdienst nicht lauschen ({error.strerror}) – beenden "
                                 f"Sie den anderen Dienst oder setzen Sie {setting}.") from error
        yield
    finally:
        await runner.cleanup()
