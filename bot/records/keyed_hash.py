"""Tokens that only their owner knows: the database holds a keyed hash of them."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Callable

import sqlalchemy as sa

_BYTES = 32


def new_token() -> str:
    """Return a token that nobody can guess and that fits into an address."""
    return secrets.token_urlsafe(_BYTES)


def keyed_hash(key: bytes, token: str) -> str:
    """Return what is stored of a token."""
    return hmac.new(key, token.encode(), "sha256").hexdigest()


def utc_now() -> dt.datetime:
    """Return the time it is."""
    return dt.datetime.now(dt.timezone.utc)


class KeyedStore:
    """A store whose rows are found by a token that only their owner knows. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine, key: bytes, clock: Callable[[], dt.datetime] = utc_now) -> None:
        """Open the store.

        Args:
            engine: The database.
            key: Secret of the workbench.
            clock: The time it is, UTC.
        """
        self._engine = engine
        self._key = key
        self._clock = clock

    def _hash(self, token: str) -> str:
        return keyed_hash(self._key, token)
