"""The database: one base of all tables, one way to open an engine, the same behaviour on SQLite and PostgreSQL.

SQLite needs four things said: write-ahead log (readers do not wait for a writer), a commit is on the disk before it
counts, a busy timeout, and foreign keys.
Python's driver also begins transactions late and commits before ``CREATE TABLE``; here SQLAlchemy begins them itself,
so that a build or a migration is all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from bot.settings import Settings

BUSY_TIMEOUT_MS = 10_000
_WRITE = "navigator_write"


class Base(DeclarativeBase):
    """Base of all tables. The naming convention lets migrations name what they change."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def create_engine_from(settings: Settings) -> sa.Engine:
    """Open the engine on the database of ``settings``."""
    return open_engine(settings.database_url)


def open_engine(url: str) -> sa.Engine:
    """Open an engine on ``url``. The directory of an SQLite file is created."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True)
    in_memory = parsed.database in (None, "", ":memory:")
    if not in_memory:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": sa.StaticPool} if in_memory else {}
    engine = sa.create_engine(parsed, connect_args={"check_same_thread": False}, **options)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: sa.Engine) -> sa.Engine:
    """Return a view of the engine whose transactions take the write lock of SQLite at their beginning.

    A transaction that reads first and writes later could otherwise fail halfway, because another writer was faster.
    On PostgreSQL it changes nothing.
    """
    return engine.execution_options(**{_WRITE: True})


def session_factory(engine: sa.Engine, *, write: bool = True) -> sessionmaker[Session]:
    """Return a factory of sessions; with ``write`` their transactions begin as writers (see ``writing``)."""
    return sessionmaker(writing(engine) if write else engine, expire_on_commit=False)


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a connection on which all reads see one state of the database, whatever others commit meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.begin() as connection:
        yield connection


def insert_or_ignore(connection: sa.Connection, table: type[DeclarativeBase], row: dict[str, Any]) -> bool:
    """Insert a row unless one with the same key is there; whether it was inserted."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**row).on_conflict_do_nothing().returning(sa.literal(True))
    return connection.execute(statement).one_or_none() is not None


def settle(engine: sa.Engine) -> None:
    """Let the write-ahead log of SQLite go, which still holds what was deleted; unless somebody reads just now."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten in the file
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
