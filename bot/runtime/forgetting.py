"""What people wrote is deleted when the time promised in ``instance.yml`` is over."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.log import get_logger

INTERVAL_SECONDS = 6 * 60 * 60
_log = get_logger(__name__)


class Forgetful(Protocol):
    """A store that can forget."""

    def purge(self, before: dt.datetime) -> int:
        """Delete what is older and return how much that was."""


def forget(name: str, store: Forgetful, retention_days: int) -> int:
    """Delete what is older than promised; return how much that was."""
    number = store.purge(dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=retention_days))
    _log.info(f"{name}.forgotten", number=number, retention_days=retention_days)
    return number


async def keep_forgetting(stores: Mapping[str, Forgetful], retention_days: int) -> None:
    """Forget now and then every few hours, until cancelled. A failure is logged and tried again later.

    Args:
        stores: By the name they have in the log.
        retention_days: So long things are kept.
    """
    while True:
        for name, store in stores.items():
            try:
                await asyncio.to_thread(forget, name, store, retention_days)
            except SQLAlchemyError as error:
                _log.error(f"{name}.forgetting_failed", error)
        await asyncio.sleep(INTERVAL_SECONDS)
