"""Signing in through a login service: who is let in, with which roles, and which lies are refused."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient
from joserfc.jwk import RSAKey
from yarl import URL

from bot.errors import NavigatorError
from bot.instance import load_instance
from bot.records.audit import Filter
from bot.records.rights import Role
from bot.settings import load_settings
from bot.workbench.app import create_app
from bot.workbench.keys import ACCOUNTS, AUDIT
from bot.workbench.oidc import login_service
from tests.workbench.browsing import Seen, see
from tests.workbench.conftest import SECRET
from tests.workbench.login_provider import CLIENT_ID, CLIENT_SECRET, Provider

HTML = {"Accept": "text/html"}
Start = Callable[..., Awaitable[TestClient]]


@pytest.fixture
async def provider(aiohttp_server: Any) -> Provider:
    made = Provider()
    server = await aiohttp_server(made.create_app())
    made.url = str(server.make_url("")).rstrip("/")
    return made


@pytest.fixture
def start(provider: Provider, catalogue_engine: sa.Engine, aiohttp_client: Any, unused_tcp_port: int) -> Start:
    """Start the workbench with the service; the roles come from a claim if one is named."""

    async def begin(claim: str = "") -> TestClient:
        from aiohttp.test_utils import TestServer

        settings = load_settings({
            "NAVIGATOR_OIDC_ISSUER": provider.issuer, "NAVIGATOR_OIDC_CLIENT_ID": CLIENT_ID,
            "NAVIGATOR_OIDC_CLIENT_SECRET": CLIENT_SECRET, "NAVIGATOR_OIDC_ROLES_CLAIM": claim,
            "NAVIGATOR_WORKBENCH_URL": f"http://127.0.0.1:{unused_tcp_port}",
        })
        app = create_app(settings, load_instance(settings), catalogue_engine, SECRET)
        return await aiohttp_client(TestServer(app, port=unused_tcp_port))

    return begin


async def sign_in(client: TestClient, tamper: Callable[[str], str] = str) -> Seen:
    """Go to the service and come back, as a browser does."""
    begun = await see(client, "GET", "/anmelden/haus?weiter=/konto", headers=HTML)
    assert begun.status == 303, begun.text
    async with client.session.get(URL(begun.location, encoded=True), allow_redirects=False) as answer:
        back = URL(answer.headers["Location"])
    assert back.port == client.port
    return await see(client, "GET", tamper(back.raw_path_qs), headers=HTML)


def _app(client: TestClient) -> web.Application:
    return client.app  # type: ignore[return-value]


async def test_an_account_made_for_the_person_is_connected(start: Start) -> None:
    client = await start()
    accounts = _app(client)[ACCOUNTS]
    made = accounts.add("b.muster", "Berta Muster", [Role.EDITOR], "chefin")
    assert "Konto Ihres Hauses" in (await see(client, "GET", "/anmelden", headers=HTML)).text
    seen = await sign_in(client)
    assert seen.status == 200 and 'content="0; url=/konto"' in seen.html
    cookies = "\n".join(seen.headers.getall("Set-Cookie"))
    assert "werkbank=" in cookies and "SameSite=Strict" in cookies and 'werkbank-haus="";' in cookies
    assert "Berta Muster" in (await see(client, "GET", "/konto", headers=HTML)).text
    connected = accounts.get(made.id)
    assert connected and connected.subject and connected.roles == {Role.EDITOR}
    assert (await sign_in(client)).status == 200


async def test_the_person_is_known_by_the_service_not_by_the_name(start: Start, provider: Provider) -> None:
    client = await start()
    _app(client)[ACCOUNTS].add("b.muster", "Berta Muster", [Role.ADMIN], "chefin")
    assert (await sign_in(client)).status == 200
    provider.person["sub"] = "another person who now has this name"
    assert (await sign_in(client)).status == 422


async def test_an_account_with_a_password_is_not_taken_over(start: Start) -> None:
    client = await start()
    accounts = _app(client)[ACCOUNTS]
    made = accounts.add("b.muster", "Berta Muster", [Role.ADMIN], "chefin")
    accounts.set_password(made.id, "hash", "b.muster")
    seen = await sign_in(client)
    assert seen.status == 422 and "nicht mit dem Anmeldedienst verbunden" in seen.text


async def test_without_an_account_one_is_told_whom_to_ask(start: Start) -> None:
    client = await start()
    seen = await sign_in(client)
    assert seen.status == 422 and "kein offenes Konto mit dem Namen „b.muster“" in seen.text
    assert _app(client)[ACCOUNTS].all() == []


async def test_who_is_locked_stays_out(start: Start) -> None:
    client = await start()
    accounts = _app(client)[ACCOUNTS]
    made = accounts.add("b.muster", "Berta Muster", [Role.EDITOR], "chefin")
    accounts.set_active(made.id, False, "chefin")
    assert (await sign_in(client)).status == 422


async def test_roles_come_from_the_claim_at_every_sign_in(start: Start, provider: Provider) -> None:
    client = await start("realm_access.roles")
    accounts = _app(client)[ACCOUNTS]
    provider.person["realm_access"] = {"roles": ["redaktion", "freigabe", "etwas-anderes"]}
    assert (await sign_in(client)).status == 200
    made = accounts.named("b.muster")
    assert made and made.roles == {Role.EDITOR, Role.RELEASER} and made.title == "Berta Muster"
    provider.person["realm_access"] = {"roles": ["lesen"]}
    assert (await sign_in(client)).status == 200
    changed = accounts.named("b.muster")
    assert changed and changed.roles == {Role.READER}
    assert {entry.who for entry in _app(client)[AUDIT].find(Filter(action="konto."))} == {"Anmeldedienst"}


async def test_a_claim_without_a_role_of_ours_makes_no_account(start: Start, provider: Provider) -> None:
    client = await start("groups")
    for groups in (["etwas-anderes"], None, {"redaktion": True}):
        provider.person["groups"] = groups
        assert (await sign_in(client)).status == 422
    assert _app(client)[ACCOUNTS].all() == []


@pytest.mark.parametrize("lies", [
    {"aud": "another-client"}, {"aud": None}, {"aud": ["another-client", CLIENT_ID], "azp": "another-client"},
    {"aud": "another-client", "azp": CLIENT_ID}, {"iss": "https://evil.example"}, {"nonce": "another"},
    {"nonce": None}, {"exp": int(time.time()) - 3600},
    {"sub": None}, {"iat": None}, {"at_hash": "bm90IHRoZSBoYXNo"},
])  # fmt: skip
async def test_what_is_not_meant_for_us_is_refused(start: Start, provider: Provider, lies: dict[str, Any]) -> None:
    client = await start("groups")
    provider.person["groups"] = ["verwaltung"]
    provider.lies = lies
    seen = await sign_in(client)
    assert seen.status == 422 and "nicht gelungen" in seen.text
    assert provider.exchanged == 1 and _app(client)[ACCOUNTS].all() == []
    provider.lies = {}
    assert (await sign_in(client)).status == 200


async def test_another_signature_is_refused(start: Start, provider: Provider) -> None:
    client = await start("groups")
    provider.person["groups"] = ["verwaltung"]
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "k1"})
    assert (await sign_in(client)).status == 422


async def test_only_the_browser_that_began_may_come_back(start: Start, provider: Provider) -> None:
    client = await start("groups")
    provider.person["groups"] = ["lesen"]
    changed = await sign_in(client, lambda path: path.replace("state=", "state=x"))
    assert changed.status == 422
    paths: list[str] = []
    await sign_in(client, lambda path: paths.append(path) or path)  # type: ignore[func-returns-value]
    client.session.cookie_jar.clear()
    assert (await see(client, "GET", paths[0], headers=HTML)).status == 422
    assert (await see(client, "GET", "/anmelden/haus/zurueck?code=x&state=", headers=HTML)).status == 422


async def test_pkce_ties_the_code_to_the_browser(start: Start, provider: Provider) -> None:
    client = await start("groups")
    provider.person["groups"] = ["lesen"]

    def another_challenge(path: str) -> str:
        for asked in provider.codes.values():
            asked["code_challenge"] = "of somebody else"
        return path

    assert (await sign_in(client, another_challenge)).status == 422
    assert provider.exchanged == 0


async def test_who_turns_back_is_told(start: Start, provider: Provider) -> None:
    provider.refuses = True
    seen = await sign_in(await start())
    assert seen.status == 422 and "abgebrochen" in seen.text


async def test_a_service_that_does_not_answer(catalogue_engine: sa.Engine, aiohttp_client: Any, unused_tcp_port: int
                                              ) -> None:
    settings = load_settings({"NAVIGATOR_OIDC_ISSUER": f"http://127.0.0.1:{unused_tcp_port}",
                              "NAVIGATOR_OIDC_CLIENT_ID": "x"})
    client = await aiohttp_client(create_app(settings, load_instance(settings), catalogue_engine, SECRET))
    seen = await see(client, "GET", "/anmelden/haus", headers=HTML)
    assert seen.status == 422 and "antwortet nicht" in seen.text


async def test_without_a_service_there_is_no_such_page(client: TestClient) -> None:
    assert (await see(client, "GET", "/anmelden/haus", headers=HTML)).status == 404
    assert "Konto Ihres Hauses" not in (await see(client, "GET", "/anmelden", headers=HTML)).text


@pytest.mark.parametrize("given", [
    {"ISSUER": "https://login.example.de"}, {"CLIENT_ID": "x"},
    {"ISSUER": "http://login.example.de", "CLIENT_ID": "x"},
])  # fmt: skip
def test_half_a_service_is_refused(given: dict[str, str]) -> None:
    settings = load_settings({f"NAVIGATOR_OIDC_{name}": value for name, value in given.items()})
    with pytest.raises(NavigatorError, match="NAVIGATOR_OIDC_ISSUER"):
        login_service(settings, SECRET, "http://127.0.0.1:8081")
