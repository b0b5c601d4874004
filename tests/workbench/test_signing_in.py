"""Signing in and out: wrong passwords, limits, rotation, time-outs, links that work once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.records.audit import Filter
from bot.records.one_time_links import VALID, LinkStore
from bot.records.rights import Role
from bot.records.staff_sessions import IDLE, LONGEST, StaffSessionStore
from bot.web.csrf import FIELD, TOKENS
from bot.workbench.attempts import ATTEMPTS, MOST, SECONDS, Attempts
from bot.workbench.keys import ACCOUNTS, AUDIT, ENGINE, LINKS, SESSIONS
from bot.workbench.pages.login import own_path
from bot.workbench.passwords import fault_of
from bot.workbench.people import PASSWORDS
from tests.workbench.browsing import COOKIE, Seen, account, see
from tests.workbench.conftest import SECRET, SignIn

PASSWORD = "vier leise Kiesel tanzen"


class Clock:
    """Time passes when the test says so."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 21, 12, tzinfo=dt.timezone.utc)
        self.seconds = 1000.0

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def anna(app: web.Application) -> Any:
    made = account(app, "anna", Role.EDITOR)
    app[ACCOUNTS].set_password(made.id, app[PASSWORDS].hash(PASSWORD), "Test")
    return made


async def send(client: TestClient, path: str, **fields: str) -> Seen:
    """Send a form of somebody who is not signed in."""
    token = client.app[TOKENS].token("werkbank.-")  # type: ignore[union-attr]
    return await see(client, "POST", path, data={FIELD: token, **fields}, headers={"Accept": "text/html"})


async def sign_in(client: TestClient, name: str = "anna", password: str = PASSWORD, target: str = "/") -> Seen:
    return await send(client, "/anmelden", name=name, kennwort=password, weiter=target)


def set_cookie(seen: Seen) -> str:
    return str(seen.headers.get("Set-Cookie", ""))


async def test_signing_in_and_out(client: TestClient, anna: Any) -> None:
    seen = await sign_in(client, " ANNA ", target="/konto")
    assert (seen.status, seen.location) == (303, "/konto")
    cookie = set_cookie(seen)
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" not in cookie
    assert "Guten Tag" in (await see(client, "GET", "/")).text
    token = client.app[TOKENS].token(f"werkbank.{anna.id}")  # type: ignore[union-attr]
    out = await see(client, "POST", "/abmelden", data={FIELD: token})
    assert out.location == "/anmelden" and 'Max-Age=0' in set_cookie(out)
    assert (await see(client, "GET", "/")).location == "/anmelden"


@pytest.mark.parametrize(("name", "password"), [("anna", "falsch"), ("niemand", PASSWORD), ("", ""), ("ohne", "")])
async def test_what_is_wrong_is_not_said(app: web.Application, client: TestClient, anna: Any, name: str, password: str
                                         ) -> None:
    account(app, "ohne")
    seen = await sign_in(client, name, password)
    assert seen.status == 422 and "Name oder Kennwort stimmen nicht" in seen.text and not set_cookie(seen)


async def test_a_locked_account_is_out_at_once(app: web.Application, client: TestClient, anna: Any) -> None:
    account(app, "chefin", Role.ADMIN)
    await sign_in(client)
    app[ACCOUNTS].set_active(anna.id, False, "chefin")
    assert (await see(client, "GET", "/")).location == "/anmelden"
    assert (await sign_in(client)).status == 422


async def test_attempts_are_limited_per_account(app: web.Application, client: TestClient, anna: Any) -> None:
    clock = Clock()
    app[ATTEMPTS]._accounts._clock = lambda: clock.seconds
    for _ in range(MOST):
        assert (await sign_in(client, password="falsch")).status == 422
    refused = await sign_in(client)
    assert refused.status == 429 and "zu viele Versuche" in refused.text
    assert (await sign_in(client, "berta")).status == 422
    clock.seconds += SECONDS / MOST
    assert (await sign_in(client)).status == 303


async def test_attempts_are_limited_per_address(app: web.Application, anna: Any) -> None:
    attempts = Attempts("X-Forwarded-For", lambda: 0.0)

    def wait(address: str, name: str) -> int:
        return attempts.wait(make_request(address), name)

    from aiohttp.test_utils import make_mocked_request

    def make_request(address: str) -> web.Request:
        return make_mocked_request("POST", "/anmelden", headers={"X-Forwarded-For": address})

    assert [wait("203.0.113.7", f"name-{number}") for number in range(MOST)] == [0] * MOST
    assert wait("203.0.113.7", "another") > 0
    assert wait("203.0.113.8", "another-one") == 0


async def test_a_session_that_somebody_planted_is_worth_nothing(client: TestClient, anna: Any) -> None:
    client.session.cookie_jar.update_cookies({COOKIE: "planted"}, client.make_url("/"))
    seen = await sign_in(client)
    assert f"{COOKIE}=" in set_cookie(seen) and "planted" not in set_cookie(seen)


async def test_signing_in_again_ends_the_session_before(app: web.Application, staff: SignIn) -> None:
    browser = await staff(Role.EDITOR, name="anna")
    app[ACCOUNTS].set_password(browser.person.id, app[PASSWORDS].hash(PASSWORD), "Test")
    token = app[SESSIONS].open(browser.person.id, "anna")
    browser.client.session.cookie_jar.update_cookies({COOKIE: token}, browser.client.make_url("/"))
    assert (await browser.post("/anmelden", {"name": "anna", "kennwort": PASSWORD})).status == 303
    assert app[SESSIONS].find(token) is None


