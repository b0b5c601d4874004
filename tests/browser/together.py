"""Look at several pages at the same time, as many as keep a small machine busy."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

AT_ONCE = 4


async def faults_of(names: Iterable[str], look_at: Callable[[str], Awaitable[list[str]]]) -> list[str]:
    """Look at everything by its name and return all faults, each with the name before it."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(name: str) -> list[str]:
        async with gate:
            return [f"{name}: {fault}" for fault in await look_at(name)]

    found = await asyncio.gather(*(one(name) for name in names))
    return [fault for faults in found for fault in faults]
