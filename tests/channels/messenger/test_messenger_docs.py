"""The example in ``docs/messenger.md`` does what the page says: it passes the conformance suite."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import NavigatorError
from bot.settings import REPOSITORY, load_settings
from channels.kit.bench import Bench
from channels.kit.conformance import Conformance
from channels.kit.messenger import FakeMessenger
from channels.messenger.contract import Undeliverable
from tests.channels.messenger.replies import all_replies

PAGE = REPOSITORY / "docs" / "messenger.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
MOST_LINES = 200
SECRET = "geheim-genug-fuer-eine-taube"


def example() -> dict[str, Any]:
    """The names the example defines."""
    names: dict[str, Any] = {"__name__": "pigeon"}
    exec(compile(BLOCKS[0], str(PAGE), "exec"), names)
    return names


PIGEON = example()
PIGEON["PigeonAdapter"].name = "matrix"  # the name is on no list, because nobody keeps pigeons


class Loft:
    """The service: keeps what it is sent, and refuses when it shall."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.refuses: web.Response | None = None

    async def send(self, request: web.Request) -> web.Response:
        refused, self.refuses = self.refuses, None
        if refused is not None:
            return refused
        self.sent.append(await request.json())
        return web.Response()


class Keeper:
    """Somebody who writes by pigeon."""

    address, stranger = "anna", "otto"

    def __init__(self, bench: Bench, loft: Loft) -> None:
        self.bench, self._loft = bench, loft
        self._last: dict[str, str] = {}

    async def write(self, text: str) -> None:
        await self._call(kind="text", text=text)

    async def press(self, title: str) -> None:
        [token] = [each["id"] for each in self._loft.sent[-1]["buttons"] if each["title"] == title]
        await self._call(kind="button", button=token)

    async def speak(self) -> None:
        await self._call(kind="voice")

    async def repeat(self) -> None:
        assert await self.post(self._last) == 200

    async def break_down(self) -> None:
        self._loft.refuses = web.Response(status=503, headers={"Retry-After": "2"})

    async def received(self) -> list[str]:
        return [each["text"] for each in self._loft.sent]

    async def post(self, event: dict[str, str], secret: str = SECRET) -> int:
        async with aiohttp.ClientSession() as session:
            url = self.bench.url + PIGEON["PATH"]
            async with session.post(url, json=event, headers={"X-Secret": secret}) as response:
                return response.status

    async def _call(self, **event: str) -> None:
        self._last = {"id": str(self.bench.stored), "from": "anna", "at": self.bench.clock.now().isoformat(), **event}
        assert await self.post(self._last) == 200


@pytest.fixture
async def loft() -> AsyncIterator[tuple[Loft, str]]:
    service, app = Loft(), web.Application()
    app.router.add_post("/send", service.send)
    async with TestServer(app) as server:
        yield service, str(server.make_url("")).rstrip("/")


class TestPigeon(Conformance):
    """All that every messenger must be able to do."""

    replies = all_replies()

    @pytest.fixture
    async def person(self, loft: tuple[Loft, str], memory_engine: sa.Engine) -> AsyncIterator[Keeper]:
        async with Bench(PIGEON["PigeonAdapter"](loft[1], SECRET), memory_engine) as bench:
            yield Keeper(bench, loft[0])

    async def test_a_wrong_secret_stores_nothing(self, person: Keeper) -> None:
        event = {"id": "1", "from": "anna", "at": "2026-11-23T10:00:00+00:00", "kind": "text", "text": "Hallo"}
        assert await person.post(event, "falsch") == 403
        assert person.bench.stored == 0

    async def test_who_is_gone_gets_no_second_attempt(self, person: Keeper, loft: tuple[Loft, str]) -> None:
        loft[0].refuses = web.Response(status=404)
        with pytest.raises(Undeliverable):
            await person.bench.adapter.deliver("anna", PIGEON["Outgoing"]("Hallo"), "1")


def test_the_example_is_short() -> None:
    assert len(BLOCKS) == 2
    assert len(BLOCKS[0].splitlines()) <= MOST_LINES
    assert max(len(line) for line in BLOCKS[0].splitlines()) <= 118


def test_without_its_settings_it_says_what_to_set(memory_engine: sa.Engine) -> None:
    with pytest.raises(NavigatorError, match="setzen Sie"):
        PIGEON["create"](load_settings({}), memory_engine)


async def test_the_conversation_test_of_the_page_passes(memory_engine: sa.Engine) -> None:
    names: dict[str, Any] = {"FakeMessenger": FakeMessenger, "PigeonAdapter": PIGEON["PigeonAdapter"]}
    exec(compile(BLOCKS[1], str(PAGE), "exec"), names)
    await names["test_a_conversation"](memory_engine)
