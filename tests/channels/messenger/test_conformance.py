"""The conformance suite itself, on a messenger without a service behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.instance import ChannelName
from channels.kit.adapter import FakeAdapter
from channels.kit.bench import Bench
from channels.kit.conformance import Conformance
from channels.messenger.contract import Incoming, Kind, Limits, RetryLater
from tests.channels.messenger.replies import all_replies


class Visitor:
    """Somebody whose messages come as if from nowhere."""

    address, stranger = "anna", "otto"

    def __init__(self, bench: Bench, adapter: FakeAdapter) -> None:
        self.bench = bench
        self._adapter = adapter
        self._last = Incoming("0", self.address, bench.clock.now())

    async def write(self, text: str) -> None:
        await self._bring(Kind.TEXT, text=text)

    async def press(self, title: str) -> None:
        [token] = [option.token for option in self._adapter.delivered[-1].message.options if option.title == title]
        await self._bring(Kind.CHOICE, token=token)

    async def speak(self) -> None:
        await self._bring(Kind.UNREADABLE)

    async def repeat(self) -> None:
        await self.bench.receive([self._last])

    async def break_down(self) -> None:
        self._adapter.error = RetryLater()

    async def received(self) -> list[str]:
        return [each.message.text for each in self._adapter.delivered]

    async def _bring(self, kind: Kind, text: str = "", token: str = "") -> None:
        number = str(self.bench.stored + 1)
        self._last = Incoming(number, self.address, self.bench.clock.now(), kind, text, token)
        await self.bench.receive([self._last])


class OneFailure(FakeAdapter):
    """Fails once when it shall."""

    async def deliver(self, address: str, message: object, key: str) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error
        await super().deliver(address, message, key)


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[sa.Engine]:
    opened = open_engine(sqlite_url)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


class TestFake(Conformance):
    replies = all_replies()

    @pytest.fixture
    async def person(self, engine: sa.Engine) -> AsyncIterator[Visitor]:
        adapter = OneFailure(ChannelName.MATRIX.value, Limits(text=4096, options=10))
        async with Bench(adapter, engine) as bench:
            yield Visitor(bench, adapter)
