"""A Graph API on this machine that refuses what the real one refuses.

Limits and answers as in ``https://developers.facebook.com/documentation/business-messaging/whatsapp/``: pages
``messages/text-messages``, ``messages/interactive-reply-buttons-messages``, ``messages/interactive-list-messages``,
``typing-indicators`` and ``support/error-codes``. The body of a list may be longer there by now; we stay below.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from tests.channels.whatsapp.official import PHONE_ID

TOKEN = "EAAJB-test"
VERSION = "/v26.0"
INVALID = 131009
TEXTS = {"text": 4096, "body": 1024, "button": 20, "row": 24, "description": 72, "section": 24}


class Refused(Exception):
    """The real service would not take this."""


class GraphApi:
    """Takes messages, remembers them, and fails when told to."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        """Messages that were taken."""
        self.read: list[dict[str, Any]] = []
        """Signs of reading and typing."""
        self.wrong: list[str] = []
        """Why messages were refused."""
        self.next: list[web.Response] = []
        """Given instead of an answer to a message, first come first."""
        self.no_signs = False
        """Whether signs of reading fail."""
        self.busy: asyncio.Event | None = None
        """Nothing is answered before it is set."""

    def fail(self, code: int, status: int = 400, headers: dict[str, str] | None = None, **further: Any) -> None:
        """Answer the next message with an error of the Cloud API."""
        self.next.append(error(code, status, headers, **further))

    def app(self) -> web.Application:
        """Return the service."""
        app = web.Application()
        app.router.add_post(f"{VERSION}/{{phone_id}}/messages", self._messages)
        return app

    async def _messages(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return error(190, 401, type="OAuthException")
        if request.match_info["phone_id"] != PHONE_ID:
            return error(100, 400)
        if self.busy is not None:
            await self.busy.wait()
        content = await request.json()
        if self.no_signs and content.get("status"):
            return error(131000, 500)
        if self.next and not content.get("status"):
            return self.next.pop(0)
        try:
            return self._take(content)
        except Refused as why:
            self.wrong.append(str(why))
            return error(INVALID, 400)

    def _take(self, content: dict[str, Any]) -> web.Response:
        _must(content.get("messaging_product") == "whatsapp", "product")
        if content.get("status"):
            _must(content["status"] == "read" and content["message_id"].startswith("wamid."), "status")
            _must(content.get("typing_indicator") in (None, {"type": "text"}), "typing")
            self.read.append(content)
            return web.json_response({"success": True})
        to, recipient = content.get("to"), content.get("recipient")
        _must(bool(to) != bool(recipient), "to or recipient")
        _must(content["recipient_type"] == ("individual" if recipient or to.isdigit() else "group"), "recipient type")
        check(content)
        self.sent.append(content)
        return web.json_response({
            "messaging_product": "whatsapp", "contacts": [{"input": to or recipient, "wa_id": to} if to else
                                                          {"input": recipient, "user_id": recipient}],
            "messages": [{"id": f"wamid.{len(self.sent)}"}]})


def check(content: dict[str, Any]) -> None:
    """Refuse a message the real service would refuse.

    Raises:
        Refused: With the place.
    """
    if content["type"] == "text":
        _within(content["text"]["body"], "text")
        return
    _must(content["type"] == "interactive", "type")
    interactive = content["interactive"]
    _within(interactive["body"]["text"], "body")
    _must(interactive["type"] in ("button", "list"), "interactive type")
    (_check_buttons if interactive["type"] == "button" else _check_list)(interactive["action"])


def _check_buttons(action: dict[str, Any]) -> None:
    buttons = [button["reply"] for button in action["buttons"] if button["type"] == "reply"]
    _must(1 <= len(buttons) <= 3 and len(buttons) == len(action["buttons"]), "number of buttons")
    _all(buttons, "title", TEXTS["button"])
    _all(buttons, "id", 256)


def _check_list(action: dict[str, Any]) -> None:
    _within(action["button"], "button")
    _must(1 <= len(action["sections"]) <= 10, "sections")
    rows = [row for section in action["sections"] for row in section["rows"]]
    _must(1 <= len(rows) <= 10, "number of rows")
    for section in action["sections"]:
        _within(section["title"], "section")
    _all(rows, "title", TEXTS["row"])
    _all(rows, "id", 200)
    for row in rows:
        _must("description" not in row or 1 <= len(row["description"]) <= TEXTS["description"], "description")


def _all(parts: Iterable[dict[str, Any]], name: str, most: int) -> None:
    texts = [part[name] for part in parts]
    _must(all(text.strip() and len(text) <= most for text in texts), name)
    _must(len(set(texts)) == len(texts), f"{name} twice")


def _within(text: str, name: str) -> None:
    _must(bool(text.strip()) and len(text) <= TEXTS[name], name)


def _must(holds: bool, place: str) -> None:
    if not holds:
        raise Refused(place)


def error(code: int, status: int, headers: dict[str, str] | None = None, **further: Any) -> web.Response:
    """Return an error as the Graph API gives it."""
    content = {"message": f"(#{code}) Something", "type": "OAuthException", "code": code,
               "error_data": {"messaging_product": "whatsapp", "details": "Details"},
               "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam", **further}
    return web.json_response({"error": content}, status=status, headers=headers)
