"""A post office at work: many at once, none lost, one order per person, an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.instance import load_instance
from bot.runtime.messages import BotMessage
from bot.settings import load_settings
from channels.kit.adapter import FakeAdapter
from channels.kit.clock import FakeClock
from channels.kit.runtime import EchoRuntime
from channels.messenger.clock import Clock
from channels.messenger.contract import Incoming, Limits, Outgoing, Receive
from channels.messenger.office import open_office
from channels.messenger.post import PostOffice
from channels.messenger.service import PARALLEL, set_up
from channels.messenger.shift import Shift

BEGIN = dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone.utc)
PATIENCE_SECONDS = 120.0


class Awaited(FakeAdapter):
    """Tells when so many answers arrived."""

    def __init__(self, answers: int) -> None:
        super().__init__("matrix", Limits(text=4096, options=10))
        self._answers = answers
        self.complete = asyncio.Event()

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        await super().deliver(address, message, key)
        if len(self.answers) == self._answers:
            self.complete.set()

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(each.address, each.message.text) for each in self.delivered
                if each.message.text.startswith("Sie sagten: ")]


class Watched(EchoRuntime):
    """Notes how many messages are being answered at once, in all and per person."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self.busy: list[str] = []
        self.most = 0

    async def handle(self, conversation_id: str, **more: object) -> list[BotMessage]:
        assert conversation_id not in self.busy, "one message of a person at a time"
        self.busy.append(conversation_id)
        self.most = max(self.most, len(self.busy))
        try:
            return await super().handle(conversation_id, **more)
        finally:
            self.busy.remove(conversation_id)


def open_post(adapter: FakeAdapter, runtime: EchoRuntime, engine: sa.Engine) -> PostOffice:
    settings = load_settings({})
    return open_office(adapter, runtime, settings, load_instance(settings), engine)


@pytest.mark.parametrize(("people", "each"), [(200, 1), (20, 10)])
async def test_two_hundred_messages_at_once(people: int, each: int, shared_engine: sa.Engine) -> None:
    adapter, runtime = Awaited(people * each), Watched(shared_engine)
    office = open_post(adapter, runtime, shared_engine)
    shift = Shift(office, PARALLEL, Clock())
    work = asyncio.create_task(shift.run())
    messages = [
        Incoming(f"{person}-{number}", f"p{person}", BEGIN + dt.timedelta(seconds=number), text=f"{person}: {number}")
        for person in range(people) for number in range(each)
    ]
    await asyncio.gather(*(office.receive([message]) for message in reversed(messages)))
    await asyncio.wait_for(adapter.complete.wait(), PATIENCE_SECONDS)
    shift.stop()
    await work
    assert sorted(adapter.answers) == sorted((m.address, f"Sie sagten: {m.text}") for m in messages)
    assert 1 < runtime.most <= PARALLEL
    assert adapter.closed


async def test_what_was_begun_is_finished_before_the_end(file_engine: sa.Engine) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Slow(EchoRuntime):
        async def handle(self, conversation_id: str, **more: object) -> list[BotMessage]:
            begun.set()
            await go_on.wait()
            return await super().handle(conversation_id, **more)

    adapter = Awaited(1)
    office = open_post(adapter, Slow(file_engine), file_engine)
    shift = Shift(office, 1, Clock())
    work = asyncio.create_task(shift.run())
    await office.receive([Incoming("1", "anna", BEGIN, text="Hallo"), Incoming("2", "berta", BEGIN, text="Hallo")])
    await begun.wait()
    shift.stop()
    go_on.set()
    await work
    assert adapter.answers == [("anna", "Sie sagten: Hallo")]
    with file_engine.connect() as connection:
        claims = connection.exec_driver_sql("SELECT claimed_by FROM correspondent").scalars().all()
        waiting = connection.exec_driver_sql("SELECT count(*) FROM inbox WHERE state = 'offen'").scalar_one()
    assert (claims, waiting) == ([None, None], 1)


async def test_an_adapter_that_fails_fetches_again(file_engine: sa.Engine) -> None:
    class Unsteady(Awaited):
        tries = 0

        async def run(self, receive: Receive) -> None:
            self.tries += 1
            if self.tries == 1:
                raise ConnectionError
            await receive([Incoming("1", "anna", BEGIN, text="Hallo")])

    class Hurried(Clock):
        async def sleep(self, seconds: float) -> None:
            await asyncio.sleep(0)

    adapter = Unsteady(1)
    shift = Shift(open_post(adapter, EchoRuntime(file_engine), file_engine), 1, Hurried())
    work = asyncio.create_task(shift.run())
    await asyncio.wait_for(adapter.complete.wait(), PATIENCE_SECONDS)
    shift.stop()
    await work
    assert adapter.tries == 2


async def test_webhooks_and_work_are_part_of_the_web_application(file_engine: sa.Engine, tmp_path: Path) -> None:
    class Called(Awaited):
        def routes(self, receive: Receive) -> list[web.RouteDef]:
            async def called(request: web.Request) -> web.Response:
                await receive([Incoming("1", "anna", BEGIN, text=await request.text())])
                return web.Response()

            return [web.post("/webhooks/kit", called)]

    adapter, app = Called(1), web.Application()
    set_up(app, [open_post(adapter, EchoRuntime(file_engine), file_engine)])
    async with TestClient(TestServer(app)) as client:
        assert (await client.post("/webhooks/kit", data="Hallo")).status == 200
        await asyncio.wait_for(adapter.complete.wait(), PATIENCE_SECONDS)
    assert adapter.closed


async def test_a_claim_that_ran_out_is_not_mixed_up_with_the_next(memory_engine: sa.Engine) -> None:
    """Also within one process: whoever was too slow sends nothing any more."""
    adapter, clock = Awaited(1), FakeClock()
    settings = load_settings({})
    runtime, instance = EchoRuntime(memory_engine), load_instance(settings)
    office = open_office(adapter, runtime, settings, instance, memory_engine, clock)
    await office.receive([Incoming("1", "anna", BEGIN, text="Hallo")])
    slow = await office.claim()
    clock.pass_by(seconds=9)
    quick = await office.claim()
    assert slow is not None and quick is not None
    await office.serve(slow)
    assert adapter.delivered == []
    await office.serve(quick)
    assert adapter.answers == [("anna", "Sie sagten: Hallo")]


async def test_an_adapter_that_swallows_a_cancellation_is_ended_all_the_same(file_engine: sa.Engine) -> None:
    """As ``asyncio.wait_for`` of Python 3.10 does, if its work ends in the same moment."""
    class Deaf(Awaited):
        async def run(self, receive: Receive) -> None:
            await receive([Incoming("1", "anna", BEGIN, text="Hallo")])
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            await asyncio.Event().wait()

    adapter = Deaf(1)
    shift = Shift(open_post(adapter, EchoRuntime(file_engine), file_engine), 1, Clock())
    work = asyncio.create_task(shift.run())
    await asyncio.wait_for(adapter.complete.wait(), PATIENCE_SECONDS)
    shift.stop()
    await asyncio.wait_for(work, PATIENCE_SECONDS)
    assert adapter.closed
