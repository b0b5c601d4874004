"""Runs a post office: several people at once, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib

from bot.log import get_logger
from channels.messenger.clock import Clock
from channels.messenger.ending import end
from channels.messenger.post import PostOffice

LOOK_SECONDS = 1.0
"""So often it looks for what other processes left."""
GRACE_SECONDS = 10.0
"""So long what was begun may still take when it is told to stop."""
AGAIN_SECONDS = 5.0
"""Pause before an adapter that failed fetches again."""

_log = get_logger(__name__)


class Shift:
    """One post office at work."""

    def __init__(self, office: PostOffice, parallel: int, clock: Clock) -> None:
        """Take the office.

        Args:
            office: Does the single steps.
            parallel: So many people are served at a time.
            clock: Gives the pauses.
        """
        self._office = office
        self._parallel = parallel
        self._clock = clock
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Fetch, answer and deliver until ``stop``; then finish what was begun."""
        fetching = asyncio.create_task(self._fetch())
        try:
            while not self._stopping.is_set():
                if not await self._begin_one():
                    await self._wait()
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=GRACE_SECONDS)
        finally:
            await end({fetching, *self._tasks})
            await self._office.adapter.close()

    def stop(self) -> None:
        """Let ``run`` come to its end."""
        self._stopping.set()
        self._office.came_in.set()

    async def _begin_one(self) -> bool:
        """Begin to serve somebody, if there is room and somebody waits."""
        if len(self._tasks) >= self._parallel:
            return False
        self._office.came_in.clear()
        person = await self._office.claim()
        if person is None:
            return False
        task = asyncio.create_task(self._office.serve(person))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return True

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._office.came_in.set()

    async def _wait(self) -> None:
        with contextlib.suppress(asyncio.TimeoutError):
            await self._clock.within(LOOK_SECONDS, self._office.came_in.wait())
        if len(self._tasks) >= self._parallel:
            self._office.came_in.clear()

    async def _fetch(self) -> None:
        while True:
            try:
                await self._office.adapter.run(self._office.receive)
                return
            except Exception as error:
                _log.error("messenger.fetching_failed", error, channel=self._office.adapter.name)
                await self._clock.sleep(AGAIN_SECONDS)
