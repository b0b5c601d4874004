"""A messenger for conversation tests: what a person writes goes through the whole post office to the bot and back.

::

    messenger = FakeMessenger(engine, runtime)
    await messenger.send("Gibt es Zuschüsse für eine KI-Schulung?")
    await messenger.choose("Mit einem Menschen sprechen")
    assert "Telefon" in messenger.received[-1]
"""

from __future__ import annotations

import itertools

import sqlalchemy as sa

from bot.instance import ChannelName, Instance, load_instance
from bot.runtime.interface import Runtime
from bot.settings import Settings, load_settings
from channels.kit.adapter import FakeAdapter
from channels.kit.clock import FakeClock
from channels.kit.runtime import EchoRuntime
from channels.messenger.contract import Incoming, Kind, Limits, Option
from channels.messenger.office import open_office

MOST_STEPS = 100
"""After so many steps without an end something turns in circles."""
LIMITS = Limits(text=4096, options=10)


class FakeMessenger:
    """One person in front of a messenger."""

    def __init__(
        self,
        engine: sa.Engine,
        runtime: Runtime | None = None,
        *,
        instance: Instance | None = None,
        settings: Settings | None = None,
        limits: Limits = LIMITS,
        name: str = ChannelName.MATRIX.value,
        address: str = "anna",
        clock: FakeClock | None = None,
    ) -> None:
        """Open a post office.

        Args:
            engine: A database whose tables exist.
            runtime: The bot; by default one that repeats what it hears.
            instance: The agency; by default that of the repository.
            settings: By default those without any environment.
            limits: What the messenger allows.
            name: Name of the channel.
            address: Where the person writes from.
            clock: The time; it stands still unless the test lets it pass.
        """
        settings = settings or load_settings({})
        self.clock = clock or FakeClock()
        self.adapter = FakeAdapter(name, limits)
        self.address = address
        self.office = open_office(
            self.adapter, runtime or EchoRuntime(engine), settings, instance or load_instance(settings), engine,
            self.clock)
        self._numbers = itertools.count(1)

    @property
    def received(self) -> list[str]:
        """The texts the person got, in order."""
        return [each.message.text for each in self.adapter.delivered if each.address == self.address]

    @property
    def options(self) -> list[Option]:
        """The options the person sees last."""
        menus = [each.message.options for each in self.adapter.delivered if each.message.options]
        return list(menus[-1]) if menus else []

    async def send(self, text: str) -> list[str]:
        """Type something; return what comes back."""
        return await self.bring(Kind.TEXT, text=text)

    async def choose(self, title: str) -> list[str]:
        """Press the option whose title contains some words; return what comes back.

        Raises:
            LookupError: If no such option was offered last.
        """
        fitting = [each for each in self.options if title.lower() in each.title.lower()]
        if not fitting:
            raise LookupError(f"no option {title!r} among {[each.title for each in self.options]}")
        return await self.bring(Kind.CHOICE, token=fitting[0].token)

    async def bring(
        self, kind: Kind, *, text: str = "", token: str = "", external_id: str | None = None
    ) -> list[str]:
        """Bring anything; return what comes back."""
        before = len(self.received)
        number = external_id or f"{self.address}-{next(self._numbers)}"
        message = Incoming(number, self.address, self.clock.now(), kind, text, token)
        await self.office.receive([message])
        await self.settle()
        return self.received[before:]

    async def settle(self) -> None:
        """Let the post office work until nothing is left to do at this moment."""
        for _ in range(MOST_STEPS):
            if not await self.office.step():
                return
        raise AssertionError("the post office does not come to rest")
