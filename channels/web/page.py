"""``/``: a plain page to talk to the bot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from channels.web.keys import INSTANCE

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")
EXAMPLES = (
    "Gibt es Zuschüsse für neue Software in meinem Betrieb?",
    "Wer bezahlt meine Weiterbildung?",
    "Wer berät mich in meiner Nähe?",
)
"""Questions to begin with."""


def routes() -> list[web.AbstractRouteDef]:
    """Return the routes of the page and its files."""
    return [web.get("/", start), web.static("/static", STATIC)]


@aiohttp_jinja2.template("chat.html")
async def start(request: web.Request) -> dict[str, Any]:
    """Show the page."""
    instance = request.app[INSTANCE]
    return {"instance": instance, "examples": EXAMPLES, "phone_link": phone_link(instance.agency.phone)}


def phone_link(phone: str) -> str:
    """Return a number as it stands in a ``tel:`` link, e.g. ``+4923314887814``."""
    digits = "".join(character for character in phone if character.isdigit())
    return f"+{digits}" if phone.strip().startswith("+") else f"+49{digits.removeprefix('0')}"
