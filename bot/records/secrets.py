"""Random keys that all processes of one service share. They never leave the database."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.database import writing
from bot.records.tables import Secret

_BYTES = 32


def shared_secret(engine: sa.Engine, name: str) -> bytes:
    """Return the secret of this name; the first process that asks makes it."""
    found = _find(engine, name)
    if found is None:
        try:
            with writing(engine).begin() as connection:
                connection.execute(sa.insert(Secret).values(name=name, value=secrets.token_hex(_BYTES)))
        except IntegrityError:
            pass  # another process was faster
        found = _find(engine, name)
        assert found is not None
    return bytes.fromhex(found)


def _find(engine: sa.Engine, name: str) -> str | None:
    with engine.connect() as connection:
        return connection.execute(sa.select(Secret.value).where(Secret.name == name)).scalar_one_or_none()
