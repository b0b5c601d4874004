"""Which foreign sites may use the chat: those in ``instance.yml``, nobody else, and only what the widget needs."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.web.request_ids import Handler
from channels.web.keys import INSTANCE

OPEN_PATHS = ("/api/chat", "/api/config", "/api/feedback", "/static/widget/")
"""Beginnings of the addresses the widget uses."""
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Content-Type, X-Navigator-Session",
    "Access-Control-Max-Age": "3600",
}


def set_up(app: web.Application) -> None:
    """Answer browsers that ask whether a site may use the widget. Call it before other headers are added."""
    app.middlewares.append(answer_preflight)
    app.on_response_prepare.append(allow_sites)


@web.middleware
async def answer_preflight(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer the question a browser asks before it sends anything."""
    if request.method != "OPTIONS" or not _allowed(request):
        return await handler(request)
    return web.Response(status=HTTPStatus.NO_CONTENT, headers=_ALLOWED)


async def allow_sites(request: web.Request, response: web.StreamResponse) -> None:
    """Let the sites of ``instance.yml`` read what the widget reads; the widget itself may be loaded by them."""
    if not request.path.startswith(OPEN_PATHS):
        return
    response.headers.add("Vary", "Origin")
    if _allowed(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _allowed(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return origin in request.app[INSTANCE].embed_origins and request.path.startswith(OPEN_PATHS)
