"""What an attacker might try: strings in every input, paths, headers, requests that are none."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.instance import Instance
from bot.settings import load_settings
from bot.web.quiet_server import QuietRunner
from channels.web.app import create_app
from tests.channels.fake_runtime import FakeRuntime

XSS = ("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "javascript:alert(1)",
       "</textarea><svg onload=alert(1)>", "{{ 7 * 7 }}", "\u2028</title><base href=//evil.example>")  # fmt: skip
VERSIONS = re.compile(r"aiohttp|python/|jinja|werkzeug|\b3\.\d+\.\d+\b", re.IGNORECASE)
Raw = Callable[[bytes], Awaitable[str]]


@pytest.fixture
async def raw(app: web.Application) -> Any:
    """Send bytes to the real server and return all it says."""
    runner = QuietRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]

    async def send(data: bytes) -> str:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(data)
        answered = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        return answered.decode()

    yield send
    await runner.cleanup()


def _pages(app: web.Application) -> list[str]:
    """Addresses of all pages without a part to fill in."""
    paths = {route.resource.canonical for route in app.router.routes() if route.resource and route.method == "GET"}
    return sorted(path for path in paths if "{" not in path and not path.startswith("/api/"))


async def test_strings_in_every_query_become_no_html(app: web.Application, client: TestClient) -> None:
    pages = [path for path in _pages(app) if not path.endswith(".pdf")]
    assert {"/", "/chat", "/melden", "/foerderung", "/anlaufstellen"} <= set(pages)
    names = ("frage", "zu", "nummer", "ort", "thema", "zielgruppe", "art", "status", "suche", "seite", "q")
    for path in pages:
        for attack in XSS:
            query = "&".join(f"{name}={quote(attack)}" for name in names)
            async with client.get(f"{path}?{query}", headers={"Accept": "text/html"}) as response:
                html = await response.text()
                assert response.status < 500, path
            assert "alert(1)</script>" not in html and "<img src=x" not in html and "<svg onload" not in html, path
            assert "<base" not in html and 'href="javascript:' not in html and ">49<" not in html, path


@pytest.mark.parametrize("attack", XSS)
async def test_strings_in_paths_become_no_html(client: TestClient, attack: str) -> None:
    for prefix in ("/", "/foerderung/", "/anlaufstellen/", "/static/", "/api/"):
        async with client.get(prefix + quote(attack, safe=""), headers={"Accept": "text/html"}) as response:
            body = await response.text()
            assert response.status == 404
        kind = response.headers["Content-Type"]
        assert kind.startswith("application/json") or attack not in body or "<" not in attack


@pytest.mark.parametrize("path", [
    "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/..%5capp.py", "/static//etc/passwd",
    "/static/....//app.py", "/static/widget/../../app.py", "/static/%00site.css", "/static/.stamp", "/static/",
    "/channels/web/app.py", "/instance.yml", "/.git/config", "/var/navigator.db",
])  # fmt: skip
async def test_nothing_but_the_public_files_is_served(raw: Raw, path: str) -> None:
    answered = await raw(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert re.match(r"HTTP/1\.[01] (404|400) ", answered)


@pytest.mark.parametrize("data", [
    b"GARBAGE\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
    b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
], ids=["garbage", "version", "tls", "long", "header", "length", "both-lengths"])  # fmt: skip
async def test_what_is_no_http_learns_nothing(raw: Raw, data: bytes) -> None:
    answered = await raw(data)
    assert answered.startswith(("HTTP/1.0 400", "HTTP/1.1 400"))
    assert "Server: Digitalnavigator" in answered and not VERSIONS.search(answered.replace("HTTP/1.", ""))


@pytest.mark.parametrize("path", ["/", "/chat", "/melden", "/gibt-es-nicht", "/api/chat", "/healthz", "/readyz"])
async def test_no_answer_names_a_version(client: TestClient, path: str) -> None:
    async with client.get(path) as response:
        told = json.dumps(dict(response.headers)) + (await response.text() if path != "/" else "")
    assert not VERSIONS.search(told)
    assert response.headers["Server"] == "Digitalnavigator"


@pytest.mark.parametrize(("url", "sent"), [
    ("https://navigator.example.de", True), ("http://navigator.example.de", False), ("", False),
])  # fmt: skip
async def test_browsers_are_told_to_insist_on_https_where_there_is_https(
    fake: FakeRuntime, instance: Instance, catalogue_engine: sa.Engine, aiohttp_client: Any, url: str, sent: bool
) -> None:
    app = create_app(fake, load_settings({"NAVIGATOR_PUBLIC_URL": url}), instance, catalogue_engine)
    client = await aiohttp_client(app)
    for path in ("/", "/gibt-es-nicht", "/static/site.css"):
        async with client.get(path) as response:
            assert ("Strict-Transport-Security" in response.headers) is sent


async def test_no_page_of_another_site_reads_or_frames_ours(app: web.Application, client: TestClient) -> None:
    for path in _pages(app):
        async with client.get(path, headers={"Origin": "https://evil.example"}) as response:
            headers = response.headers
        assert "Access-Control-Allow-Origin" not in headers, path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "unsafe" not in headers["Content-Security-Policy"] and "Set-Cookie" not in headers, path


@pytest.mark.parametrize("path", ["/chat", "/chat/loeschen", "/melden", "/barrierefreiheit/melden"])
@pytest.mark.parametrize(("kind", "body", "status"), [
    ("application/x-www-form-urlencoded", b"text=" + b"x" * 70_000, 413),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(2000)), 413),
    ("application/x-www-form-urlencoded; charset=erfunden", b"text=x", 400),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--x--', 415),
    ("text/plain", b"text=x", 415),
    ("application/x-www-form-urlencoded", b"\xff\xfe=\xff&text=%ff%00", 400),
])  # fmt: skip
async def test_forms_that_are_too_large_or_none_are_refused(
    client: TestClient, fake: FakeRuntime, path: str, kind: str, body: bytes, status: int
) -> None:
    async with client.post(path, data=body, headers={"Content-Type": kind}) as response:
        assert response.status in ((400, 422) if status == 400 else (status,))
    assert fake.heard == []
