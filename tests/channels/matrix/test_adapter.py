"""The adapter alone: signing in, repetition, crashes. The server is real, the post office is a list."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import stat
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import nio
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nio.api import Api

from bot.errors import NavigatorError
from bot.settings import Settings, load_settings
from channels.matrix.adapter import MatrixAdapter, create
from channels.matrix.place import Busy
from channels.matrix.responses import SignedOut
from channels.messenger.contract import Incoming, Kind, NotStored, Outgoing, RetryLater, Undeliverable
from tests.channels.matrix.citizen import SECONDS, Citizen
from tests.channels.matrix.synapse import Account, Synapse


class Inbox:
    """Keeps what comes in."""

    def __init__(self) -> None:
        self.items: list[Incoming] = []
        self.refusals = 0
        """So often storing fails before it works."""
        self._changed = asyncio.Event()

    async def receive(self, items: Sequence[Incoming]) -> None:
        if self.refusals:
            self.refusals -= 1
            raise NotStored
        self.items += items
        self._changed.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async def wait() -> None:
            while not condition():
                self._changed.clear()
                await self._changed.wait()

        await asyncio.wait_for(wait(), SECONDS)

    def texts(self) -> list[str]:
        return [item.text for item in self.items if item.kind is Kind.TEXT]


@asynccontextmanager
async def _running(adapter: MatrixAdapter, inbox: Inbox) -> AsyncIterator[None]:
    task = asyncio.create_task(adapter.run(inbox.receive))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task}, timeout=SECONDS)
        assert task.done()


async def _no_pause(seconds: float) -> None:
    """Go on at once."""


def _login(settings: Settings) -> dict[str, str]:
    return dict(json.loads((settings.var_dir / "matrix" / "login.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
async def test_a_message_sent_twice_with_one_key_arrives_once(
    settings: Settings, engine: sa.Engine, account: Account, citizen: Citizen, encrypted: bool
) -> None:
    adapter, inbox = create(settings, engine), Inbox()
    async with _running(adapter, inbox):
        room = await citizen.meet(account.user_id, encrypted=encrypted)
        await inbox.until(lambda: inbox.items)
        for key, text in (("a", "eins"), ("a", "eins"), ("b", "zwei")):
            await adapter.deliver(room, Outgoing(text), key)
        with pytest.raises(Undeliverable):
            await adapter.deliver("!nirgends:localhost", Outgoing("x"), "c")

    assert [event.body for event in await citizen.messages(2)] == ["eins", "zwei"]
    assert [item.kind for item in inbox.items] == [Kind.JOINED]


async def test_a_message_waits_until_everybody_has_the_key(
    settings: Settings, engine: sa.Engine, account: Account, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter, inbox = create(settings, engine), Inbox()
    async with _running(adapter, inbox):
        room = await citizen.meet(account.user_id, encrypted=True)
        await inbox.until(lambda: inbox.items)
        send = adapter._client._send

        async def no_keys(kind: type, *rest: Any, **more: Any) -> Any:
            if kind is nio.ShareGroupSessionResponse:
                return nio.ShareGroupSessionError("broken", room_id=room, users_shared_with=set())
            return await send(kind, *rest, **more)

        with monkeypatch.context() as patch:
            patch.setattr(adapter._client, "_send", no_keys)
            with pytest.raises(RetryLater):
                await adapter.deliver(room, Outgoing("geheim"), "a")
        await adapter.deliver(room, Outgoing("geheim"), "a")
        message = await citizen.reply()

    assert message.decrypted and message.body == "geheim"


async def test_the_limit_of_the_server_is_told(
    settings: Settings, engine: sa.Engine, server: Synapse, account: Account, citizen: Citizen
) -> None:
    adapter, inbox = create(settings, engine), Inbox()
    async with _running(adapter, inbox):
        room = await citizen.meet(account.user_id)
        await inbox.until(lambda: inbox.items)
        server.limit(account.user_id, per_second=1, burst=1)
        with pytest.raises(RetryLater) as caught:
            for number in range(5):
                await adapter.deliver(room, Outgoing("x"), str(number))

    assert caught.value.seconds and 0 < caught.value.seconds <= 10


async def test_what_could_not_be_stored_comes_again_and_the_device_stays(
    settings: Settings, engine: sa.Engine, account: Account, citizen: Citizen
) -> None:
    adapter, inbox = create(settings, engine), Inbox()
    adapter._sleep = _no_pause
    async with _running(adapter, inbox):
        room = await citizen.meet(account.user_id, encrypted=True)
        await inbox.until(lambda: inbox.items)
        before = _login(settings)
        inbox.refusals = 2
        await citizen.say(room, "eins")
        await inbox.until(inbox.texts)
        await citizen.say(room, "zwei")
        await inbox.until(lambda: len(inbox.texts()) == 2)

    assert inbox.texts() == ["eins", "zwei"]
    assert _login(settings)["device_id"] == before["device_id"]
    place = settings.var_dir / "matrix"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE((place / "login.json").stat().st_mode) == 0o600


async def test_a_lost_login_is_replaced_by_means_of_the_password(
    settings: Settings, engine: sa.Engine, server: Synapse, account: Account, citizen: Citizen
) -> None:
    adapter, inbox = create(settings, engine), Inbox()
    adapter._sleep = _no_pause
    async with _running(adapter, inbox):
        room = await citizen.meet(account.user_id, encrypted=True)
        await inbox.until(lambda: inbox.items)
        lost = _login(settings)
        server.call("POST", "/_matrix/client/v3/logout", {}, lost["token"])
        await citizen.until(lambda: _sees(citizen, account) - {lost["device_id"]})
        await citizen.say(room, "lesbar")
        await inbox.until(inbox.texts)

    assert inbox.texts() == ["lesbar"] and _sees(citizen, account) == {_login(settings)["device_id"]}


def _sees(citizen: Citizen, account: Account) -> set[str]:
    """Return the devices of the bot that the citizen knows."""
    return {device.id for device in citizen.client.device_store.active_user_devices(account.user_id)}


async def test_a_token_is_enough_and_only_one_process_may_use_it(
    settings: Settings, engine: sa.Engine, account: Account, citizen: Citizen
) -> None:
    by_token = dataclasses.replace(settings, matrix_password="", matrix_token=account.token)
    adapter, inbox = create(by_token, engine), Inbox()
    async with _running(adapter, inbox):
        await citizen.meet(account.user_id)
        await inbox.until(lambda: inbox.items)
        with pytest.raises(Busy):
            await create(by_token, engine).run(inbox.receive)

    assert _login(settings)["token"] == account.token


async def test_the_bot_vouches_for_its_device_and_for_the_next_one(
    settings: Settings, engine: sa.Engine, server: Synapse, account: Account, citizen: Citizen
) -> None:
    seen = []
    for _ in range(2):
        async with _running(create(settings, engine), Inbox()):
            await citizen.meet(account.user_id)
        seen.append(_keys(server, account, citizen))
        (settings.var_dir / "matrix" / "login.json").unlink()

    first, second = seen
    assert first["master_keys"] == second["master_keys"]
    (signer,) = second["self_signing_keys"][account.user_id]["keys"].items()
    devices = second["device_keys"][account.user_id]
    assert len(devices) == 2
    for device in devices.values():
        _verify(device, account.user_id, *signer)
    (master,) = second["master_keys"][account.user_id]["keys"].items()
    _verify(second["self_signing_keys"][account.user_id], account.user_id, *master)


def _keys(server: Synapse, account: Account, citizen: Citizen) -> dict[str, Any]:
    return server.call("POST", "/_matrix/client/v3/keys/query", {"device_keys": {account.user_id: []}},
                       citizen.client.access_token)


def _verify(signed: dict[str, Any], user_id: str, name: str, public: str) -> None:
    """Raise if an object is not signed by a key."""
    plain = {key: value for key, value in signed.items() if key not in ("signatures", "unsigned")}
    key = Ed25519PublicKey.from_public_bytes(b64decode(public + "="))
    key.verify(b64decode(signed["signatures"][user_id][name] + "=="), Api.to_canonical_json(plain).encode())


@pytest.mark.parametrize("wrong", [{"matrix_password": "falsch"}, {"matrix_token": "falsch"}])
async def test_a_wrong_secret_is_said(settings: Settings, engine: sa.Engine, wrong: dict[str, str]) -> None:
    with pytest.raises(SignedOut, match="NAVIGATOR_MATRIX_PASSWORD"):
        await create(dataclasses.replace(settings, **wrong), engine).run(Inbox().receive)


def test_a_channel_without_secrets_says_what_to_set(settings: Settings, engine: sa.Engine) -> None:
    with pytest.raises(NavigatorError, match="NAVIGATOR_MATRIX_URL"):
        create(load_settings({"NAVIGATOR_VAR_DIR": str(settings.var_dir)}), engine)


async def test_an_adapter_that_has_not_begun_asks_for_patience(settings: Settings, engine: sa.Engine) -> None:
    adapter = create(settings, engine)

    with pytest.raises(RetryLater):
        await adapter.deliver("!r:localhost", Outgoing("x"), "k")
    await adapter.typing("!r:localhost", True)
    await adapter.close()
