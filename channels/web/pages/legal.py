"""What the law wants to be seen: Impressum, Datenschutz, Barrierefreiheit, KI-Transparenz, Einfache Sprache."""

from __future__ import annotations

from aiohttp import web

from bot.web.rendering import page
from channels.web.keys import STORE, TODAY
from channels.web.pages.start import holdings
from channels.web.rendering import LEGAL


def routes() -> list[web.AbstractRouteDef]:
    """Return the routes of the pages in the footer; each has a template of its own name."""
    return [web.get(address, show) for address, _ in LEGAL]


async def show(request: web.Request) -> web.Response:
    """Show one of the pages; what the agency has not filled in yet is marked."""
    name = request.path.strip("/").replace("-", "_")
    context = {"holdings": holdings(request.app[STORE], request.app[TODAY]())}
    return page(request, f"legal/{name}.html", context)
