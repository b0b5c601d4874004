"""Both databases behave alike: foreign keys, transactions that hold for tables too, snapshots, one writer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import open_engine, session_factory, snapshot, writing

METADATA = sa.MetaData()
PARENT = sa.Table("parent", METADATA, sa.Column("id", sa.Integer, primary_key=True, autoincrement=False))
CHILD = sa.Table("child", METADATA, sa.Column("id", sa.ForeignKey("parent.id", ondelete="CASCADE"), primary_key=True))


@pytest.fixture
def tables(engine: sa.Engine) -> sa.Engine:
    METADATA.create_all(engine)
    return engine


def count(connection: sa.Connection) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(PARENT)) or 0


def test_foreign_keys_hold(tables: sa.Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), tables.begin() as connection:
        connection.execute(sa.insert(CHILD).values(id=1))

    with tables.begin() as connection:
        connection.execute(sa.insert(PARENT).values(id=1))
        connection.execute(sa.insert(CHILD).values(id=1))
        connection.execute(sa.delete(PARENT))
        assert connection.scalar(sa.select(sa.func.count()).select_from(CHILD)) == 0


def test_a_failed_transaction_takes_its_tables_back_too(engine: sa.Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine).begin() as connection:
        METADATA.create_all(connection)
        connection.execute(sa.insert(PARENT).values(id=1))
        raise RuntimeError

    assert sa.inspect(engine).get_table_names() == []


def test_a_snapshot_does_not_see_what_is_written_meanwhile(tables: sa.Engine) -> None:
    with snapshot(tables) as reader:
        assert count(reader) == 0
        with writing(tables).begin() as writer:
            writer.execute(sa.insert(PARENT).values(id=1))
        assert count(reader) == 0

    with snapshot(tables) as reader:
        assert count(reader) == 1


def test_writers_that_read_first_wait_for_each_other(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    METADATA.create_all(engine)
    failures: list[Exception] = []

    def add() -> None:
        try:
            with session_factory(engine)() as session, session.begin():
                session.execute(sa.insert(PARENT).values(id=count(session.connection()) + 1))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with engine.begin() as connection:
        assert count(connection) == 8
    engine.dispose()


def test_the_directory_of_the_file_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'neu' / 'da' / 'n.db'}")
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_a_database_in_memory_is_one_database() -> None:
    engine = open_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.begin() as connection:
        assert count(connection) == 0
    engine.dispose()
