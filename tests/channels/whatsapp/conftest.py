"""An adapter between a Graph API and a web server, both on this machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestServer

from bot.database import Base, open_engine
from bot.records.messenger_tables import Correspondent
from bot.settings import Settings, load_settings
from channels.whatsapp.adapter import WhatsAppAdapter
from channels.whatsapp.window import Window
from tests.channels.whatsapp.graph_api import TOKEN, VERSION, GraphApi
from tests.channels.whatsapp.official import PHONE_ID

APP_SECRET = "41678a4f-test"
VERIFY_TOKEN = "unser-wort"
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.timezone.utc)


def settings_for(server: TestServer) -> Settings:
    """Return the settings for a Graph API on this machine."""
    return load_settings({
        "NAVIGATOR_WHATSAPP_TOKEN": TOKEN, "NAVIGATOR_WHATSAPP_PHONE_ID": PHONE_ID,
        "NAVIGATOR_WHATSAPP_APP_SECRET": APP_SECRET, "NAVIGATOR_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
        "NAVIGATOR_WHATSAPP_API_URL": str(server.make_url(VERSION)),
    })  # fmt: skip


@pytest.fixture
async def graph_api() -> GraphApi:
    return GraphApi()


@pytest.fixture
async def whatsapp_settings(graph_api: GraphApi) -> AsyncIterator[Settings]:
    async with TestServer(graph_api.app()) as server:
        yield settings_for(server)


@pytest.fixture
def people() -> Iterator[sa.Engine]:
    """A database with the table of people, empty."""
    engine = open_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables[Correspondent.__tablename__]])
    yield engine
    engine.dispose()


@pytest.fixture
def window(people: sa.Engine) -> Window:
    return Window(people, lambda: NOW)


@pytest.fixture
async def adapter(whatsapp_settings: Settings, window: Window) -> AsyncIterator[WhatsAppAdapter]:
    made = WhatsAppAdapter(whatsapp_settings, window)
    yield made
    await made.close()
