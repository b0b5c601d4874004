"""How often one client may ask, and how long an answer may take.

A client is known by a keyed hash of its address; the key is forgotten every day, and neither is logged or stored.
The buckets live in memory, each process has its own.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from enum import Enum

from aiohttp import web

from bot.log import get_logger
from bot.settings import Settings
from channels.web.request_ids import Handler

REQUEST_SECONDS = 45.0
"""Time limit for a request; a turn of the bot has a shorter one of its own."""
STREAM = "/api/chat/stream"
"""A reply that is being sent cannot be replaced by an error any more; the turn behind it has its own limit."""
MOST_CLIENTS = 20_000
"""So many clients are remembered per kind; who was not seen longest is forgotten first."""
_DAY = 24 * 60 * 60
_IPV6_NETWORK = 64
"""One household or firm has at least this network to itself; a single address says nothing."""
_FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
_log = get_logger(__name__)


class Kind(str, Enum):
    """Kinds of requests with a limit of their own."""

    CHAT = "chat"
    FORMS = "forms"
    PAGES = "pages"
    PDF = "pdf"


def kind_of(method: str, path: str) -> Kind | None:
    """Return what a request counts as; ``None`` if it is not limited."""
    if path.startswith("/static/") or path in ("/healthz", "/readyz"):
        return None
    if method in ("GET", "HEAD", "OPTIONS"):
        return Kind.PDF if path.endswith((".pdf", "/pdf")) else Kind.PAGES
    return Kind.CHAT if path == "/chat" or path.startswith("/api/") else Kind.FORMS


class Buckets:
    """Token buckets: each client may ask so often per minute, all at once or spread."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._clients: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        """Tokens left and when they were counted."""

    def take(self, client: bytes) -> float:
        """Take a token; return 0, or after how many seconds there will be one."""
        if not self._size:
            return 0.0
        now = self._clock()
        left, counted = self._clients.pop(client, (self._size, now))
        left = min(self._size, left + (now - counted) * self._size / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self._size
        self._clients[client] = (left if wait else left - 1, now)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return wait

    def forget(self) -> None:
        """Forget all clients."""
        self._clients.clear()


class Limits:
    """All limits of one application."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._proxy_header = settings.proxy_header
        self._clock = clock
        self._buckets = {
            Kind.CHAT: Buckets(settings.chat_per_minute, clock),
            Kind.FORMS: Buckets(settings.forms_per_minute, clock),
            Kind.PAGES: Buckets(settings.pages_per_minute, clock),
            Kind.PDF: Buckets(settings.pdf_per_minute, clock),
        }
        self._key, self._key_until = b"", -math.inf
        self._warned = False

    def wait(self, request: web.Request) -> int:
        """Count a request; return 0 if it may go on, or the seconds after which it may be sent again."""
        kind, client = kind_of(request.method, request.path), self._client(request)
        return math.ceil(self._buckets[kind].take(client)) if kind and client else 0

    def _client(self, request: web.Request) -> bytes | None:
        """Return a hash that stands for the client today; ``None`` for this machine itself."""
        peer = _address(request.remote or "")
        told = _address(request.headers.get(self._proxy_header, "").split(",")[-1]) if self._proxy_header else None
        address = told or peer
        if address is None or (address.is_loopback and told is None):
            self._warn_of_proxy(request)
            return None
        network = ipaddress.ip_network((address, _IPV6_NETWORK if address.version == 6 else 32), strict=False)
        return hmac.digest(self._daily_key(), network.network_address.packed, "sha256")

    def _daily_key(self) -> bytes:
        if self._clock() >= self._key_until:
            self._key, self._key_until = secrets.token_bytes(32), self._clock() + _DAY
            for buckets in self._buckets.values():
                buckets.forget()
        return self._key

    def _warn_of_proxy(self, request: web.Request) -> None:
        """Say once that a proxy stands before us and nobody told us: without its header nobody is limited."""
        if not self._warned and any(name in request.headers for name in _FORWARDED):
            self._warned = True
            _log.warning("web.proxy_header_not_set")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


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
