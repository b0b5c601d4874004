"""End tasks for sure: ``asyncio.wait_for`` of Python 3.10, and what uses it, can swallow a cancellation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.log import get_logger

AGAIN_SECONDS = 0.5
ATTEMPTS = 20
"""So often a task is told to end before it is left alone: an end must not wait for ever."""

_log = get_logger(__name__)


async def end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel tasks until every one has ended."""
    left = set(tasks)
    for _ in range(ATTEMPTS):
        if not left:
            return
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_SECONDS)
    if left:
        _log.error("messenger.not_ended", number=len(left))
