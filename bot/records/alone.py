"""One of several processes on the same database does a task, the others leave it."""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa


@contextmanager
def alone(engine: sa.Engine, task: str) -> Iterator[bool]:
    """Try to be the only one; yields whether that worked. A process that dies lets go by itself.

    Args:
        engine: The database that the processes share.
        task: Name of the task.
    """
    if engine.dialect.name == "postgresql":
        with _advisory(engine, zlib.crc32(task.encode())) as got:
            yield got
    elif engine.url.database in (None, "", ":memory:"):
        yield True
    else:
        with _locked(Path(f"{engine.url.database}.{task}.lock")) as got:
            yield got


@contextmanager
def _advisory(engine: sa.Engine, key: int) -> Iterator[bool]:
    with engine.connect() as connection:
        got = bool(connection.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one())
        connection.commit()
        try:
            yield got
        finally:
            if got:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
                connection.commit()


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
