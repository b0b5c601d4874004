"""What is no HTTP never reaches the application; aiohttp itself would answer it with its version and its code."""

from __future__ import annotations

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_request import BaseRequest

from bot.log import get_logger
from bot.web.headers import HEADERS, SERVER

UNREADABLE = "Die Anfrage war nicht lesbar."
_log = get_logger(__name__)


class QuietRunner(web.AppRunner):
    """Runs an application behind ``QuietHandler``."""

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _QuietServer(made.request_handler, request_factory=made.request_factory, **self._kwargs)


class _QuietServer(web.Server):
    def __call__(self) -> RequestHandler:
        return QuietHandler(self, loop=self._loop, **self._kwargs)


class QuietHandler(RequestHandler):
    """Says no more than that a request could not be read, and logs no address and nothing of what was sent."""

    def handle_error(self, request: BaseRequest, status: int = 500, exc: BaseException | None = None,
                     message: str | None = None) -> web.StreamResponse:
        """Answer what could not be read."""
        _log.warning("web.unreadable", exc, status=status)
        if request.writer.output_size > 0:
            raise ConnectionError("the response has begun")
        response = web.Response(status=status, text=UNREADABLE, headers={**HEADERS, "Server": SERVER})
        response.force_close()
        return response
