"""Sends what lies in the outbox: in order, again and again with growing pauses, until it is delivered or given up."""

from __future__ import annotations

import asyncio
import datetime as dt
import random

from bot.log import get_logger
from bot.records.correspondents import Claimed
from bot.records.outbox import Due, OutboxStore
from channels.messenger.clock import Clock
from channels.messenger.contract import Adapter, Option, Outgoing, RetryLater, Undeliverable

DELIVERY_SECONDS = 20.0
"""After that an attempt failed."""
MOST_ATTEMPTS = 20
"""The last attempt is about two hours after the first."""
LONGEST_PAUSE = 600.0

_log = get_logger(__name__)


class Delivery:
    """Delivers the messages of one channel."""

    def __init__(self, adapter: Adapter, outbox: OutboxStore, clock: Clock, chance: random.Random) -> None:
        self._adapter = adapter
        self._outbox = outbox
        self._clock = clock
        self._chance = chance

    async def next(self, person: Claimed) -> bool:
        """Try the next message to a person; whether it is out of the way, so that the one behind it may follow."""
        message = await asyncio.to_thread(self._outbox.due, person.conversation_id, self._clock.now())
        if message is None:
            return False
        try:
            sending = self._adapter.deliver(person.address, outgoing(message), message.key)
            await self._clock.within(DELIVERY_SECONDS, sending)
        except Undeliverable:
            _log.warning("messenger.undeliverable", channel=self._adapter.name)
            await asyncio.to_thread(self._outbox.give_up, message)
        except RetryLater as error:
            return await self._again(person, message, error.seconds)
        except Exception as error:
            _log.warning("messenger.delivery_failed", error, channel=self._adapter.name)
            return await self._again(person, message, None)
        else:
            await asyncio.to_thread(self._outbox.sent, message)
        return True

    async def _again(self, person: Claimed, message: Due, seconds: float | None) -> bool:
        """Plan the next attempt, or give up."""
        if message.attempts + 1 >= MOST_ATTEMPTS:
            _log.error("messenger.given_up", channel=self._adapter.name)
            await asyncio.to_thread(self._outbox.give_up, message)
            return True
        pause = max(seconds or 0.0, self._pause(message.attempts))
        next_at = self._clock.now() + dt.timedelta(seconds=pause)
        await asyncio.to_thread(self._outbox.later, person.conversation_id, message, next_at)
        return False

    def _pause(self, attempts: int) -> float:
        """Longer every time, and not the same for everybody, so that not all come back at once."""
        return min(LONGEST_PAUSE, 2.0 ** (attempts + 1)) * self._chance.uniform(0.5, 1.0)


def body_of(message: Outgoing) -> dict[str, object]:
    """Return a message as it lies in the outbox."""
    return {"text": message.text, "options": [[each.number, each.title, each.token] for each in message.options]}


def outgoing(message: Due) -> Outgoing:
    """Return the message that ``body_of`` wrote."""
    return Outgoing(message.body["text"], tuple(Option(*each) for each in message.body["options"]))
