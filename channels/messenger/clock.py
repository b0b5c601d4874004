"""Time as the post office knows it. Tests put a clock there that never really waits."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


class Clock:
    """The time of this machine."""

    def now(self) -> dt.datetime:
        """Return the present moment, UTC."""
        return dt.datetime.now(dt.timezone.utc)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def within(self, seconds: float, work: Awaitable[T]) -> T:
        """Return the result of some work.

        Raises:
            asyncio.TimeoutError: If it takes longer.
        """
        return await asyncio.wait_for(work, seconds)
