"""One message of a conversation at a time, in the order of arrival, without polling."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.runtime.gate import BUSY, Rejected

MAX_WAITING = 20
"""So many messages of one conversation may wait or be answered at a time."""


class ConversationLocks:
    """First-in-first-out locks, one per conversation that is being answered right now.

    ``asyncio.Lock`` wakes its waiters in order; a lock lives only as long as somebody holds it or waits for it.
    """

    def __init__(self, limit: int = MAX_WAITING) -> None:
        self._limit = limit
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @contextlib.asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for one's turn and keep it until the end of the block.

        Raises:
            Rejected: If too many messages wait already.
        """
        lock, users = self._locks.get(conversation_id, (None, 0))
        if users >= self._limit:
            raise Rejected(BUSY, "Das waren sehr viele Nachrichten auf einmal. Bitte warten Sie einen Moment.")
        lock = lock or asyncio.Lock()
        self._locks[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            self._release(conversation_id)

    def _release(self, conversation_id: str) -> None:
        lock, users = self._locks[conversation_id]
        if users == 1:
            del self._locks[conversation_id]
        else:
            self._locks[conversation_id] = (lock, users - 1)
