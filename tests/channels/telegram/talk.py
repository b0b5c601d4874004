"""A person who talks to the bot through the emulator, the adapter and the post office."""

from __future__ import annotations

import asyncio
from types import TracebackType

import sqlalchemy as sa

from bot.instance import load_instance
from bot.runtime.interface import Runtime
from bot.settings import load_settings
from channels.kit.clock import FakeClock
from channels.messenger.office import open_office
from channels.telegram.adapter import TelegramAdapter
from tests.channels.telegram.emulator import TOKEN, BotApi
from tests.channels.telegram.people import Person


class Talk:
    """The bot polls; time passes when the test says so."""

    def __init__(self, api: BotApi, runtime: Runtime, engine: sa.Engine, person: int = 7) -> None:
        settings = load_settings({})
        self.api = api
        self.clock = FakeClock()
        self.adapter = TelegramAdapter(TOKEN, api.url, None, "", lambda seconds: asyncio.sleep(0))
        self.office = open_office(self.adapter, runtime, settings, load_instance(settings), engine, self.clock)
        self.person = Person(api, person)

    async def __aenter__(self) -> Talk:
        self._polling = asyncio.create_task(self.adapter.run(self.office.receive))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._polling.cancel()
        await asyncio.gather(self._polling, return_exceptions=True)
        await self.adapter.close()

    async def says(self, text: str) -> list[str]:
        """Write and return what comes back."""
        return await self.answer_to(lambda: self.person.writes(text))

    async def presses(self, title: str) -> list[str]:
        """Press a button and return what comes back."""
        return await self.answer_to(lambda: self.person.presses(title))

    async def answer_to(self, act: object) -> list[str]:
        """Do something and return what comes back."""
        before = len(self.person.reads())
        assert callable(act)
        act()
        await self.settle()
        return self.person.reads()[before:]

    async def settle(self) -> None:
        """Let everything that came in be answered."""
        await self.api.until(lambda: not self.api.waiting)
        while await self.office.step():
            pass
