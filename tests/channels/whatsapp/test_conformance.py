"""WhatsApp passes what every messenger must pass."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa

from bot.database import Base, open_engine
from bot.settings import Settings
from channels.kit.bench import Bench
from channels.kit.clock import FakeClock
from channels.kit.conformance import Conformance
from channels.whatsapp.adapter import WhatsAppAdapter
from channels.whatsapp.window import Window
from tests.channels.messenger.replies import all_replies
from tests.channels.whatsapp.graph_api import GraphApi
from tests.channels.whatsapp.phone import Phone


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[sa.Engine]:
    opened = open_engine(sqlite_url)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


class TestWhatsApp(Conformance):
    replies = all_replies()

    @pytest.fixture
    async def person(
        self, engine: sa.Engine, whatsapp_settings: Settings, graph_api: GraphApi
    ) -> AsyncIterator[Phone]:
        clock = FakeClock()
        adapter = WhatsAppAdapter(whatsapp_settings, Window(engine, clock.now))
        async with Bench(adapter, engine, clock=clock) as bench:
            yield Phone(bench, graph_api)
