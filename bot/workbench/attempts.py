"""How often one may try to sign in: counted per account and per address, in memory."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from aiohttp import web

from bot.web.buckets import Buckets, Clients

MOST = 10
SECONDS = 15 * 60.0
"""So many attempts within this time."""


class Attempts:
    """Counts attempts. This machine itself is limited per account only."""

    def __init__(self, proxy_header: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts, self._addresses = (Buckets(MOST, clock, SECONDS) for _ in range(2))
        self._clients = Clients(proxy_header, clock, [self._addresses.forget])

    def wait(self, request: web.Request, name: str) -> int:
        """Count an attempt; return 0 if it may be made, or after how many minutes."""
        client = self._clients.key(request)
        seconds = max(self._accounts.take(name.encode()), self._addresses.take(client) if client else 0.0)
        return math.ceil(seconds / 60)


ATTEMPTS: web.AppKey[Attempts] = web.AppKey("attempts", Attempts)
