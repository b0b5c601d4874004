"""Limits per client with a clock of the test: who asks too often waits, others do not."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from bot import log
from bot.instance import Instance
from bot.settings import load_settings
from bot.web import buckets as counting
from bot.web.buckets import Buckets
from channels.web import limits
from channels.web.app import create_app
from channels.web.limits import LIMITS, Kind, Limits, kind_of
from tests.channels.fake_runtime import FakeRuntime

ANNA, BERTA = "203.0.113.7", "203.0.113.8"
SETTINGS = {"NAVIGATOR_PROXY_HEADER": "X-Forwarded-For", "NAVIGATOR_CHAT_PER_MINUTE": "2",
            "NAVIGATOR_FORMS_PER_MINUTE": "1", "NAVIGATOR_PAGES_PER_MINUTE": "3", "NAVIGATOR_PDF_PER_MINUTE": "1"}
Start = Callable[[dict[str, str]], Awaitable[TestClient]]


class Clock:
    """Time passes when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start(
    fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine, clock: Clock, aiohttp_client: Any
) -> Start:
    async def begin(environ: dict[str, str]) -> TestClient:
        settings = load_settings(environ)
        app = create_app(fake, settings, instance, catalogue_engine)
        app[LIMITS] = Limits(settings, clock)
        return await aiohttp_client(app)

    return begin


async def _status(client: TestClient, path: str, forwarded: str = "", method: str = "GET", **more: Any) -> int:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    async with client.request(method, path, headers=headers, **more) as response:
        return response.status


async def _chat(client: TestClient, forwarded: str) -> int:
    message = {"session": "sitzung-12345", "text": "Hallo"}
    return await _status(client, "/api/chat", forwarded, "POST", json=message)


@pytest.mark.parametrize(("method", "path", "kind"), [
    ("POST", "/api/chat", Kind.CHAT), ("POST", "/api/chat/stream", Kind.CHAT), ("DELETE", "/api/chat", Kind.CHAT),
    ("POST", "/chat", Kind.CHAT), ("POST", "/melden", Kind.FORMS), ("POST", "/barrierefreiheit/melden", Kind.FORMS),
    ("POST", "/unbekannt", Kind.FORMS), ("GET", "/", Kind.PAGES), ("GET", "/api/chat/history", Kind.PAGES),
    ("GET", "/foerderung/x.pdf", Kind.PDF), ("GET", "/foerderung/x/pdf", Kind.PDF),
    ("GET", "/static/site.css", None), ("GET", "/healthz", None),
    ("POST", "/webhooks/telegram", None),
])  # fmt: skip
def test_every_request_is_of_a_kind(method: str, path: str, kind: Kind | None) -> None:
    assert kind_of(method, path) is kind


async def test_who_writes_too_often_waits_and_others_do_not(start: Start, clock: Clock) -> None:
    client = await start(SETTINGS)
    assert [await _chat(client, ANNA) for _ in range(3)] == [200, 200, 429]
    assert await _chat(client, BERTA) == 200
    assert await _status(client, "/healthz", ANNA) == 200
    clock.now += 29
    assert await _chat(client, ANNA) == 429
    clock.now += 2
    assert [await _chat(client, ANNA) for _ in range(2)] == [200, 429]


async def test_refusal_says_in_german_how_long_to_wait(start: Start, fake: FakeRuntime) -> None:
    client = await start({**SETTINGS, "NAVIGATOR_CHAT_PER_MINUTE": "1"})
    await _chat(client, ANNA)
    heard = len(fake.heard)
    body = {"session": "sitzung-12345", "text": "Hallo"}
    async with client.post("/api/chat", json=body, headers={"X-Forwarded-For": ANNA}) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "60")
        error = (await response.json())["error"]
    assert error["code"] == "too_many_requests" and "Bitte" in error["message"]
    assert len(fake.heard) == heard


async def test_kinds_are_counted_apart(start: Start) -> None:
    client = await start(SETTINGS)
    assert [await _status(client, "/", ANNA) for _ in range(4)] == [200, 200, 200, 429]
    assert await _chat(client, ANNA) == 200
    assert [await _status(client, "/gibt-es-nicht.pdf", ANNA) for _ in range(2)] == [404, 429]


async def test_only_the_entry_of_our_own_proxy_counts(start: Start) -> None:
    client = await start({**SETTINGS, "NAVIGATOR_CHAT_PER_MINUTE": "1"})
    assert [await _chat(client, f"198.51.100.{number}, {ANNA}") for number in range(2)] == [200, 429]


async def test_a_network_of_ipv6_is_one_client(start: Start) -> None:
    client = await start({**SETTINGS, "NAVIGATOR_CHAT_PER_MINUTE": "1"})
    assert [await _chat(client, f"2001:db8:0:1::{number}") for number in (1, 2)] == [200, 429]
    assert await _chat(client, "2001:db8:0:2::1") == 200


async def test_this_machine_is_not_limited_but_a_proxy_without_its_setting_is_logged(start: Start) -> None:
    heard = io.StringIO()
    log.configure("INFO", heard)
    client = await start({**SETTINGS, "NAVIGATOR_PROXY_HEADER": ""})
    assert [await _chat(client, "") for _ in range(4)] == [200] * 4
    assert "proxy_header_not_set" not in heard.getvalue()
    assert [await _chat(client, ANNA) for _ in range(4)] == [200] * 4
    assert heard.getvalue().count("proxy_header_not_set") == 1


async def test_no_address_is_logged(start: Start) -> None:
    heard = io.StringIO()
    log.configure("DEBUG", heard)
    client = await start(SETTINGS)
    assert [await _chat(client, ANNA) for _ in range(3)][-1] == 429
    assert all(json.loads(line) for line in heard.getvalue().splitlines())
    assert "web.answered" in heard.getvalue() and ANNA not in heard.getvalue()


def test_the_key_of_addresses_changes_every_day(clock: Clock) -> None:
    kept = Limits(load_settings(SETTINGS), clock)
    today = kept._clients._daily_key()
    kept._buckets[Kind.CHAT].take(b"anna")
    assert kept._clients._daily_key() == today and kept._buckets[Kind.CHAT]._clients
    clock.now += 24 * 60 * 60
    assert kept._clients._daily_key() != today and not kept._buckets[Kind.CHAT]._clients


def test_zero_means_no_limit_and_only_so_many_clients_are_remembered(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = Buckets(0, clock)
    assert [free.take(b"anna") for _ in range(1000)] == [0.0] * 1000
    monkeypatch.setattr(counting, "MOST_CLIENTS", 10)
    buckets = Buckets(1, clock)
    assert [buckets.take(str(number).encode()) for number in range(100)] == [0.0] * 100
    assert len(buckets._clients) == 10
    assert buckets.take(b"99") > 0


async def test_what_takes_too_long_is_given_up(
    start: Start, fake: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: Any, **__: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(limits, "REQUEST_SECONDS", 0.01)
    monkeypatch.setattr(fake, "handle", never)
    client = await start(SETTINGS)
    assert await _chat(client, ANNA) == 503


async def test_a_browser_gets_a_page_that_says_whom_to_call(start: Start, instance: Instance) -> None:
    client = await start({**SETTINGS, "NAVIGATOR_PAGES_PER_MINUTE": "1"})
    await _status(client, "/", ANNA)
    async with client.get("/", headers={"X-Forwarded-For": ANNA, "Accept": "text/html"}) as response:
        html = await response.text()
    assert (response.status, response.headers["Retry-After"], response.content_type) == (429, "60", "text/html")
    assert instance.agency.phone in html
