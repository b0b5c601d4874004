"""Every request gets an id. It stands in the log, in the header and in every apology."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.log import get_logger, new_request_id, request_id

HEADER = "X-Request-ID"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = get_logger(__name__)


@web.middleware
async def give_request_id(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Begin a request with a fresh id and log how it ended, never what it said."""
    new_request_id()
    start = time.perf_counter()
    response = await handler(request)
    response.headers[HEADER] = request_id.get()
    route = request.match_info.route.resource
    _log.info("web.answered", method=request.method, route=route.canonical if route else None,
              status=response.status, milliseconds=round((time.perf_counter() - start) * 1000))
    return response
