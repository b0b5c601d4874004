"""One turn of a conversation at a time, also if several processes answer: locks of the database they share.

PostgreSQL has advisory locks, which wait in order of arrival and vanish with the process that holds them. With SQLite
all processes are on one host and lock one byte of a file beside the database. Why neither Redis nor a queue:
docs/adr/0011-database-orders-the-turns.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.log import get_logger

WAIT_SECONDS = 20.0
"""So long a turn waits for another process; longer than any turn takes."""
PARALLEL_TURNS = 20
"""So many turns of one process hold a lock of PostgreSQL at a time; each needs a connection."""
_LOOK_SECONDS = 0.01
_OPTIONS = f"-c lock_timeout={int(WAIT_SECONDS * 1000)} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
_log = get_logger(__name__)


class TurnLocks(Protocol):
    """Locks of conversations across processes. Within one process somebody else sees to the order."""

    def hold(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Wait until no other process answers this conversation, and keep the others away."""

    def close(self) -> None:
        """Let go of everything."""


def open_turn_locks(engine: sa.Engine) -> TurnLocks:
    """Return the locks that fit to a database."""
    if engine.dialect.name == "postgresql":
        return AdvisoryLocks(engine.url)
    name = engine.url.database
    return NoLocks() if name in (None, "", ":memory:") else FileLocks(Path(f"{name}.turns"))


class NoLocks:
    """For a database that no other process can open."""

    @contextlib.asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Go on at once."""
        yield

    def close(self) -> None:
        """Nothing is open."""


class FileLocks:
    """One byte of a file for each conversation; the system releases the locks of a process that ends.

    Args:
        file: Is created; may be deleted whenever no process runs.
    """

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: int | None = None

    @contextlib.asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for other processes (see ``TurnLocks.hold``).

        Raises:
            TimeoutError: If it takes too long.
        """
        byte = lock_number(conversation_id) & (2**62 - 1)
        file = self._opened()
        for _ in range(int(WAIT_SECONDS / _LOOK_SECONDS)):
            if _take(file, byte):
                break
            await asyncio.sleep(_LOOK_SECONDS)
        else:
            raise TimeoutError("another process holds the conversation")
        try:
            yield
        finally:
            if file == self._file:  # otherwise closing it released the lock
                fcntl.lockf(file, fcntl.LOCK_UN, 1, byte)

    def close(self) -> None:
        """Close the file; the next turn opens it again. May be called twice."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _opened(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        return self._file


class AdvisoryLocks:
    """Advisory locks of PostgreSQL on connections of their own.

    Threads of their own wait for them: those that do the work of a turn are never taken up by waiting, so whoever
    holds a lock always gets on.
    """

    def __init__(self, url: sa.URL) -> None:
        self._engine = sa.create_engine(
            url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, pool_size=PARALLEL_TURNS, max_overflow=0,
            connect_args={"options": _OPTIONS})
        self._waiting = ThreadPoolExecutor(PARALLEL_TURNS, "turn-lock")

    @contextlib.asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for other processes (see ``TurnLocks.hold``).

        Raises:
            SQLAlchemyError: If the database is away, or it takes too long.
        """
        acquired = self._waiting.submit(self._acquire, lock_number(conversation_id))
        try:
            connection = await asyncio.wrap_future(acquired)
        except asyncio.CancelledError:
            acquired.add_done_callback(_give_back)  # it is too late to stop a thread that waits
            raise
        try:
            yield
        finally:
            await asyncio.shield(asyncio.to_thread(_release, connection))

    def close(self) -> None:
        """Close the connections, and so release every lock."""
        self._waiting.shutdown(wait=False)
        self._engine.dispose()

    def _acquire(self, number: int) -> sa.Connection:
        connection = self._engine.connect()
        try:
            connection.execute(sa.select(sa.func.pg_advisory_lock(number)))
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        connection.info["lock"] = number
        return connection


def _take(file: int, byte: int) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):
        return False
    return True


def lock_number(conversation_id: str) -> int:
    """Return the number under which a conversation is locked: 64 bits with a sign, as PostgreSQL wants it."""
    return int.from_bytes(hashlib.blake2b(conversation_id.encode(), digest_size=8).digest(), "big", signed=True)


def _release(connection: sa.Connection) -> None:
    try:
        connection.execute(sa.select(sa.func.pg_advisory_unlock(connection.info.pop("lock"))))
    except SQLAlchemyError as error:  # the connection broke, and the lock with it
        _log.warning("turn_lock.connection_lost", error)
        connection.invalidate()
    finally:
        connection.close()


def _give_back(acquired: Future[sa.Connection]) -> None:
    """Close what nobody waits for any more, and the lock with it; the pool it came from may be gone."""
    if not acquired.cancelled() and acquired.exception() is None:
        acquired.result().invalidate()
        acquired.result().close()
