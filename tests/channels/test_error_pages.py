"""Errors: a page with ways on for people, JSON for programs."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.instance import Instance
from bot.runtime.gate import BUSY, Rejected
from bot.web import error_pages
from channels.web.app import MAX_BODY_BYTES
from tests.channels.markup import assert_sound

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
WAYS_ON = ("/", "/chat", "/foerderung", "/anlaufstellen")


async def broken(request: web.Request) -> web.Response:
    """Fail in the way the address says."""
    kind = request.match_info["kind"]
    if kind == "busy":
        raise Rejected(BUSY, "Gerade ist viel los.")
    if kind == "read":
        await request.read()
    if kind == "429":
        raise web.HTTPTooManyRequests(headers={"Retry-After": "7"})
    if kind == "418":
        raise web.HTTPException(text="geheim")
    raise RuntimeError("geheim: post@beispiel.example")


@pytest.fixture
async def failing(app: web.Application, aiohttp_client: Any) -> TestClient:
    """An application with addresses that fail."""
    app.router.add_route("*", "/kaputt/{kind}", broken)
    app.router.add_route("*", "/api/kaputt/{kind}", broken)
    return await aiohttp_client(app)


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/gibt-es-nicht", 404), ("GET", "/anlaufstellen/gibt-es-nicht", 404), ("POST", "/impressum", 405),
    ("GET", "/kaputt/429", 429), ("GET", "/kaputt/busy", 429), ("GET", "/kaputt/500", 500),
])
async def test_people_see_a_page_with_ways_on(failing: TestClient, instance: Instance, method: str, path: str,
                                              status: int) -> None:
    async with failing.request(method, path, headers=BROWSER) as response:
        assert response.status == status
        assert response.content_type == "text/html"
        html = await response.text()
        number = response.headers["X-Request-ID"]
    page = assert_sound(html)
    assert set(WAYS_ON) <= set(page.links)
    assert instance.agency.phone in page.text
    assert "geheim" not in html and "Traceback" not in html
    assert (number in page.text) is (status == 500)


async def test_too_much_text_is_refused_with_advice(failing: TestClient) -> None:
    async with failing.post("/kaputt/read", headers=BROWSER, data=b"x" * (MAX_BODY_BYTES + 1)) as response:
        assert response.status == 413
        assert "Kürzen Sie" in assert_sound(await response.text()).text


@pytest.mark.parametrize(("path", "headers", "status"), [
    ("/api/gibt-es-nicht", BROWSER, 404), ("/api/kaputt/500", BROWSER, 500), ("/gibt-es-nicht", {}, 404),
    ("/gibt-es-nicht", {"Accept": "application/json"}, 404), ("/static/gibt-es-nicht.css", BROWSER, 404),
])
async def test_programs_get_json(failing: TestClient, path: str, headers: dict[str, str], status: int) -> None:
    async with failing.get(path, headers=headers) as response:
        assert response.status == status
        assert response.content_type == "application/json"
        assert (await response.json())["error"]["message"]


async def test_headers_of_the_error_are_kept(failing: TestClient) -> None:
    async with failing.get("/kaputt/429", headers=BROWSER) as response:
        assert response.headers["Retry-After"] == "7"
    async with failing.post("/impressum", headers=BROWSER) as response:
        assert "GET" in response.headers["Allow"]


async def test_if_even_the_page_fails_there_is_a_sentence(failing: TestClient, instance: Instance,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> web.Response:
        raise RuntimeError("geheim")

    monkeypatch.setattr(error_pages, "page", fail)
    async with failing.get("/kaputt/500", headers=BROWSER) as response:
        assert response.status == 500
        assert instance.agency.phone in (await response.json())["error"]["message"]
