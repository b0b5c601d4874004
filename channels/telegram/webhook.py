"""Telegram calls us: one update per request, repeated until we say 200."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from channels.messenger.contract import NotStored

PATH = "/webhooks/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BODY_BYTES = 1024 * 1024
"""An update may carry an earlier message with all its buttons; one that is refused would come for ever."""


def webhook(secret: str, take: Callable[[list[Any]], Awaitable[None]]) -> web.RouteDef:
    """Return the route.

    Args:
        secret: What Telegram must send along.
        take: Stores updates; if it cannot, Telegram sends them again.
    """

    async def post(request: web.Request) -> web.Response:
        given = request.headers.get(HEADER)
        if given is None:
            raise web.HTTPUnauthorized
        if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
            raise web.HTTPForbidden
        try:
            raw = await request.clone(client_max_size=MAX_BODY_BYTES).json()
        except ValueError:
            raise web.HTTPBadRequest from None
        try:
            await take([raw])
        except NotStored:
            raise web.HTTPServiceUnavailable from None
        return web.Response()

    return web.post(PATH, post)
