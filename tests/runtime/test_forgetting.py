"""What is old is deleted, again and again, by one process at a time."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.records.alone import alone
from bot.records.retention import Rule
from bot.runtime import forgetting


class Store:
    """Notes from when on records are kept; fails the first time."""

    def __init__(self) -> None:
        self.calls: list[dt.datetime] = []
        self.enough = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def purge(self, before: dt.datetime) -> int:
        self.calls.append(before)
        if len(self.calls) == 1:
            raise OperationalError("delete", {}, Exception("locked"))
        self.loop.call_soon_threadsafe(self.enough.set)
        return 1


async def test_forgetting_goes_on_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, catalogue_engine: sa.Engine
) -> None:
    store = Store()
    monkeypatch.setattr(forgetting, "INTERVAL_SECONDS", 0)
    rule = Rule("conversations", "Gespräche", 30, store.purge)
    task = asyncio.create_task(forgetting.keep_forgetting(catalogue_engine, [rule]))
    await asyncio.wait_for(store.enough.wait(), 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    age = dt.datetime.now(dt.timezone.utc) - store.calls[0]
    assert dt.timedelta(days=30) <= age < dt.timedelta(days=30, minutes=1)


async def test_one_rule_that_fails_stops_no_other(catalogue_engine: sa.Engine) -> None:
    store, now = Store(), dt.datetime(2026, 11, 22, tzinfo=dt.timezone.utc)
    rules = [Rule(name, name, 30, store.purge) for name in ("eins", "zwei")]
    assert forgetting.forget(catalogue_engine, rules, now) == {"eins": None, "zwei": 1}
    with alone(catalogue_engine, forgetting.TASK) as got:
        assert got and forgetting.forget(catalogue_engine, rules, now) is None
    assert len(store.calls) == 2
