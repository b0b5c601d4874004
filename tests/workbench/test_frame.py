"""The frame: home page, menu by rights, errors as sentences, notices, files, headers."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.errors import NavigatorError
from bot.records.rights import Right, Role
from bot.workbench.navigation import ENTRIES, Entry
from bot.workbench.people import go_on
from bot.workbench.routes import Door, get, post, refuse_undeclared
from tests.workbench.browsing import see
from tests.workbench.conftest import SignIn

HTML = {"Accept": "text/html"}


@pytest.fixture
def app(app: web.Application) -> web.Application:
    """With one more part, as others add them."""

    async def fail(request: web.Request) -> web.Response:
        raise NavigatorError("Das Programm ist gerade in Arbeit – warten Sie eine Minute.")

    async def break_down(request: web.Request) -> web.Response:
        raise RuntimeError("secret detail")

    async def save(request: web.Request) -> web.Response:
        await go_on(request, "/", "Der Text ist gespeichert.")

    app.add_routes([get("/probe", fail, Right.EDIT), get("/kaputt", break_down, Door.SIGNED_IN),
                    post("/probe", save, Right.EDIT)])

    async def three(request: web.Request) -> int:
        return 3

    app[ENTRIES] = [Entry("/probe", "Texte", Right.EDIT, "Hier ändern Sie Texte.", three)]  # type: ignore[index]
    return app


async def test_home_greets_and_offers_what_one_may_do(staff: SignIn) -> None:
    seen = await (await staff(Role.EDITOR)).get("/")
    assert seen.status == 200
    assert "Guten Tag, Anna Beispiel" in seen.text and "Redaktion" in seen.text
    assert 'href="/probe"' in seen.html and "3 warten auf Sie" in seen.text


async def test_who_has_no_right_sees_no_entry_and_is_told_why(staff: SignIn) -> None:
    reader = await staff(Role.READER)
    assert "/probe" not in (await reader.get("/")).html
    refused = await reader.get("/probe")
    assert refused.status == 403 and "fehlt Ihnen eine Rolle" in refused.text


async def test_an_expected_error_is_a_sentence_on_a_page(staff: SignIn) -> None:
    seen = await (await staff(Role.EDITOR)).get("/probe")
    assert seen.status == 422
    assert "in Arbeit" in seen.text and "<nav" in seen.html


async def test_a_part_of_a_page_gets_the_sentence_at_the_top(staff: SignIn) -> None:
    seen = await (await staff(Role.EDITOR)).get("/probe", **{"HX-Request": "true"})
    assert seen.status == 422 and "<html" not in seen.html and "in Arbeit" in seen.text
    assert (seen.headers["HX-Retarget"], seen.headers["HX-Reswap"]) == ("#meldung", "innerHTML")


async def test_a_failure_shows_a_number_and_nothing_else(staff: SignIn) -> None:
    seen = await (await staff()).get("/kaputt")
    assert seen.status == 500
    assert "Vorgangsnummer" in seen.text and "secret" not in seen.html


async def test_a_notice_is_shown_once(staff: SignIn) -> None:
    editor = await staff(Role.EDITOR)
    sent = await editor.post("/probe")
    assert (sent.status, sent.location) == (303, "/")
    assert "Der Text ist gespeichert." in (await editor.get("/")).text
    assert "gespeichert" not in (await editor.get("/")).text


async def test_htmx_is_led_on_by_a_header(staff: SignIn) -> None:
    sent = await (await staff(Role.EDITOR)).post("/probe", **{"HX-Request": "true"})
    assert (sent.status, sent.headers["HX-Redirect"]) == (204, "/")


async def test_a_page_that_is_not_there(staff: SignIn, client: TestClient) -> None:
    assert (await (await staff()).get("/gibt-es-nicht")).status == 404
    assert (await see(client, "GET", "/gibt-es-nicht", headers=HTML)).status == 404


@pytest.mark.parametrize("path", ["/healthz", "/static/htmx.js", "/static/workbench.css"])
async def test_what_everybody_may_have(client: TestClient, path: str) -> None:
    assert (await see(client, "GET", path)).status == 200


async def test_headers_are_strict(staff: SignIn) -> None:
    seen = await (await staff()).get("/")
    policy = seen.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert seen.headers["Cache-Control"] == "no-store" and "aiohttp" not in seen.headers["Server"]
    assert "<script src=" in seen.html and "<style" not in seen.html and " style=" not in seen.html


def test_a_route_without_a_need_is_refused(app: web.Application) -> None:
    async def bare(request: web.Request) -> Any:
        raise AssertionError

    refuse_undeclared(app)
    app.router.add_get("/offen", bare)
    with pytest.raises(RuntimeError, match="/offen"):
        refuse_undeclared(app)
