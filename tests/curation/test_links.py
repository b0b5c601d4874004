"""Addresses are fine, dead or unclear; what was found before is not forgotten."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.curation.links import Link, LinkState, check, links_of, load, save
from bot.errors import NavigatorError
from knowledge_base.loader import load_catalogue
from tests.knowledge_base.broken import SAMPLE

DAY = dt.date(2026, 11, 21)


@pytest.fixture
async def server(aiohttp_server: Any) -> Any:
    """A site with pages of all kinds."""

    async def fine(request: web.Request) -> web.Response:
        return web.Response(text="da")

    async def code(request: web.Request) -> web.Response:
        return web.Response(status=int(request.match_info["code"]))

    async def home(request: web.Request) -> web.Response:
        raise web.HTTPFound("/")

    app = web.Application()
    app.add_routes([web.get("/", fine), web.get("/seite", fine), web.get("/fehler/{code}", code),
                    web.get("/umgezogen", home)])
    return await aiohttp_server(app)


@pytest.mark.parametrize(("path", "state"), [
    ("/seite", LinkState.FINE), ("/", LinkState.FINE), ("/fehler/404", LinkState.DEAD),
    ("/fehler/410", LinkState.DEAD), ("/fehler/403", LinkState.UNCLEAR), ("/fehler/500", LinkState.UNCLEAR),
    ("/umgezogen", LinkState.UNCLEAR),
])
async def test_three_answers(server: Any, path: str, state: LinkState) -> None:
    (link,) = await check([str(server.make_url(path))], DAY)
    assert link.state is state and link.on == "2026-11-21"
    assert bool(link.note) is (state is not LinkState.FINE)


async def test_who_does_not_answer_is_unclear_not_dead(unused_tcp_port: int) -> None:
    (link,) = await check([f"http://127.0.0.1:{unused_tcp_port}/"], DAY, timeout=5)
    assert link.state is LinkState.UNCLEAR


def test_every_address_of_a_record_is_known() -> None:
    found = links_of(load_catalogue(SAMPLE))
    assert found and all(url.startswith("http") and records for url, records in found.items())
    assert ("programme", "kurszuschuss") in [record for records in found.values() for record in records]


def test_what_was_found_before_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "var" / "links.json"
    old, new = Link("https://a.de", LinkState.DEAD, "weg", "2026-11-01"), "https://b.de"
    save(file, [old])
    save(file, [Link(new, LinkState.FINE, "", "2026-11-21")])
    assert load(file)["https://a.de"] == old and load(file)[new].state is LinkState.FINE
    save(file, [Link("https://a.de", LinkState.FINE, "", "2026-11-21")])
    assert load(file)["https://a.de"].state is LinkState.FINE


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    file.write_text("[{}]", encoding="utf-8")
    with pytest.raises(NavigatorError, match="kein Ergebnis"):
        load(file)
