"""Signing in. The device stays the same over restarts, else every restart would be a stranger to the encryption."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import nio
from nio.store import SqliteStore

from bot.errors import NavigatorError
from bot.settings import Settings
from channels.matrix.client import Client
from channels.matrix.place import Login, Place
from channels.matrix.responses import SignedOut, expect
from channels.messenger.contract import Undeliverable

DEVICE_NAME = "Digitalnavigator"
REQUEST_SECONDS = 30


@dataclass(frozen=True)
class Account:
    """How we get in."""

    url: str
    user_id: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def read_account(settings: Settings) -> Account:
    """Return the account of the settings.

    Raises:
        NavigatorError: If something is missing.
    """
    account = Account(settings.matrix_url, settings.matrix_user, settings.matrix_password, settings.matrix_token)
    if not (account.url and account.user_id and (account.password or account.token)):
        raise NavigatorError("Matrix ist eingeschaltet, aber der Zugang fehlt – setzen Sie NAVIGATOR_MATRIX_URL, "
                             "NAVIGATOR_MATRIX_USER und NAVIGATOR_MATRIX_PASSWORD oder NAVIGATOR_MATRIX_TOKEN.")
    return account


async def sign_in(account: Account, place: Place, pickle_key: str) -> tuple[nio.AsyncClient, Login]:
    """Return a client that is signed in, with its keys, and the login it uses.

    A login from before is used again as long as it belongs to this account and the server still knows it.

    Args:
        account: How we get in.
        place: Where login and keys lie.
        pickle_key: The keys are encrypted with it.

    Raises:
        SignedOut: If the server does not let us in.
        RetryLater: If the server cannot answer now.
    """
    client = _client(account, place, pickle_key)
    try:
        login = await _login(client, account, place.load())
        client.restore_login(login.user_id, login.device_id, login.token)
    except BaseException:
        await sign_off(client)
        raise
    place.save(login)
    return client, login


async def _login(client: nio.AsyncClient, account: Account, before: Login | None) -> Login:
    if before is not None and before.user_id != account.user_id:
        before = None
    if account.token:
        known = await _known(client, account.token)
        if known.user_id != account.user_id:
            raise SignedOut
        return replace(known, since=before.since) if before and before.device_id == known.device_id else known
    if before is not None:
        try:
            await _known(client, before.token)
            return before
        except SignedOut:
            pass
    try:
        fresh = expect(nio.LoginResponse, await client.login_raw(_request(account)))
    except Undeliverable:
        raise SignedOut from None
    return Login(fresh.user_id, fresh.device_id, fresh.access_token, before.since if before else None)


def _request(account: Account) -> dict[str, Any]:
    """Ask for a new device: the keys of one that was signed out are gone from the server."""
    return {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": account.user_id},
        "password": account.password,
        "initial_device_display_name": DEVICE_NAME,
    }


async def _known(client: nio.AsyncClient, token: str) -> Login:
    """Ask the server whose token this is."""
    client.access_token = token
    who = expect(nio.WhoamiResponse, await client.whoami())
    if not who.device_id:
        raise NavigatorError("Matrix: Zu NAVIGATOR_MATRIX_TOKEN gehört kein Gerät – melden Sie das Konto einmal "
                             "gewöhnlich an und nehmen Sie den Schlüssel dieser Anmeldung.")
    return Login(who.user_id, who.device_id, token)


def _client(account: Account, place: Place, pickle_key: str) -> nio.AsyncClient:
    """Return a client that hides nothing from us: it neither waits nor tries again by itself."""
    config = nio.AsyncClientConfig(store=SqliteStore, pickle_key=pickle_key, request_timeout=REQUEST_SECONDS,
                                   max_limit_exceeded=0, max_timeouts=0)
    return Client(account.url, account.user_id, store_path=str(place.folder), config=config)


async def sign_off(client: nio.AsyncClient) -> None:
    """Let go of connection and keys; the login stays."""
    await client.close()
    if client.store is not None:
        client.store.database.close()
