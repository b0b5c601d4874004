"""The bot vouches for its own device.

Clients may refuse devices that nobody vouches for, and then we could neither read nor be read. An account vouches
with a master key, which signs a second key, which signs the devices. Both are made from a secret that never leaves
the database: after a lost login they vouch for the new device too. nio does not know any of this.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from typing import Any

import nio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nio.api import Api

from bot.log import get_logger
from channels.matrix.account import Account
from channels.matrix.responses import expect
from channels.messenger.contract import RetryLater, Undeliverable

_PATH = "/_matrix/client/v3/keys/"
_UNSIGNED = ("signatures", "unsigned")

_log = get_logger(__name__)


class SigningKey:
    """One key of an account."""

    def __init__(self, secret: str, user_id: str, usage: str) -> None:
        """Make the key.

        Args:
            secret: What it is made from.
            user_id: Whose key it is.
            usage: ``master`` or ``self_signing``.
        """
        seed = hmac.new(secret.encode(), f"{usage} {user_id}".encode(), hashlib.sha256).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._user_id = user_id
        self._usage = usage
        self.public = _base64(self._key.public_key().public_bytes_raw())
        self.name = f"ed25519:{self.public}"

    def published(self) -> dict[str, Any]:
        """Return the key as others see it."""
        return {"user_id": self._user_id, "usage": [self._usage], "keys": {self.name: self.public}}

    def sign(self, what: dict[str, Any]) -> dict[str, Any]:
        """Return an object with our signature."""
        plain = {name: value for name, value in what.items() if name not in _UNSIGNED}
        signature = _base64(self._key.sign(Api.to_canonical_json(plain).encode()))
        return {**plain, "signatures": {self._user_id: {self.name: signature}}}


async def vouch(client: nio.AsyncClient, account: Account, secret: str) -> None:
    """Publish our keys, if the account has none, and sign our device, if it is not signed.

    If somebody has given the account other keys, only they can sign the device; then we go on without. So we do if
    the server wants more than a password.
    """
    try:
        await _vouch(client, account, secret)
    except (KeyError, Undeliverable, RetryLater) as error:
        _log.warning("matrix.device_not_signed", exc=error)


async def _vouch(client: nio.AsyncClient, account: Account, secret: str) -> None:
    master = SigningKey(secret, client.user_id, "master")
    signer = SigningKey(secret, client.user_id, "self_signing")
    known = await _ask(client, "query", {"device_keys": {client.user_id: []}})
    published = known.get("master_keys", {}).get(client.user_id)
    if published is not None and master.name not in published["keys"]:
        _log.warning("matrix.signed_by_others")
        return
    device = known["device_keys"][client.user_id][client.device_id]
    if signer.name in device["signatures"][client.user_id]:
        return
    if published is None:
        await _publish(client, account, master, signer)
    await _ask(client, "signatures/upload", {client.user_id: {client.device_id: signer.sign(device)}})
    _log.info("matrix.device_signed")


async def _publish(client: nio.AsyncClient, account: Account, master: SigningKey, signer: SigningKey) -> None:
    keys = {"master_key": master.published(), "self_signing_key": master.sign(signer.published())}
    path = "device_signing/upload"
    answer = await _ask(client, path, keys, may_ask_back=True)
    if "session" in answer:  # the server wants to know whether it is really us
        proof = {"type": "m.login.password", "password": account.password, "session": answer["session"],
                 "identifier": {"type": "m.id.user", "user": account.user_id}}
        await _ask(client, path, {**keys, "auth": proof})


async def _ask(
    client: nio.AsyncClient, path: str, body: dict[str, Any], may_ask_back: bool = False
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    async with await client.send("POST", _PATH + path, Api.to_json(body), headers) as response:
        answer = await response.json()
    if response.status == 200 or (may_ask_back and response.status == 401 and "session" in answer):
        return dict(answer)
    error = nio.ErrorResponse.from_dict(answer)
    error.transport_response = response
    return expect(dict, error)


def _base64(value: bytes) -> str:
    return b64encode(value).decode().rstrip("=")
