"""The Matrix channel (see README.md)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import nio
import sqlalchemy as sa
from aiohttp import web

from bot.log import get_logger
from bot.records.secrets import shared_secret
from bot.settings import Settings
from channels.matrix.account import Account, read_account, sign_in, sign_off
from channels.matrix.cross_signing import vouch
from channels.matrix.formatting import content_of
from channels.matrix.intake import Intake
from channels.matrix.keys import Sender, refresh_keys
from channels.matrix.limits import LIMITS
from channels.matrix.place import Place
from channels.matrix.responses import OUT_OF_REACH, SignedOut
from channels.matrix.sync import fetch
from channels.messenger.contract import NotStored, Outgoing, Receive, RetryLater, Undeliverable

PAUSE_SECONDS = 5.0
"""After the server could not be reached."""
TYPING_MS = 30_000

_log = get_logger(__name__)


def create(settings: Settings, engine: sa.Engine) -> MatrixAdapter:
    """Return the channel.

    Raises:
        NavigatorError: If its settings are missing.
    """
    account = read_account(settings)
    secret = shared_secret(engine, "matrix").hex()
    return MatrixAdapter(account, Place(settings.var_dir / "matrix"), secret)


class MatrixAdapter:
    """Talks to one Matrix server (see ``channels.messenger.contract.Adapter``)."""

    name = "matrix"
    limits = LIMITS

    def __init__(self, account: Account, place: Place, secret: str,
                 sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep) -> None:
        """Take what ``create`` has read.

        Args:
            account: How we get in.
            place: What survives a restart.
            secret: Protects the keys of the encryption, and makes those that vouch for our device.
            sleep: Waits.
        """
        self._account = account
        self._place = place
        self._secret = secret
        self._sleep = sleep
        self._client: nio.AsyncClient | None = None
        self._sender: Sender | None = None

    def routes(self, receive: Receive) -> Sequence[web.RouteDef]:
        """Return nothing: we ask, Matrix does not call."""
        return ()

    async def run(self, receive: Receive) -> None:
        """Fetch what comes in until cancelled.

        Raises:
            Busy: If another process does it already.
            SignedOut: If the server does not let us in.
        """
        with self._place.alone():
            while True:
                try:
                    await self._fetch_forever(receive)
                except RetryLater as later:
                    seconds = later.seconds or PAUSE_SECONDS
                except (NotStored, *OUT_OF_REACH):
                    seconds = PAUSE_SECONDS
                finally:
                    await self.close()
                _log.warning("matrix.pause", seconds=seconds)
                await self._sleep(seconds)

    async def _fetch_forever(self, receive: Receive) -> None:
        client, login = await sign_in(self._account, self._place, self._secret)
        self._client, sender = client, Sender(client)
        intake = Intake(client, sender, receive)
        since = login.since
        while True:
            try:
                answer = await fetch(client, since, soon=intake.waits)
                await refresh_keys(client)
                if self._sender is None:
                    await vouch(client, self._account, self._secret)
                self._sender = sender
                await intake.take(answer, since)
            except SignedOut:
                raise RetryLater from None  # by the password we may get in again
            since = answer.next_batch
            if not intake.waits:  # else these messages are read again after a crash
                self._place.save(replace(login, since=since))

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        """Deliver one message; the server drops a repeated ``key``."""
        client, sender = self._client, self._sender
        if client is None or sender is None:
            raise RetryLater(PAUSE_SECONDS)
        room = client.rooms.get(address)
        if room is None:
            raise Undeliverable("Dieses Gespräch gibt es bei Matrix nicht mehr.")
        try:
            await sender.send(room, content_of(message), key)
        except OUT_OF_REACH:
            raise RetryLater from None

    async def typing(self, address: str, on: bool) -> None:
        """Show that an answer is being prepared, or stop it."""
        if self._client is not None and self._sender is not None:
            with contextlib.suppress(Exception):  # nobody misses it
                await self._client.room_typing(address, on, TYPING_MS)

    async def close(self) -> None:
        """Let go of connection and keys."""
        client, self._client, self._sender = self._client, None, None
        if client is not None:
            await sign_off(client)
