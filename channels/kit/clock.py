"""A clock that never really waits: time passes when the test says so."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable

from channels.messenger.clock import Clock, T

_BEGIN = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.timezone.utc)
"""A Monday morning."""


class FakeClock(Clock):
    """Stands still between two calls of ``pass_by``."""

    def __init__(self, now: dt.datetime = _BEGIN) -> None:
        self._now = now
        self._too_late = asyncio.Event()

    def now(self) -> dt.datetime:
        """Return the moment at which the clock stands."""
        return self._now

    def pass_by(self, **span: float) -> None:
        """Let time pass: ``pass_by(seconds=9)``."""
        self._now += dt.timedelta(**span)

    async def sleep(self, seconds: float) -> None:
        """Wait for ever: nothing happens by itself."""
        await asyncio.Event().wait()

    async def within(self, seconds: float, work: Awaitable[T]) -> T:
        """Return the result of the work, unless it hangs (``hang``)."""
        task, late = asyncio.ensure_future(work), asyncio.ensure_future(self._too_late.wait())
        try:
            await asyncio.wait({task, late}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            self._too_late.clear()
            self.pass_by(seconds=seconds)
            raise asyncio.TimeoutError
        finally:
            task.cancel()
            late.cancel()

    async def hang(self) -> None:
        """Hang, as something behind ``within`` may do."""
        self._too_late.set()
        await asyncio.Event().wait()
