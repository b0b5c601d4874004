"""What one message is answered with: by the manners, by the rest of a shortened answer, or by the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from bot.log import get_logger, request_id
from bot.records.choices import Offered
from bot.records.correspondents import Claimed, Erasure
from bot.records.inbox import Waiting
from bot.runtime.apology import Apology
from bot.runtime.gate import Rejected
from bot.runtime.interface import Runtime
from bot.runtime.messages import BotMessage
from channels.messenger.choosing import chosen
from channels.messenger.clock import Clock
from channels.messenger.contract import Kind
from channels.messenger.manners import PAYLOADS, Command, Manners, command
from channels.messenger.stores import Stores

BOT_SECONDS = 30.0
"""After that the bot hangs; its own limit is shorter."""
MOST_ATTEMPTS = 5
"""A message that made so many processes fail is answered with an apology."""

_log = get_logger(__name__)


@dataclass(frozen=True)
class Reply:
    """What a message is answered with."""

    messages: Sequence[BotMessage] = ()
    told: bool = False
    """Whether it holds the notice."""
    silent: bool = False
    """The person left: nothing more is sent."""


class Answering:
    """Answers the messages of one channel."""

    def __init__(
        self,
        channel: str,
        runtime: Runtime,
        manners: Manners,
        apology: Apology,
        stores: Stores,
        clock: Clock,
        stored: Callable[[str], str],
    ) -> None:
        """Take what is needed; ``stored`` tells in words what is stored of a conversation."""
        self._stored = stored
        self._channel = channel
        self._runtime = runtime
        self._manners = manners
        self._apology = apology
        self._choices = stores.choices
        self._correspondents = stores.correspondents
        self._clock = clock

    async def answer(self, person: Claimed, message: Waiting) -> Reply:
        """Return the reply to a message; whatever fails but the database becomes an apology."""
        if person.erasure is Erasure.CONFIRM:  # it was erased, and then the process ended
            return Reply([self._manners.erased()])
        kind = Kind(message.body["kind"])
        if kind is Kind.LEFT:
            return Reply(silent=True)
        due = self._manners.is_notice_due(person.notice_at, self._clock.now())
        if kind is Kind.GROUP:
            return Reply([self._manners.about(kind)], told=True) if due else Reply()
        if kind is Kind.JOINED and not due:
            return Reply()
        said = [self.sorry()] if message.attempts > MOST_ATTEMPTS else await self._say(kind, message)
        if await asyncio.to_thread(self._correspondents.erasure, message.conversation_id) is Erasure.CONFIRM:
            return Reply([self._manners.erased()])
        said += self._manners.hours(said, self._clock.now())
        return Reply([self._manners.notice(), *said] if due else said, told=due)

    def sorry(self) -> BotMessage:
        """Return the apology."""
        return self._apology.message(request_id.get())

    async def _say(self, kind: Kind, message: Waiting) -> list[BotMessage]:
        if kind in (Kind.UNREADABLE, Kind.EDIT):
            return [self._manners.about(kind)]
        if kind is Kind.JOINED:
            return await self._ask_bot(message, payload=PAYLOADS[Command.START])
        text = message.body["text"]
        given = command(text) if kind is Kind.TEXT else None
        if given is Command.HELP:
            return [self._manners.help()]
        if given is Command.PRIVACY:
            return [self._manners.privacy()]
        if given is Command.EXPORT:
            return [self._manners.stored(await asyncio.to_thread(self._stored, message.conversation_id))]
        if given is not None:
            return await self._ask_bot(message, payload=PAYLOADS[given])
        option = await self._option(kind, message)
        if option is not None:
            return await self._follow(message, option)
        return [self._manners.old_choice()] if kind is Kind.CHOICE else await self._ask_bot(message, text=text)

    async def _option(self, kind: Kind, message: Waiting) -> Offered | None:
        """The option somebody pressed, or named by number or title."""
        if kind is Kind.CHOICE:
            token = message.body["token"]
            return await asyncio.to_thread(self._choices.find, message.conversation_id, token)
        return chosen(message.body["text"], await asyncio.to_thread(self._choices.latest, message.conversation_id))

    async def _follow(self, message: Waiting, option: Offered) -> list[BotMessage]:
        if option.rest is not None:
            return [BotMessage.from_dict(option.rest)]
        return await self._ask_bot(message, payload=option.payload)

    async def _ask_bot(
        self, message: Waiting, *, text: str | None = None, payload: str | None = None
    ) -> list[BotMessage]:
        asked = self._runtime.handle(
            message.conversation_id, text=text, payload=payload, message_id=message.external_hash,
            channel=self._channel)
        try:
            return list(await self._clock.within(BOT_SECONDS, asked)) or [self.sorry()]
        except Rejected as error:
            return [BotMessage(str(error))]
        except OperationalError:
            raise  # the database is busy or away: tried again
        except Exception as error:
            _log.error("messenger.bot_failed", error)
            return [self.sorry()]
