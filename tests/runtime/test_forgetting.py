"""What is old is deleted, again and again."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.runtime import forgetting


class Store:
    """Notes from when on conversations are kept; fails the first time."""

    def __init__(self) -> None:
        self.calls: list[dt.datetime] = []

    def purge(self, before: dt.datetime) -> int:
        self.calls.append(before)
        if len(self.calls) == 1:
            raise OperationalError("delete", {}, Exception("locked"))
        return 1


async def test_forgetting_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    store: Any = Store()
    enough = asyncio.Event()

    def forget(name: str, given: Any, days: int) -> int:
        if len(store.calls) == 1:
            loop.call_soon_threadsafe(enough.set)
        return real(name, given, days)

    loop, real = asyncio.get_running_loop(), forgetting.forget
    monkeypatch.setattr(forgetting, "forget", forget)
    monkeypatch.setattr(forgetting, "INTERVAL_SECONDS", 0)
    task = asyncio.create_task(forgetting.keep_forgetting({"conversations": store}, 30))
    await asyncio.wait_for(enough.wait(), 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    age = dt.datetime.now(dt.timezone.utc) - store.calls[0]
    assert dt.timedelta(days=30) <= age < dt.timedelta(days=30, minutes=1)
