"""Every route of the workbench, also those others add: no form without token, nothing without the right."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.records.rights import Right, Role, rights_of
from bot.web.csrf import FIELD, TOKENS
from bot.web.static_files import PREFIX
from bot.workbench.routes import Door, need_of
from tests.workbench.browsing import see
from tests.workbench.conftest import SignIn

HTML = {"Accept": "text/html"}
OPEN = {"/anmelden", "/anmelden/haus", "/anmelden/haus/zurueck", "/abmelden", "/einladung/{token}",
        "/healthz", "/static/{name}"}
"""What one may ask for without being signed in; nobody adds to it by accident."""
SAMPLES = ("1", "V-ABCDEF", "M-ABCDEF", "R-ABCDEF", "A-ABCDEF", "anna", "utter_danke",
           "20261121-120000-abcdefabcdef.tar.gz", "t-0123456789abcdef0123", "saetze.csv")
"""Values for the variable parts of addresses; the first that fits is taken."""


def routes(app: web.Application, method: str) -> list[tuple[str, web.AbstractRoute]]:
    """Return all routes of a method with an address that leads to them."""
    found = []
    for route in app.router.routes():
        if route.method == method and route.resource:
            found.append((address(route.resource), route))
    assert found
    return found


def address(resource: web.AbstractResource) -> str:
    """Return an address that leads to a resource; a new kind of address needs a new sample."""
    names = [part[1:-1] for part in resource.canonical.split("/") if part.startswith("{")]
    pattern = resource.get_info().get("pattern")
    paths = [str(resource.url_for(**dict.fromkeys(names, sample))) for sample in SAMPLES]
    return next(path for path in paths if pattern is None or pattern.fullmatch(path))


def test_there_are_no_other_methods(app: web.Application) -> None:
    assert {route.method for route in app.router.routes()} == {"GET", "HEAD", "POST"}


def test_few_routes_are_open(app: web.Application) -> None:
    assert {route.resource.canonical for route in app.router.routes()
            if route.resource and need_of(route.handler) is Door.EVERYBODY} <= OPEN


async def test_no_form_without_its_token(app: web.Application, staff: SignIn, client: TestClient) -> None:
    everything = await staff(*Role)
    nobody = await staff(name="berta")
    foreign = app[TOKENS].token(f"werkbank.{nobody.person.id}")
    for path, route in routes(app, "POST"):
        for data in ({"x": "1"}, {FIELD: ""}, {FIELD: foreign}, {FIELD: app[TOKENS].token("werkbank.-")}):
            seen = await see(everything.client, "POST", path, data=data, headers=HTML)
            assert seen.status == 403, (path, data)
        if need_of(route.handler) is Door.EVERYBODY:
            assert (await see(client, "POST", path, data={"x": "1"}, headers=HTML)).status == 403, path


async def test_no_form_from_another_site_and_nothing_but_forms(app: web.Application, staff: SignIn) -> None:
    everything = await staff(*Role)
    for path, _ in routes(app, "POST"):
        assert (await everything.post(path, **{"Sec-Fetch-Site": "cross-site"})).status == 403, path
        sent = await see(everything.client, "POST", path, json={}, headers=HTML)
        assert sent.status == 415, path


async def test_nothing_without_the_right(app: web.Application, staff: SignIn) -> None:
    seen_rights = set()
    for method in ("GET", "POST"):
        for path, route in routes(app, method):
            need = need_of(route.handler)
            if isinstance(need, Right):
                seen_rights.add(need)
                lacking = [role for role in Role if need not in rights_of([role])]
                person = await staff(*lacking, name=f"ohne-{need.name.lower()}")
                seen = await (person.get(path) if method == "GET" else person.post(path))
                assert seen.status == 403 and "fehlt Ihnen eine Rolle" in seen.text, (method, path)
    assert {Right.MANAGE, Right.AUDIT, Right.ERASE} <= seen_rights


async def test_nothing_without_signing_in(app: web.Application, client: TestClient) -> None:
    for path, route in routes(app, "GET"):
        seen = await see(client, "GET", path, headers=HTML)
        if need_of(route.handler) is Door.EVERYBODY:
            assert seen.status != 303 or path.startswith(PREFIX), path
        else:
            assert seen.status == 303 and seen.location.startswith("/anmelden"), path
    token = app[TOKENS].token("werkbank.-")
    for path, route in routes(app, "POST"):
        if need_of(route.handler) is not Door.EVERYBODY:
            seen = await see(client, "POST", path, data={FIELD: token}, headers=HTML)
            assert seen.status == 403 and "nicht mehr angemeldet" in seen.text, path


@pytest.mark.parametrize("role", Role)
async def test_every_role_opens_its_pages(app: web.Application, staff: SignIn, role: Role) -> None:
    person = await staff(role)
    opened = [path for path, route in routes(app, "GET") if need_of(route.handler) in person.person.rights]
    for path in opened:
        assert (await person.get(path)).status in (200, 303, 404, 422), path