async def test_other_roles_mean_another_token(app: web.Application, staff: SignIn) -> None:
    browser = await staff(Role.READER)
    app[ACCOUNTS].set_roles(browser.person.id, [Role.EDITOR], "chefin")
    seen = await browser.get("/")
    assert set_cookie(seen).startswith(f"{COOKIE}=") and browser.token not in set_cookie(seen)
    assert app[SESSIONS].find(browser.token) is None
    assert (await browser.get("/")).status == 200


async def test_https_makes_the_cookie_secure(app: web.Application, client: TestClient, anna: Any) -> None:
    from dataclasses import replace

    from bot.workbench.keys import SETTINGS

    app[SETTINGS] = replace(app[SETTINGS], workbench_url="https://werkbank.example.de")
    cookie = set_cookie(await sign_in(client))
    assert cookie.startswith("__Host-werkbank=") and "Secure" in cookie and "Path=/" in cookie


def test_sessions_end(app: web.Application) -> None:
    clock = Clock()
    store = StaffSessionStore(app[ENGINE], SECRET, clock)
    anna = account(app, "anna")
    idle, busy = store.open(anna.id, "anna"), store.open(anna.id, "anna")
    clock.now += IDLE / 2
    assert store.find(busy)
    clock.now += IDLE / 2
    assert store.find(idle) is None and store.find(busy)
    for _ in range(int(LONGEST / IDLE) * 2 - 3):
        clock.now += IDLE / 2
        assert store.find(busy)
    clock.now += IDLE / 2
    assert store.find(busy) is None
    assert store.counts() == {}


def test_another_secret_ends_all_sessions(app: web.Application) -> None:
    token = app[SESSIONS].open(account(app, "anna").id, "anna")
    assert app[SESSIONS].find(token)
    assert StaffSessionStore(app[ENGINE], b"another").find(token) is None


async def test_the_first_account(app: web.Application, client: TestClient) -> None:
    path = "/einladung/" + app[LINKS].make(None, "System", "erstes Konto")
    assert "Erstes Konto anlegen" in (await see(client, "GET", path)).text
    fields = {"name": "A.Muster", "title": "Anna Muster", "password": PASSWORD, "repeated": PASSWORD}
    seen = await send(client, path, **{**fields, "repeated": "anders als das"})
    assert seen.status == 422 and "nicht gleich" in seen.text and PASSWORD not in seen.html
    assert (await send(client, path, **fields)).location == "/"
    made = app[ACCOUNTS].named("a.muster")
    assert made and made.roles == {Role.EDITOR, Role.RELEASER, Role.ADMIN}
    assert "Guten Tag, Anna Muster" in (await see(client, "GET", "/")).text
    assert [entry.action for entry in app[AUDIT].find(Filter(subject="a.muster"))] == [
        "anmeldung", "konto.kennwort", "konto.angelegt"]
    assert "gilt nicht mehr" in (await see(client, "GET", path)).text


async def test_a_link_sets_a_password_once(app: web.Application, client: TestClient, staff: SignIn) -> None:
    browser = await staff(Role.EDITOR)
    link = app[LINKS].make(browser.person.id, "chefin", "anna")
    newer = app[LINKS].make(browser.person.id, "chefin", "anna")
    fields = {"password": PASSWORD, "repeated": PASSWORD}
    assert (await send(client, f"/einladung/{link}", **fields)).status == 422
    assert (await send(client, f"/einladung/{newer}", **fields)).status == 303
    assert (await send(client, f"/einladung/{newer}", **fields)).status in (403, 422)
    assert (await browser.get("/")).location == "/anmelden", "whoever was signed in with the old password is out"


def test_links_expire_and_of_two_uses_one_succeeds(app: web.Application) -> None:
    clock = Clock()
    links = LinkStore(app[ENGINE], SECRET, clock)
    token = links.make(None, "System", "erstes Konto")
    assert links.find(token) and not links.find(token + "x")
    assert links.redeem(token) and not links.redeem(token)
    late = links.make(None, "System", "erstes Konto")
    clock.now += VALID
    assert links.find(late) is None and not links.redeem(late)


@pytest.mark.parametrize(("password", "part"), [
    ("kurz", "zu kurz"), ("x" * 129, "zu lang"), ("ababababababab", "wenige"), ("Passwort-Passwort", "erraten"),
    ("anna.muster-2026", "erraten"), (PASSWORD, None),
])  # fmt: skip
def test_passwords(password: str, part: str | None) -> None:
    fault = fault_of(password, "anna.muster")
    assert (fault is None) if part is None else (part in (fault or ""))


@pytest.mark.parametrize(("target", "path"), [
    ("/freigabe?seite=2", "/freigabe?seite=2"), ("", "/"), ("https://evil.example", "/"), ("//evil.example", "/"),
    ("/\\evil.example", "/"), ("/anmelden?weiter=/", "/"), ("/a\nb", "/"),
])  # fmt: skip
def test_one_is_led_to_our_own_pages_only(target: str, path: str) -> None:
    assert own_path(target) == path
