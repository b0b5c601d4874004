"""Matrix passes what every messenger must pass, over a real server and encrypted."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from bot.settings import Settings
from channels.kit.bench import Bench
from channels.kit.conformance import Conformance
from channels.matrix.adapter import create
from tests.channels.matrix.citizen import Citizen
from tests.channels.matrix.conftest import MakeCitizen
from tests.channels.matrix.synapse import Account
from tests.channels.messenger.replies import all_replies


class Room:
    """Somebody in a room with the bot; options are chosen by their title."""

    stranger = "!niemand:example.org"

    def __init__(self, bench: Bench, citizen: Citizen, address: str) -> None:
        self.bench = bench
        self.address = address
        self._citizen = citizen

    async def write(self, text: str) -> None:
        await self._citizen.say(self.address, text)

    async def press(self, title: str) -> None:
        await self._citizen.say(self.address, title)

    async def speak(self) -> None:
        voice = {"msgtype": "m.audio", "body": "Sprachnachricht", "url": "mxc://localhost/voice"}
        await self._citizen.send(self.address, voice)

    async def received(self) -> list[str]:
        await self._citizen.look()
        return [event.body for event in self._citizen._said()]


class TestMatrix(Conformance):
    replies = all_replies()
    test_a_repeated_message_has_no_second_effect = None  # only after a restart: see test_conversations.py
    test_an_outage_loses_nothing = None  # the server is a real one

    @pytest.fixture
    async def person(self, engine: sa.Engine, settings: Settings, account: Account,
                     make_citizen: MakeCitizen) -> AsyncIterator[Room]:
        async with Bench(create(settings, engine), engine) as bench:
            citizen = await make_citizen()
            room = await citizen.meet(account.user_id, encrypted=True)
            await bench.until_stored(1)
            await bench.settle()
            yield Room(bench, citizen, room)
