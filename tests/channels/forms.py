"""Reads the forms of a page and sends them like a browser without JavaScript."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from aiohttp.test_utils import TestClient

Sent = tuple[int, str]


class Form(HTMLParser):
    """One form: where it goes, what its fields hold, and which buttons it has."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.action = ""
        self.fields: dict[str, str] = {}
        self.buttons: list[str] = []
        self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given["action"].partition("#")[0]
        elif tag == "input":
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = ""
        elif tag == "button" and "value" in given:
            self.buttons.append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n")


def forms(html: str) -> list[Form]:
    """Return the POST forms of a page in order."""
    return [Form(part) for part in re.findall(r"<form [^>]*method=\"post\".*?</form>", html, re.DOTALL)]


async def fetch(client: TestClient, path: str) -> Sent:
    """Open a page."""
    async with client.get(path) as response:
        return response.status, await response.text()


async def send(client: TestClient, form: Form, headers: dict[str, str] | None = None, **changes: str) -> Sent:
    """Send a form, some of its fields filled in; redirects are followed."""
    browser = {"Sec-Fetch-Site": "same-origin", "Origin": "null", **(headers or {})}
    async with client.post(form.action, data={**form.fields, **changes}, headers=browser) as response:
        return response.status, await response.text()


def words(html: str) -> str:
    """Return what one reads of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))
