"""The webhook: Meta's handshake, the signature over the raw body, and only then the content."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from pywa.utils import HUB_CH, HUB_SIG, HUB_VT, webhook_updates_validator

from bot.log import get_logger

PATH = "/webhooks/whatsapp"
MOST_BYTES = 3 * 1024 * 1024
"""Largest call; Meta says so."""
_log = get_logger(__name__)

Take = Callable[[object], Awaitable[None]]
"""Takes the parsed body of a genuine call; after it returned, the call is acknowledged."""


class Webhook:
    """Answers Meta's calls."""

    def __init__(self, app_secret: str, verify_token: str, take: Take) -> None:
        """Take the secrets.

        Args:
            app_secret: With it Meta signs every call.
            verify_token: Meta shows it when the address is entered there.
            take: Gets what was sent.
        """
        self._app_secret = app_secret
        self._verify_token = verify_token
        self._take = take

    def routes(self) -> list[web.RouteDef]:
        """Return the two routes."""
        return [web.get(PATH, self.handshake, allow_head=False), web.post(PATH, self.call)]

    async def handshake(self, request: web.Request) -> web.Response:
        """Prove that the address is ours: give back the challenge to who knows our word."""
        shown = request.query.get(HUB_VT, "")
        known = hmac.compare_digest(shown.encode(errors="replace"), self._verify_token.encode())
        if request.query.get("hub.mode") != "subscribe" or not known:
            return _refusal(HTTPStatus.FORBIDDEN)
        return web.Response(text=request.query.get(HUB_CH, ""))

    async def call(self, request: web.Request) -> web.Response:
        """Take what Meta sends, if its signature is right; a failure of ours is no answer, so Meta sends it again."""
        signature = request.headers.get(HUB_SIG, "")
        if not signature:
            return _refusal(HTTPStatus.UNAUTHORIZED)
        body = await request.clone(client_max_size=MOST_BYTES).read()
        if not signature.isascii() or not webhook_updates_validator(self._app_secret, body, signature):
            return _refusal(HTTPStatus.FORBIDDEN)
        try:
            content = json.loads(body)
        except ValueError:
            return _refusal(HTTPStatus.BAD_REQUEST)
        await self._take(content)
        return web.Response()


def _refusal(status: HTTPStatus) -> web.Response:
    """Refuse without a word about why."""
    _log.warning("whatsapp.call_refused", status=int(status))
    return web.Response(status=status)
