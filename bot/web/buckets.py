"""How often a client may ask. Clients are known by a keyed hash of their address, neither logged nor stored."""

from __future__ import annotations

import hmac
import ipaddress
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

from aiohttp import web

from bot.log import get_logger

MOST_CLIENTS = 20_000
"""So many clients are remembered per kind; who was not seen longest is forgotten first."""
_DAY = 24 * 60 * 60
_IPV6_NETWORK = 64
"""One household or firm has at least this network to itself; a single address says nothing."""
_FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
_log = get_logger(__name__)


class Buckets:
    """Token buckets: each client may ask so often per minute (or ``seconds``), all at once or spread."""

    def __init__(self, size: int, clock: Callable[[], float], seconds: float = 60.0) -> None:
        self._size = float(size)
        self._seconds = seconds
        self._clock = clock
        self._clients: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        """Tokens left and when they were counted."""

    def take(self, client: bytes) -> float:
        """Take a token; return 0, or after how many seconds there will be one."""
        if not self._size:
            return 0.0
        now = self._clock()
        left, counted = self._clients.pop(client, (self._size, now))
        left = min(self._size, left + (now - counted) * self._size / self._seconds)
        wait = 0.0 if left >= 1 else (1 - left) * self._seconds / self._size
        self._clients[client] = (left if wait else left - 1, now)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return wait

    def forget(self) -> None:
        """Forget all clients."""
        self._clients.clear()


class Clients:
    """Tells clients apart. The key of the hash is forgotten every day."""

    def __init__(self, proxy_header: str, clock: Callable[[], float] = time.monotonic,
                 on_new_key: Iterable[Callable[[], None]] = ()) -> None:
        """Begin without knowing anybody.

        Args:
            proxy_header: Header in which our own proxy writes the address; empty if there is none.
            clock: Seconds that pass.
            on_new_key: Called when the key changes, e.g. to forget what is known of the old clients.
        """
        self._proxy_header = proxy_header
        self._clock = clock
        self._on_new_key = tuple(on_new_key)
        self._key, self._key_until = b"", -math.inf
        self._warned = False

    def key(self, request: web.Request) -> bytes | None:
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
            for forget in self._on_new_key:
                forget()
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
