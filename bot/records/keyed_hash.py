"""Tokens that only their owner knows: the database holds a keyed hash of them."""

from __future__ import annotations

import hmac
import secrets

_BYTES = 32


def new_token() -> str:
    """Return a token that nobody can guess and that fits into an address."""
    return secrets.token_urlsafe(_BYTES)


def keyed_hash(key: bytes, token: str) -> str:
    """Return what is stored of a token."""
    return hmac.new(key, token.encode(), "sha256").hexdigest()
