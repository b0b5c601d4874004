"""``/meldungen``: what visitors report – facts that are no longer right, and barriers."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.curation import reports as rules
from bot.records.reports import ReportKind, ReportStore
from bot.records.rights import Right
from bot.workbench.keys import ENGINE
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/meldungen"
_ONE = PATH + "/{number:M-[A-Z]{6}}"


async def _waiting(request: web.Request) -> int:
    return len(await asyncio.to_thread(ReportStore(request.app[ENGINE]).open_reports))


ENTRY = Entry(PATH, "Meldungen", Right.EDIT, "Hier sehen Sie, was Besucherinnen und Besucher melden.", _waiting)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show_all, Right.EDIT), post(f"{_ONE}/ansehen", look, Right.CALL_BACK),
            post(f"{_ONE}/erledigt", close, Right.EDIT)]


async def show_all(request: web.Request) -> web.Response:
    """List what is open, without addresses."""
    found = await asyncio.to_thread(ReportStore(request.app[ENGINE]).open_reports)
    return page(request, "reports.html", {
        "errors": [each for each in found if each.kind is ReportKind.ERROR],
        "barriers": [each for each in found if each.kind is ReportKind.BARRIER],
        "may_look": Right.CALL_BACK in person_of(request).rights,
    })


async def look(request: web.Request) -> web.Response:
    """Show one with the address for an answer. It is a form because the look is noted."""
    found = await asyncio.to_thread(
        rules.look, request.app[ENGINE], request.match_info["number"], person_of(request).name)
    return page(request, "report.html", {"report": found})


async def close(request: web.Request) -> web.StreamResponse:
    """It is done."""
    number = request.match_info["number"]
    await asyncio.to_thread(rules.close, request.app[ENGINE], number, person_of(request).name)
    await go_on(request, PATH, f"{number} ist erledigt. Eine Adresse, die dabei stand, ist gelöscht.")
