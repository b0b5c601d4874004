"""Telegram passes what every messenger must pass."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from channels.kit.bench import Bench
from channels.kit.conformance import Conformance
from channels.telegram.adapter import TelegramAdapter
from tests.channels.messenger.replies import all_replies
from tests.channels.telegram.emulator import TOKEN, BotApi
from tests.channels.telegram.people import Person


class Chat:
    """Somebody in a private chat; the bot polls."""

    def __init__(self, bench: Bench, api: BotApi) -> None:
        self.bench = bench
        self._api = api
        self._person = Person(api, 7)
        self.address, self.stranger = "7", "8"
        self._last: dict[str, object] = {}

    async def write(self, text: str) -> None:
        self._last = self._person.writes(text)

    async def press(self, title: str) -> None:
        [shown] = [button for button in self._person.buttons() if title.startswith(button.rstrip("…"))]
        self._last = self._person.presses(shown)

    async def speak(self) -> None:
        self._last = self._person.sends("voice")

    async def repeat(self) -> None:
        self._api.waiting.append(self._last)
        self._api._changed.set()

    async def break_down(self) -> None:
        self._api.refuse(500, "Internal Server Error")

    async def received(self) -> list[str]:
        return self._person.reads()


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[sa.Engine]:
    opened = open_engine(sqlite_url)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


class TestTelegram(Conformance):
    replies = all_replies()

    @pytest.fixture
    async def person(self, engine: sa.Engine, api: BotApi) -> AsyncIterator[Chat]:
        async with Bench(TelegramAdapter(TOKEN, api.url, None, ""), engine) as bench:
            yield Chat(bench, api)
