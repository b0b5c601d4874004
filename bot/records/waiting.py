"""How much waits for somebody, for monitoring."""

from __future__ import annotations

import sqlalchemy as sa

from bot.records import outbox
from bot.records.callbacks import State
from bot.records.messenger_tables import OutboxMessage
from bot.records.tables import Callback, Report
from bot.records.unclear_tables import UnclearTurnRow


def count_waiting(engine: sa.Engine) -> dict[str, int]:
    """Count call-backs, reports and unclear turns that nobody dealt with, and messages that are not delivered."""
    waiting: dict[str, sa.ColumnElement[bool]] = {
        "rueckrufe": Callback.state == State.OPEN.value,
        "meldungen": Report.state == State.OPEN.value,
        "posteingang": UnclearTurnRow.decision.is_(None),
        "nachrichten": OutboxMessage.state == outbox.State.OPEN.value,
    }
    counts = [sa.select(sa.func.count()).where(which).scalar_subquery() for which in waiting.values()]
    with engine.connect() as connection:
        return dict(zip(waiting, connection.execute(sa.select(*counts)).one(), strict=True))
