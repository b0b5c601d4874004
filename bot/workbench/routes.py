"""Routes say what one must be allowed to do. The application refuses one that does not."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Union

from aiohttp import web

from bot.records.rights import Right

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door(Enum):
    """Needs that are no right."""

    EVERYBODY = "everybody"
    """Also who is not signed in: only signing in itself, files, and whether the process lives."""
    SIGNED_IN = "signed in"
    """Everybody who is signed in."""


Need = Union[Right, Door]
_NEED = "workbench_need"


def get(path: str, handler: Handler, need: Need) -> web.RouteDef:
    """Return a route that shows something."""
    return web.get(path, _declared(handler, need))


def post(path: str, handler: Handler, need: Need) -> web.RouteDef:
    """Return a route that takes a form. Its token is checked before the handler sees it (``forms.form_of``)."""
    return web.post(path, _declared(handler, need))


def need_of(handler: object) -> Need | None:
    """Return what a handler needs; ``None`` if nobody declared it."""
    found: Need | None = getattr(handler, _NEED, None)
    return found


def refuse_undeclared(app: web.Application) -> None:
    """Make sure that every route says what it needs.

    Raises:
        RuntimeError: If one does not.
    """
    bare = [str(route) for route in app.router.routes() if need_of(route.handler) is None]
    if bare:
        raise RuntimeError(f"routes without a need: {bare}")


def _declared(handler: Handler, need: Need) -> Handler:
    @functools.wraps(handler)
    async def declared(request: web.Request) -> web.StreamResponse:
        return await handler(request)

    setattr(declared, _NEED, need)
    return declared
