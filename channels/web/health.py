"""``/healthz``: the process lives. ``/readyz``: people may write."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from channels.web.keys import RUNTIME


def routes() -> list[web.RouteDef]:
    """Return the routes of the health checks."""
    return [web.get("/healthz", alive), web.get("/readyz", ready)]


async def alive(request: web.Request) -> web.Response:
    """Say that the process answers."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """Say whether model, database and catalogue are there; 503 if not."""
    checks = dict(await request.app[RUNTIME].health())
    is_ready = all(checks.values())
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return web.json_response({"ready": is_ready, "checks": checks}, status=status)
