"""What is older than promised is deleted, again and again, by one of the processes that run."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.database import settle
from bot.log import get_logger
from bot.records.alone import alone
from bot.records.retention import Rule

INTERVAL_SECONDS = 6 * 60 * 60
TASK = "purge"
_log = get_logger(__name__)


def forget(engine: sa.Engine, rules: Sequence[Rule], now: dt.datetime) -> dict[str, int | None] | None:
    """Delete what is too old.

    Args:
        engine: The database.
        rules: What is kept how long.
        now: The present moment.

    Returns:
        How much was deleted by name of the rule, ``None`` for one that failed (it is logged). ``None`` for all if
        another process is at it.
    """
    with alone(engine, TASK) as got:
        if not got:
            return None
        gone = {rule.name: _applied(rule, now) for rule in rules}
        settle(engine)
        return gone


async def keep_forgetting(engine: sa.Engine, rules: Sequence[Rule]) -> None:
    """Forget now and then every few hours, until cancelled. A failure is logged and tried again later."""
    while True:
        try:
            await asyncio.to_thread(forget, engine, rules, dt.datetime.now(dt.timezone.utc))
        except (SQLAlchemyError, OSError) as error:
            _log.error("forgetting.failed", error)
        await asyncio.sleep(INTERVAL_SECONDS)


def _applied(rule: Rule, now: dt.datetime) -> int | None:
    try:
        return rule.apply(now)
    except SQLAlchemyError as error:
        _log.error(f"{rule.name}.forgetting_failed", error)
        return None
