"""``/``: the landing page with the chat in the middle."""

from __future__ import annotations

from aiohttp import web

from channels.web.rendering import page

EXAMPLES = (
    "Gibt es Zuschüsse für neue Software in meinem Betrieb?",
    "Wer bezahlt meine Weiterbildung?",
    "Wer berät mich in meiner Nähe?",
)
"""Questions to begin with."""


def routes() -> list[web.AbstractRouteDef]:
    """Return the route of the page."""
    return [web.get("/", start)]


async def start(request: web.Request) -> web.Response:
    """Show the page."""
    return page(request, "start.html", {"examples": EXAMPLES})
