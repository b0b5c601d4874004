"""Locks of conversations between processes, on both databases."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import open_engine
from bot.records import turn_locks
from bot.records.turn_locks import TurnLocks, lock_number, open_turn_locks
from bot.settings import REPOSITORY

OTHER = """
import asyncio, sys
from bot.database import open_engine
from bot.records.turn_locks import open_turn_locks

async def hold():
    async with open_turn_locks(open_engine(sys.argv[1])).hold("anna"):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold())
"""


@pytest.fixture
def locks(engine: sa.Engine) -> Iterator[TurnLocks]:
    opened = open_turn_locks(engine)
    yield opened
    opened.close()


@pytest.fixture
def other_process(database_url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that answers anna."""
    command = [sys.executable, "-c", OTHER, database_url]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


async def test_other_process_keeps_us_away_until_it_dies(
    locks: TurnLocks, other_process: subprocess.Popen[str]
) -> None:
    async with locks.hold("berta"):
        pass
    done = []

    async def turn() -> None:
        async with locks.hold("anna"):
            done.append("ours")

    waiting = asyncio.create_task(turn())
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.shield(waiting), 0.1)
    assert not done
    other_process.kill()
    await asyncio.wait_for(waiting, 10)
    assert done == ["ours"]


async def test_who_does_not_wait_any_longer_holds_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    first, second = open_turn_locks(engine), open_turn_locks(engine)
    if not isinstance(first, turn_locks.AdvisoryLocks):
        first.close(), second.close(), engine.dispose()
        return  # a file is locked by a process as a whole, and nobody waits in a thread
    async with first.hold("anna"):
        impatient = asyncio.create_task(second.hold("anna").__aenter__())
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
    for _ in range(3):
        async with first.hold("anna"):
            pass
    first.close(), second.close(), engine.dispose()


async def test_who_came_too_late_leaves_no_connection_behind(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    first, second = open_turn_locks(engine), open_turn_locks(engine)
    assert isinstance(second, turn_locks.AdvisoryLocks)
    async with first.hold("anna"):
        late = asyncio.create_task(second.hold("anna").__aenter__())
        await asyncio.to_thread(_wait_until_it_waits, engine)
        late.cancel()
        await asyncio.gather(late, return_exceptions=True)
        second.close()
    second._waiting.shutdown(wait=True)
    gc.collect()  # a connection that is still open makes it known
    assert _connections(engine) == 1  # the one of the first
    first.close(), engine.dispose()


def _connections(engine: sa.Engine, more: str = "") -> int:
    """How many others are connected to the database."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(query + more).scalar_one())


def _wait_until_it_waits(engine: sa.Engine) -> None:
    while not _connections(engine, " AND wait_event = 'advisory'"):
        pass


async def test_a_lock_whose_connection_broke_is_no_error(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    locks = open_turn_locks(engine)
    async with locks.hold("anna"):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database()")
    async with locks.hold("anna"):
        pass
    locks.close(), engine.dispose()


async def test_waiting_has_an_end(
    locks: TurnLocks, other_process: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch, engine: sa.Engine
) -> None:
    monkeypatch.setattr(turn_locks, "WAIT_SECONDS", 0.05)
    monkeypatch.setattr(turn_locks, "_OPTIONS", "-c lock_timeout=50")
    impatient = open_turn_locks(engine)
    with pytest.raises((TimeoutError, sa.exc.OperationalError)):
        async with impatient.hold("anna"):
            pass
    impatient.close()


def test_numbers_differ_and_fit() -> None:
    numbers = {lock_number(f"web:{number}") for number in range(1000)}
    assert len(numbers) == 1000
    assert all(-2**63 <= number < 2**63 for number in numbers)


async def test_closed_twice_it_closes_nothing_of_others_and_goes_on(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    locks = open_turn_locks(engine)
    locks.close()
    with open(tmp_path / "other", "w", encoding="utf-8") as other:  # likely gets the number that has become free
        locks.close()
        other.write("mine")
        other.flush()
    async with locks.hold("anna"):
        pass
    locks.close()
    engine.dispose()
