"""The page, the health checks, the headers and the description of the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from jsonschema import Draft202012Validator

from bot.contract.validator import load_schema
from channels.web.rendering import phone_link
from tests.channels.fake_runtime import FakeRuntime


@pytest.fixture
async def html(client: TestClient) -> str:
    """The start page."""
    async with client.get("/") as response:
        assert response.status == 200
        return await response.text()


async def test_page_says_who_speaks_and_how_to_reach_a_person(html: str, instance: Any) -> None:
    assert '<html lang="de">' in html
    assert "KI-System" in html
    assert f'href="tel:{phone_link(instance.agency.phone)}">{instance.agency.phone}</a>' in html


async def test_page_is_accessible_in_the_ways_a_test_can_see(html: str) -> None:
    assert 'name="viewport"' in html
    assert re.search(r"<digital-navigator[^>]*>.*?<form [^>]*action=\"/chat\"", html, re.DOTALL)
    assert html.count("<h1") == 1


async def test_page_needs_no_inline_code_and_nothing_from_elsewhere(client: TestClient, html: str) -> None:
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)
    loaded = re.findall(r'<(?:link|script|img|source|iframe)[^>]+(?:src|href)="([^"]+)"', html)
    files = [address for address in loaded if address.startswith("/static/")]
    assert len(files) >= 2
    assert files == loaded
    for file in files:
        async with client.get(file) as response:
            assert response.status == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/widget/digital-navigator.js", "/gibt-es-nicht",
                                  "/api/openapi.json"])
async def test_security_headers_stand_everywhere(client: TestClient, path: str) -> None:
    async with client.get(path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "aiohttp" not in response.headers["Server"]
        assert response.headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_health(client: TestClient, fake: FakeRuntime) -> None:
    async with client.get("/healthz") as response:
        assert response.status == 200
    async with client.get("/readyz") as response:
        assert (response.status, (await response.json())["ready"]) == (200, True)
    fake.checks["wissensbasis"] = False
    async with client.get("/readyz") as response:
        assert response.status == 503
        assert await response.json() == {"ready": False, "checks": fake.checks}


async def test_description_holds_the_schema_of_the_contract(client: TestClient) -> None:
    async with client.get("/api/openapi.json") as response:
        described = await response.json()
    schemas = described["components"]["schemas"]
    assert schemas["answer"]["properties"]["kind"] == load_schema()["$defs"]["answer"]["properties"]["kind"]
    references = set(re.findall(r"'\$ref': '#/components/(\w+)/(\w+)'", str(described)))
    assert references
    for group, name in references:
        assert name in described["components"][group]
    resolved = {**schemas["ChatRequest"], "components": described["components"]}
    validator = Draft202012Validator(resolved)
    assert validator.is_valid({"session": "sitzung-12345", "text": "Hallo"})
    assert not validator.is_valid({"session": "sitzung-12345"})


async def test_runtime_is_closed_with_the_application(client: TestClient, fake: FakeRuntime) -> None:
    await client.close()
    assert fake.closed


@pytest.mark.parametrize(("phone", "link"), [("02331 4887814", "+4923314887814"), ("+49 2331 48", "+49233148")])
def test_phone_link(phone: str, link: str) -> None:
    assert phone_link(phone) == link
