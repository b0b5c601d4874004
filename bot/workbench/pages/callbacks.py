"""``/rueckrufe``: who wants to be called back, and until when that was promised."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.curation import callbacks as rules
from bot.records.callbacks import CallbackStore
from bot.records.rights import Right
from bot.workbench.keys import ENGINE, INSTANCE
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/rueckrufe"
_ONE = PATH + "/{number:R-[A-Z]{6}}"
WAYS = {"telefon": "Anruf", "email": "E-Mail"}


async def _waiting(request: web.Request) -> int:
    return len(await asyncio.to_thread(CallbackStore(request.app[ENGINE]).open_requests))


ENTRY = Entry(PATH, "Rückrufe", Right.CALL_BACK, "Hier sehen Sie, wer auf Ihren Anruf oder Ihre E-Mail wartet.",
              _waiting)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show_all, Right.CALL_BACK), post(f"{_ONE}/ansehen", look, Right.CALL_BACK),
            post(f"{_ONE}/erledigt", close, Right.CALL_BACK)]


async def show_all(request: web.Request) -> web.Response:
    """List what is open, without addresses."""
    promise = request.app[INSTANCE].human_handoff.reply_within
    found = await asyncio.to_thread(rules.waiting, request.app[ENGINE], promise)
    return page(request, "callbacks.html", {"waiting": found, "promise": promise, "ways": WAYS})


async def look(request: web.Request) -> web.Response:
    """Show one with its address. It is a form because the look is noted."""
    found = await asyncio.to_thread(
        rules.look, request.app[ENGINE], request.match_info["number"], person_of(request).name)
    return page(request, "callback.html", {"request": found, "ways": WAYS})


async def close(request: web.Request) -> web.StreamResponse:
    """It is done."""
    number = request.match_info["number"]
    await asyncio.to_thread(rules.close, request.app[ENGINE], number, person_of(request).name)
    await go_on(request, PATH, f"{number} ist erledigt. Rufnummer oder Adresse sind gelöscht.")
