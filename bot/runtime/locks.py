"""One message of a conversation at a time, in the order of arrival, without polling."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.records.turn_locks import NoLocks, TurnLocks
from bot.runtime.gate import BUSY, Rejected

MAX_WAITING = 20
"""So many messages of one conversation may wait or be answered at a time."""


class ConversationLocks:
    """First-in-first-out locks, one per conversation that is being answered right now.

    ``asyncio.Lock`` wakes its waiters in order; a lock lives only as long as somebody holds it or waits for it. Only
    the first in the row asks for the lock that other processes see.

    Args:
        limit: So many may wait for one conversation.
        shared: Keeps other processes away.
    """

    def __init__(self, limit: int = MAX_WAITING, shared: TurnLocks | None = None) -> None:
        self._limit = limit
        self._shared = shared or NoLocks()
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
            async with lock, self._shared.hold(conversation_id):
                yield
        finally:
            self._release(conversation_id)

    def close(self) -> None:
        """Let go of what is shared with other processes."""
        self._shared.close()

    def _release(self, conversation_id: str) -> None:
        lock, users = self._locks[conversation_id]
        if users == 1:
            del self._locks[conversation_id]
        else:
            self._locks[conversation_id] = (lock, users - 1)
