"""Somebody who is signed in and clicks through the workbench."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.records.accounts import Account
from bot.records.rights import Role
from bot.web.csrf import FIELD, TOKENS
from bot.workbench.keys import ACCOUNTS, SESSIONS

COOKIE = "werkbank"
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Seen:
    """An answer."""

    status: int
    html: str
    location: str
    headers: Any

    @property
    def text(self) -> str:
        """What one reads, without tags and with single blanks."""
        return " ".join(html.unescape(_TAGS.sub(" ", self.html)).split())


class Staff:
    """One person with a browser."""

    def __init__(self, client: TestClient, app: web.Application, person: Account) -> None:
        self.client, self.app, self.person = client, app, person
        self.token = app[SESSIONS].open(person.id, person.name)
        client.session.cookie_jar.update_cookies({COOKIE: self.token}, client.make_url("/"))

    async def get(self, path: str, **headers: str) -> Seen:
        """Open a page."""
        return await see(self.client, "GET", path, headers={"Accept": "text/html", **headers})

    async def post(self, path: str, data: Any = None, **headers: str) -> Seen:
        """Send a form with the token that our pages put into it."""
        token = self.app[TOKENS].token(f"werkbank.{self.person.id}")
        fields = [(FIELD, token), *(data.items() if isinstance(data, dict) else data or [])]
        return await see(self.client, "POST", path, data=fields, headers={"Accept": "text/html", **headers})


async def see(client: TestClient, method: str, path: str, **options: Any) -> Seen:
    """Ask without following where an answer leads."""
    if options.get("data") == []:
        options["data"] = {"": ""}
    async with client.request(method, path, allow_redirects=False, **options) as response:
        return Seen(response.status, await response.text(), response.headers.get("Location", ""), response.headers)


def account(app: web.Application, name: str, *roles: Role) -> Account:
    """Return the account of this name; it is made if it is not there."""
    accounts = app[ACCOUNTS]
    return accounts.named(name) or accounts.add(name, name.capitalize() + " Beispiel", roles, "Test")
