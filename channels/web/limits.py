"""How often one client may ask, and how long an answer may take.

The buckets live in memory, each process has its own.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from enum import Enum

from aiohttp import web

from bot.log import get_logger
from bot.settings import Settings
from bot.web.buckets import Buckets, Clients
from bot.web.request_ids import Handler

REQUEST_SECONDS = 45.0
"""Time limit for a request; a turn of the bot has a shorter one of its own."""
STREAM = "/api/chat/stream"
"""A reply that is being sent cannot be replaced by an error any more; the turn behind it has its own limit."""
_log = get_logger(__name__)

WEBHOOKS = "/webhooks/"
"""Services call here that prove who they are; one of them brings the messages of many people."""


class Kind(str, Enum):
    """Kinds of requests with a limit of their own."""

    CHAT = "chat"
    FORMS = "forms"
    PAGES = "pages"
    PDF = "pdf"


def kind_of(method: str, path: str) -> Kind | None:
    """Return what a request counts as; ``None`` if it is not limited."""
    if path.startswith(("/static/", WEBHOOKS)) or path in ("/healthz", "/readyz"):
        return None
    if method in ("GET", "HEAD", "OPTIONS"):
        return Kind.PDF if path.endswith((".pdf", "/pdf")) else Kind.PAGES
    return Kind.CHAT if path == "/chat" or path.startswith("/api/") else Kind.FORMS


class Limits:
    """All limits of one application."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets = {
            Kind.CHAT: Buckets(settings.chat_per_minute, clock),
            Kind.FORMS: Buckets(settings.forms_per_minute, clock),
            Kind.PAGES: Buckets(settings.pages_per_minute, clock),
            Kind.PDF: Buckets(settings.pdf_per_minute, clock),
        }
        self._clients = Clients(settings.proxy_header, clock, [buckets.forget for buckets in self._buckets.values()])

    def wait(self, request: web.Request) -> int:
        """Count a request; return 0 if it may go on, or the seconds after which it may be sent again."""
        kind, client = kind_of(request.method, request.path), self._clients.key(request)
        return math.ceil(self._buckets[kind].take(client)) if kind and client else 0


LIMITS: web.AppKey[Limits] = web.AppKey("limits", Limits)


@web.middleware
async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse who asks too often, and give up on what takes too long.

    Raises:
        web.HTTPTooManyRequests: With the header ``Retry-After``.
        web.HTTPServiceUnavailable: If there is no answer in time.
    """
    seconds = request.app[LIMITS].wait(request)
    if seconds:
        raise web.HTTPTooManyRequests(headers={"Retry-After": str(seconds)})
    if request.path == STREAM:
        return await handler(request)
    try:
        return await asyncio.wait_for(handler(request), REQUEST_SECONDS)
    except asyncio.TimeoutError as error:
        _log.error("web.too_slow", error)
        raise web.HTTPServiceUnavailable from None
