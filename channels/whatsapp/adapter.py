"""The adapter for WhatsApp: calls of Meta come in, messages go out through the Cloud API."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import httpx
import sqlalchemy as sa
from aiohttp import web
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp

from bot.errors import NavigatorError
from bot.instance import ChannelName
from bot.log import get_logger
from bot.settings import Settings
from channels.messenger.contract import Outgoing, Receive, RetryLater
from channels.whatsapp.errors import outcome, window_closed
from channels.whatsapp.form import message_of
from channels.whatsapp.limits import LIMITS
from channels.whatsapp.payloads import read_call
from channels.whatsapp.webhook import Webhook
from channels.whatsapp.window import Window

SECONDS = 15.0
"""Time limit for one call of the Cloud API; the post office waits a little longer."""
TYPING_SECONDS = 3.0
"""So long an answer waits for the sign that it is being written."""
MOST_REMEMBERED = 1_000
"""So many messages wait for their sign of reading; the oldest go without."""
_NO_PHONE_NUMBER = "."
"""Stands in every id Meta makes for us (``DE.1349…``) and in no number."""
_SECRETS = {
    "NAVIGATOR_WHATSAPP_TOKEN": "whatsapp_token",
    "NAVIGATOR_WHATSAPP_PHONE_ID": "whatsapp_phone_id",
    "NAVIGATOR_WHATSAPP_APP_SECRET": "whatsapp_app_secret",
    "NAVIGATOR_WHATSAPP_VERIFY_TOKEN": "whatsapp_verify_token",
}
_log = get_logger(__name__)


def create(settings: Settings, engine: sa.Engine) -> WhatsAppAdapter:
    """Return the adapter.

    Args:
        settings: With the secrets of WhatsApp.
        engine: Knows when people last wrote.

    Raises:
        NavigatorError: If a secret is missing; the text names all that are.
    """
    missing = [name for name, attribute in _SECRETS.items() if not getattr(settings, attribute)]
    if missing:
        raise NavigatorError(f"WhatsApp ist eingeschaltet, aber es fehlt {', '.join(missing)} – setzen Sie die "
                             "Angaben wie in docs/betrieb/whatsapp.md oder nehmen Sie „whatsapp“ in instance.yml "
                             "aus „channels“.")
    return WhatsAppAdapter(settings, Window(engine, lambda: dt.datetime.now(dt.timezone.utc)))


class WhatsAppAdapter:
    """WhatsApp as a messenger (see ``channels.messenger.contract.Adapter``)."""

    name = ChannelName.WHATSAPP.value
    limits = LIMITS

    def __init__(self, settings: Settings, window: Window) -> None:
        """Take the settings and the window for answers; nothing is sent before the first message."""
        self._settings = settings
        self._window = window
        self._session = httpx.AsyncClient(timeout=SECONDS, follow_redirects=False)
        client = WhatsApp(settings.whatsapp_phone_id, settings.whatsapp_token, session=self._session)
        self._session.base_url = httpx.URL(settings.whatsapp_api_url)
        self._api = client.api
        self._unread: OrderedDict[str, str] = OrderedDict()
        """The latest message of a person that has no sign of reading yet, by address."""

    def routes(self, receive: Receive) -> Sequence[web.RouteDef]:
        """Return the routes of the webhook."""
        async def take(content: object) -> None:
            incoming = read_call(content, self._settings.whatsapp_phone_id)
            if not incoming:
                return
            for message in incoming:
                self._remember(message.address, message.external_id)
            await receive(incoming)

        return Webhook(self._settings.whatsapp_app_secret, self._settings.whatsapp_verify_token, take).routes()

    async def run(self, receive: Receive) -> None:
        """Meta calls us."""

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        """Deliver one message.

        The Cloud API knows no idempotency keys: after a crash between sending and noting it, the message is sent
        twice. The key travels along, so that Meta's news about the message can be told apart.

        Raises:
            RetryLater: If it did not work now.
            Undeliverable: If it never will.
        """
        if not await asyncio.to_thread(self._window.is_open, address):
            raise window_closed()
        type_, content = message_of(message)
        try:
            await self._api.send_message(
                sender=self._settings.whatsapp_phone_id, **_recipient(address), typ=type_, msg=content,
                biz_opaque_callback_data=key)
        except WhatsAppError as error:
            raise outcome(error) from error
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.warning("whatsapp.unreachable", error)
            raise RetryLater from error

    async def typing(self, address: str, on: bool) -> None:
        """Mark the latest message as read and show that an answer is being written; it ends with the answer."""
        message_id = self._unread.pop(address, None)
        if not on or message_id is None:
            return
        try:
            sign = self._api.set_indicator(self._settings.whatsapp_phone_id, message_id, "text")
            await asyncio.wait_for(sign, TYPING_SECONDS)
        except Exception as error:  # a sign of courtesy must never stop an answer
            _log.warning("whatsapp.typing_failed", error)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.aclose()

    def _remember(self, address: str, message_id: str) -> None:
        self._unread[address] = message_id
        self._unread.move_to_end(address)
        if len(self._unread) > MOST_REMEMBERED:
            self._unread.popitem(last=False)


def _recipient(address: str) -> dict[str, Any]:
    """Return whom to write to, as the Cloud API wants it: an id made for us has a field of its own."""
    own_id = _NO_PHONE_NUMBER in address
    group = not own_id and not address.isdigit()
    return {"to": None if own_id else address, "recipient": address if own_id else None,
            "recipient_type": "group" if group else "individual"}
