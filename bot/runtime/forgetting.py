"""Conversations are deleted when the time promised in ``instance.yml`` is over."""

from __future__ import annotations

import asyncio
import datetime as dt

from sqlalchemy.exc import SQLAlchemyError

from bot.log import get_logger
from bot.records.conversations import ConversationStore

INTERVAL_SECONDS = 6 * 60 * 60
_log = get_logger(__name__)


def forget(store: ConversationStore, retention_days: int) -> int:
    """Delete what is older than promised; return how many conversations that were."""
    number = store.purge(dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=retention_days))
    _log.info("conversations.forgotten", number=number, retention_days=retention_days)
    return number


async def keep_forgetting(store: ConversationStore, retention_days: int) -> None:
    """Forget now and then every few hours, until cancelled. A failure is logged and tried again later."""
    while True:
        try:
            await asyncio.to_thread(forget, store, retention_days)
        except SQLAlchemyError as error:
            _log.error("conversations.forgetting_failed", error)
        await asyncio.sleep(INTERVAL_SECONDS)
