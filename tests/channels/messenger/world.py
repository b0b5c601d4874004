"""A messenger with people, a bot and a database in memory, in which anything may go wrong at any moment."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from unittest import mock

import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.instance import Instance, load_instance
from bot.records import messenger_tables  # noqa: F401
from bot.records.conversations import ConversationStore, Turn
from bot.runtime.buttons import Buttons, load_buttons
from bot.runtime.fixed_texts import load_responses
from bot.settings import Settings, load_settings
from channels.kit.adapter import FakeAdapter
from channels.kit.clock import FakeClock
from channels.kit.runtime import EchoRuntime
from channels.messenger.contract import Incoming, Kind, Limits, NotStored
from channels.messenger.office import open_office
from channels.messenger.seal import Seal
from channels.messenger.stores import Stores, open_stores
from tests.channels.messenger.faults import Fault, Faults, Killed

CHANNEL = "matrix"
LEASE_SECONDS = 9.0
T = TypeVar("T")


class CountingStore(ConversationStore):
    """Notes every effect on a conversation, in order."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self.effects: list[tuple[str, str]] = []
        """Conversation and text."""
        self.erased: list[tuple[str, int]] = []
        """Conversation, and how many effects there were before."""

    def append(self, turn: Turn) -> None:
        super().append(turn)
        self.effects += [(turn.conversation_id, event["text"]) for event in turn.events]

    def erase(self, conversation_id: str) -> bool:
        self.erased.append((conversation_id, len(self.effects)))
        return super().erase(conversation_id)


@dataclass
class World:
    """Everything around one post office."""

    engine: sa.Engine = field(default_factory=lambda: open_engine("sqlite://"))
    clock: FakeClock = field(default_factory=FakeClock)
    adapter: FakeAdapter = field(default_factory=lambda: FakeAdapter(CHANNEL, Limits(text=4096, options=10)))

    def __post_init__(self) -> None:
        Base.metadata.create_all(self.engine)
        self.runtime = EchoRuntime(self.engine, _buttons())
        self.store = self.runtime._store = CountingStore(self.engine)
        self.settings, self.instance, self.texts = _shipped()
        self.seal = Seal(self.engine)
        self.restart()

    def restart(self, fault: Fault | None = None, after: int = 0) -> Faults:
        """Begin a new process, in which a fault will happen."""
        self.faults = faults = Faults(self.clock, fault, after)
        parts = open_stores(self.engine)
        stores = Stores(**{name: faults.wrap(part, Fault.KILL, Fault.LOCKED) for name, part in vars(parts).items()})
        adapter = faults.wrap(self.adapter, Fault.KILL, Fault.REFUSED)
        runtime = faults.wrap(self.runtime, Fault.KILL, Fault.ERROR, Fault.HANG, Fault.LOCKED)
        with mock.patch("channels.messenger.office.load_responses", lambda folder: self.texts):
            self.office = open_office(
                adapter, runtime, self.settings, self.instance, self.engine, self.clock, stores)
        return faults

    async def receive(self, messages: list[Incoming]) -> bool:
        """Bring messages; whether they were acknowledged."""
        try:
            await self.office.receive(messages)
        except (Killed, NotStored):
            return False
        return True

    async def work(self, steps: int) -> None:
        """Let the post office do some steps, or as many as it survives."""
        try:
            for _ in range(steps):
                if not await self.office.step():
                    return
        except Killed:
            return

    async def finish(self) -> None:
        """Let a sound process do all that is left, however long it takes."""
        self.restart()
        for _ in range(200):
            self.clock.pass_by(seconds=LEASE_SECONDS)
            await self.work(100)
            if not self.is_busy():
                return
            self.clock.pass_by(seconds=700)
        raise AssertionError("something is never done")

    def is_busy(self) -> bool:
        """Whether anything is open."""
        return bool(self.rows("SELECT 1 FROM inbox WHERE state = 'offen'")
                    or self.rows("SELECT 1 FROM outbox WHERE state = 'offen'")
                    or self.rows("SELECT 1 FROM correspondent WHERE erasure IS NOT NULL"))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def everything(self) -> str:
        """All that can be read anywhere in the database."""
        tables = [table.name for table in Base.metadata.sorted_tables if table.name != "secret"]
        return "\n".join(str(row) for name in tables for row in self.rows(f'SELECT * FROM "{name}"'))

    def is_stored(self, external_id: str) -> bool:
        """Whether a message came in."""
        external_hash = self.seal.message(CHANNEL, external_id)
        return bool(self.rows(f"SELECT 1 FROM inbox WHERE external_hash = '{external_hash}'"))

    def delivered_keys(self, external_id: str) -> list[str]:
        """Keys under which the answer to a message was delivered, as often as it was."""
        start = self.seal.message(CHANNEL, external_id)[:56]
        return [each.key for each in self.adapter.delivered if each.key.startswith(start)]

    def message(self, address: str, external_id: str, text: str, *, later: float = 0.0, **more: Any) -> Incoming:
        """Make a message that is sent now, or a little later."""
        sent_at = self.clock.now() + dt.timedelta(seconds=later)
        return Incoming(external_id, address, sent_at, more.pop("kind", Kind.TEXT), text, **more)


@functools.lru_cache(maxsize=1)
def _shipped() -> tuple[Settings, Instance, dict[str, Any]]:
    """What is read from files: once, for a process begins often here."""
    settings = load_settings({})
    return settings, load_instance(settings), load_responses(settings.content_dir / "nlu_data" / "responses")


@functools.lru_cache(maxsize=1)
def _buttons() -> Buttons:
    return load_buttons(load_settings({}).content_dir / "nlu_data" / "buttons.yml")


async def inline(call: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Stand in for ``asyncio.to_thread``: at once, so that every run is the same."""
    return call(*args, **kwargs)


def run_in(loop: asyncio.AbstractEventLoop, work: Awaitable[T]) -> T:
    """Run something in a loop, and let what it cancelled end."""
    result = loop.run_until_complete(work)
    loop.run_until_complete(asyncio.sleep(0))
    return result


def pairs(items: list[T]) -> Iterator[tuple[T, T]]:
    """Yield every two items in their order."""
    for at, first in enumerate(items):
        for second in items[at + 1:]:
            yield first, second
