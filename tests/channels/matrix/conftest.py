"""One Matrix server for all tests of this folder, the bot on it, and people who write to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.instance import load_instance
from bot.settings import Settings, load_settings
from channels.kit.runtime import EchoRuntime
from channels.matrix.adapter import create
from channels.messenger.clock import Clock
from channels.messenger.office import open_office
from channels.messenger.shift import Shift
from tests.channels.matrix.citizen import Citizen
from tests.channels.matrix.synapse import Account, Synapse, synapse

MakeCitizen = Callable[[], Awaitable[Citizen]]


@pytest.fixture(scope="session")
def server() -> Iterator[Synapse]:
    """The server."""
    with synapse() as running:
        yield running


@pytest.fixture
def account(server: Synapse) -> Account:
    """The account of the bot; fresh for every test."""
    return server.register("bot")


@pytest.fixture
def settings(server: Synapse, account: Account, tmp_path: Path) -> Settings:
    """The settings of the bot."""
    return load_settings({
        "NAVIGATOR_VAR_DIR": str(tmp_path / "var"), "NAVIGATOR_MATRIX_URL": server.url,
        "NAVIGATOR_MATRIX_USER": account.user_id, "NAVIGATOR_MATRIX_PASSWORD": account.password,
    })  # fmt: skip


@pytest.fixture
def engine(settings: Settings) -> Iterator[sa.Engine]:
    """An empty database."""
    engine = open_engine(settings.database_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


class Bot:
    """The bot as it runs: post office and Matrix, with a runtime that repeats what it hears."""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin."""
        self.adapter = adapter = create(self._settings, self._engine)
        office = open_office(adapter, EchoRuntime(self._engine), self._settings, load_instance(self._settings),
                             self._engine)
        self._task = asyncio.create_task(Shift(office, 8, Clock()).run())

    async def kill(self) -> None:
        """End without any farewell."""
        while self._task is not None:
            self._task.cancel()  # in Python 3.10 ``wait_for`` may swallow one
            done, _ = await asyncio.wait({self._task}, timeout=1)
            self._task = None if done else self._task


@pytest.fixture
async def bot(settings: Settings, engine: sa.Engine) -> AsyncIterator[Bot]:
    """The running bot."""
    running = Bot(settings, engine)
    await running.start()
    yield running
    await running.kill()


@pytest.fixture
async def make_citizen(server: Synapse, tmp_path: Path) -> AsyncIterator[MakeCitizen]:
    """Make people with an account and a client."""
    made: list[Citizen] = []

    async def make() -> Citizen:
        citizen = Citizen(server, server.register("citizen"), tmp_path / f"citizen{len(made)}")
        made.append(citizen)
        await citizen.start()
        return citizen

    yield make
    for citizen in made:
        await citizen.close()


@pytest.fixture
async def citizen(make_citizen: MakeCitizen) -> Citizen:
    """One of them."""
    return await make_citizen()
