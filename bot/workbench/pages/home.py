"""``/``: what one can do here, and what waits."""

from __future__ import annotations

from aiohttp import web

from bot.workbench.navigation import entries_for
from bot.workbench.people import person_of
from bot.workbench.rendering import page
from bot.workbench.routes import Door, get


def routes() -> list[web.RouteDef]:
    """Return the routes of the start page and of the health check."""
    return [get("/", start, Door.SIGNED_IN), get("/healthz", alive, Door.EVERYBODY)]


async def start(request: web.Request) -> web.Response:
    """Show all areas the person may open."""
    areas = []
    for entry in entries_for(request.app, person_of(request)):
        areas.append((entry, await entry.waiting(request) if entry.waiting else 0))
    return page(request, "home.html", {"areas": areas})


async def alive(request: web.Request) -> web.Response:
    """Say that the process answers."""
    return web.json_response({"status": "ok"})
