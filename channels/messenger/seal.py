"""Keyed hashes: a conversation and a message are known without their address and without their id."""

from __future__ import annotations

import hashlib
import hmac

import sqlalchemy as sa

from bot.records.secrets import shared_secret

_SECRET = "messenger"


class Seal:
    """Hashes with a key that never leaves the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._key = shared_secret(engine, _SECRET)

    def conversation_id(self, channel: str, address: str) -> str:
        """Return the id of the conversation with an address."""
        return f"{channel}:{self._hash('address', channel, address)}"

    def message(self, channel: str, external_id: str) -> str:
        """Return the hash by which a repeated message is known."""
        return self._hash("message", channel, external_id)

    def _hash(self, *parts: str) -> str:
        return hmac.new(self._key, "\0".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
