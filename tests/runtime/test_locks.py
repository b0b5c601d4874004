"""One message of a conversation at a time, in order."""

from __future__ import annotations

import asyncio

import pytest

from bot.runtime.gate import Rejected
from bot.runtime.locks import ConversationLocks


async def test_order_of_arrival_and_nothing_left_over() -> None:
    locks, done = ConversationLocks(), []
    go = asyncio.Event()

    async def work(number: int) -> None:
        async with locks.hold("anna"):
            if number == 0:
                await go.wait()
            done.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(5)]
    await asyncio.sleep(0)
    async with locks.hold("berta"):
        assert done == [], "another conversation does not wait"
    tasks[2].cancel()
    go.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == [0, 1, 3, 4]
    assert len(locks) == 0


async def test_a_failure_lets_the_next_one_in() -> None:
    locks = ConversationLocks()
    with pytest.raises(RuntimeError):
        async with locks.hold("anna"):
            raise RuntimeError
    async with locks.hold("anna"):
        assert len(locks) == 1


async def test_not_too_many_may_wait() -> None:
    locks = ConversationLocks(limit=1)
    async with locks.hold("anna"):
        with pytest.raises(Rejected) as error:
            async with locks.hold("anna"):
                pass
        assert error.value.code == "busy"
        async with locks.hold("berta"):
            pass
