"""``/datenschutz``: erase what somebody wrote, by the number of the call-back."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import web

from bot.curation.erasure import Found, erase, find
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/datenschutz"
ENTRY = Entry(PATH, "Datenschutz", Right.ERASE, "Hier löschen Sie auf Wunsch, was ein Mensch geschrieben hat.")


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(PATH, show, Right.ERASE), post(PATH, look_up, Right.ERASE), post(PATH + "/loeschen", take, Right.ERASE),
    ]


async def show(request: web.Request) -> web.Response:
    """Ask for the number."""
    return _page(request)


async def look_up(request: web.Request) -> web.Response:
    """Show what would be erased."""
    number = form_of(request).get("nummer", "")
    try:
        found = await asyncio.to_thread(find, request.app[ENGINE], number)
    except NavigatorError as error:
        return _page(request, number, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(request, found.number, found)


async def take(request: web.Request) -> web.Response:
    """Erase it."""
    number = form_of(request).get("nummer", "")
    await asyncio.to_thread(erase, request.app[ENGINE], number, person_of(request).name)
    await go_on(request, PATH, "Das Gespräch und der Rückruf sind gelöscht.")


def _page(request: web.Request, number: str = "", found: Found | None = None, problem: str = "",
          status: int = HTTPStatus.OK) -> web.Response:
    return page(request, "erasure.html", {"number": number[:40], "found": found, "problem": problem}, status)
