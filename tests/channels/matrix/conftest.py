"""One Matrix server for all tests of this folder, the bot on it, and people who write to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.settings import Settings
from channels.kit.runtime import EchoRuntime
from tests.channels.matrix.bot import Bot, settings_of
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
    return settings_of(server, account, tmp_path / "var")


@pytest.fixture
def engine(settings: Settings) -> Iterator[sa.Engine]:
    """An empty database."""
    engine = open_engine(settings.database_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
async def bot(settings: Settings, engine: sa.Engine) -> AsyncIterator[Bot]:
    """The running bot."""
    running = Bot(settings, engine, EchoRuntime(engine))
    await running.start()
    yield running
    await running.kill()


@pytest.fixture
async def make_citizen(server: Synapse) -> AsyncIterator[MakeCitizen]:
    """Make people with an account and a client."""
    made: list[Citizen] = []

    async def make() -> Citizen:
        citizen = Citizen(server, server.register("citizen"))
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
