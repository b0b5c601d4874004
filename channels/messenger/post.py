"""The post office of one messenger: stores what comes in, lets it be answered in order, and sees that it goes out.

Everything stands in the database, and every step is one transaction: whenever the process ends, another one goes on
as soon as the claim on the person has run out.
"""
from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import secrets
from collections.abc import AsyncIterator, Sequence

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.log import get_logger, new_request_id
from bot.records.answering import Answer
from bot.records.correspondents import Claimed, ClaimLost
from bot.records.inbox import NewMessage, Waiting
from channels.messenger.answering import Answering, Reply
from channels.messenger.clock import Clock
from channels.messenger.contract import Adapter, Incoming, NotStored
from channels.messenger.delivery import Delivery, body_of
from channels.messenger.manners import Manners
from channels.messenger.render import Rendered, render
from channels.messenger.seal import Seal
from channels.messenger.stores import Stores

LEASE = dt.timedelta(seconds=8)
"""So long a claim holds after its process died."""
KEEP_SECONDS = 2.0
"""So often a living process keeps up its claims."""
TYPING_SECONDS = 2.0
STORING_ATTEMPTS = 3
LONGEST_TEXT = 8192
"""Of a longer text only so much is kept; the bot refuses it anyway."""

_log = get_logger(__name__)


class PostOffice:
    """Works for one adapter. ``channels.messenger.office`` puts it together, ``channels.messenger.shift`` runs it."""

    def __init__(
        self,
        adapter: Adapter,
        seal: Seal,
        stores: Stores,
        answering: Answering,
        delivery: Delivery,
        manners: Manners,
        clock: Clock,
    ) -> None:
        self.adapter = adapter
        self.came_in = asyncio.Event()
        """Set whenever something was stored."""
        self._seal = seal
        self._inbox = stores.inbox
        self._correspondents = stores.correspondents
        self._answers = stores.answers
        self._answering = answering
        self._delivery = delivery
        self._manners = manners
        self._clock = clock

    def routes(self) -> Sequence[web.RouteDef]:
        """Return the routes of the webhooks of the messenger."""
        return self.adapter.routes(self.receive)

    async def receive(self, messages: Sequence[Incoming]) -> None:
        """Store what came in (see ``channels.messenger.contract.Receive``)."""
        rows = [self._sealed(message) for message in messages]
        for attempt in range(STORING_ATTEMPTS):
            try:
                await asyncio.to_thread(self._inbox.add, self.adapter.name, rows, self._clock.now())
                break
            except SQLAlchemyError as error:
                _log.error("messenger.not_stored", error, channel=self.adapter.name)
                if attempt + 1 == STORING_ATTEMPTS:
                    raise NotStored from error
        self.came_in.set()

    async def claim(self) -> Claimed | None:
        """Take somebody for whom there is something to do; nobody if there is nobody, or the database is away."""
        now = self._clock.now()
        try:
            return await asyncio.to_thread(
                self._correspondents.claim, self.adapter.name, secrets.token_hex(8), now, now + LEASE)
        except SQLAlchemyError as error:
            _log.error("messenger.claim_failed", error, channel=self.adapter.name)
            return None

    async def serve(self, person: Claimed) -> None:
        """Do what is to be done for somebody: send what waits, answer one message, send the answer.

        If the database fails, or anything nobody thought of, the claim is left to run out; then it is tried again.
        """
        new_request_id()
        try:
            async with self._claim_kept(person):
                await self._deliver(person)
                message = await asyncio.to_thread(self._inbox.take, person.conversation_id)
                if message is not None:
                    await self._answer(person, message)
                    await self._deliver(person)
            await asyncio.to_thread(self._correspondents.release, person.conversation_id, person.by)
        except ClaimLost:
            _log.warning("messenger.claim_lost", channel=self.adapter.name)
        except Exception as error:
            _log.error("messenger.step_failed", error, channel=self.adapter.name)

    async def step(self) -> bool:
        """Serve one person; whether there was one."""
        person = await self.claim()
        if person is not None:
            await self.serve(person)
        return person is not None

    async def _answer(self, person: Claimed, message: Waiting) -> None:
        await self._show_typing(person, True)
        try:
            reply, rendered = await self._rendered(person, message)
            now = self._clock.now()
            answer = Answer(
                [(f"{message.external_hash[:56]}-{number}", body_of(each))
                 for number, each in enumerate(rendered.messages)],
                rendered.offered, now if reply.told else None, reply.silent)
            await asyncio.to_thread(self._answers.finish, person.by, message, answer, now)
            _log.info("messenger.answered", channel=self.adapter.name, messages=len(answer.messages))
        finally:
            await self._show_typing(person, False)

    async def _show_typing(self, person: Claimed, on: bool) -> None:
        """Show that an answer is being prepared; no answer may fail or wait long because of that."""
        with contextlib.suppress(Exception):
            await self._clock.within(TYPING_SECONDS, self.adapter.typing(person.address, on))

    async def _rendered(self, person: Claimed, message: Waiting) -> tuple[Reply, Rendered]:
        reply = await self._answering.answer(person, message)
        try:
            return reply, render(reply.messages, self.adapter.limits, self._manners.page_of)
        except Exception as error:
            _log.error("messenger.not_rendered", error, channel=self.adapter.name)
            return Reply(), render([self._answering.sorry()], self.adapter.limits, self._manners.page_of)

    async def _deliver(self, person: Claimed) -> None:
        """Send what is due as long as the person is ours."""
        while await self._keep(person) and await self._delivery.next(person):
            pass

    async def _keep(self, person: Claimed) -> bool:
        until = self._clock.now() + LEASE
        return await asyncio.to_thread(self._correspondents.keep, person.conversation_id, person.by, until)

    @contextlib.asynccontextmanager
    async def _claim_kept(self, person: Claimed) -> AsyncIterator[None]:
        task = asyncio.create_task(self._keep_claim(person))
        try:
            yield
        finally:
            task.cancel()

    async def _keep_claim(self, person: Claimed) -> None:
        while True:
            await self._clock.sleep(KEEP_SECONDS)
            with contextlib.suppress(SQLAlchemyError):  # the next time, or the claim runs out
                await self._keep(person)

    def _sealed(self, message: Incoming) -> NewMessage:
        body = {"kind": message.kind.value, "text": message.text[:LONGEST_TEXT], "token": message.token[:64]}
        name = self.adapter.name
        return NewMessage(
            self._seal.message(name, message.external_id), self._seal.conversation_id(name, message.address),
            message.address, message.sent_at.astimezone(dt.timezone.utc), body)
