"""The 24 hours after a message of a person, in which WhatsApp allows free answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from bot.instance import ChannelName
from bot.records.messenger_tables import Correspondent

HOURS = dt.timedelta(hours=24)


class Window:
    """Knows when people last wrote. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime]) -> None:
        """Take where people are known, and the clock.

        Args:
            engine: Database of the messengers.
            now: Returns the present moment, UTC.
        """
        self._engine = engine
        self._now = now

    def is_open(self, address: str) -> bool:
        """Whether the person wrote within the last 24 hours; of strangers only Meta knows."""
        query = sa.select(sa.func.max(Correspondent.last_at)).where(
            Correspondent.channel == ChannelName.WHATSAPP.value, Correspondent.address == address)
        with self._engine.connect() as connection:
            last_at = connection.execute(query).scalar_one()
        if last_at is None:
            return True
        return self._now() - last_at.replace(tzinfo=last_at.tzinfo or dt.timezone.utc) < HOURS
