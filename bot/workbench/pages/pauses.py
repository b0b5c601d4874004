"""``/pausieren``: take one programme, intent or channel out of service at once."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import web

from bot.curation.pausing import KINDS, LONGEST, Pausing
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE, INSTANCE, STORE
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from knowledge_base.pauses import Paused

PATH = "/pausieren"


async def count(request: web.Request) -> int:
    """Count what is paused, so that nobody forgets it."""
    return len(await asyncio.to_thread(_pausing(request).all))


ENTRY = Entry(PATH, "Pausieren", Right.READ, "Hier nehmen Sie ein Programm, eine Absicht oder einen Kanal heraus.",
              waiting=count)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(PATH, show, Right.READ), post(PATH, pause, Right.RELEASE), post(PATH + "/ende", resume, Right.RELEASE),
    ]


async def show(request: web.Request) -> web.Response:
    """Show what is paused, and the forms."""
    return await _page(request)


async def pause(request: web.Request) -> web.Response:
    """Pause something."""
    form = form_of(request)
    kind = _kind(form.get("art", ""))
    try:
        await asyncio.to_thread(
            _pausing(request).pause, kind, form.get("was", ""), form.get("text", ""), person_of(request))
    except NavigatorError as error:
        return await _page(request, kind, str(error))
    await go_on(request, PATH, "Pausiert. In einer Sekunde sagt der Bot Ihren Text.")


async def resume(request: web.Request) -> web.Response:
    """End a pause."""
    form = form_of(request)
    await asyncio.to_thread(_pausing(request).resume, _kind(form.get("art", "")), form.get("was", ""),
                            person_of(request))
    await go_on(request, PATH, "Die Pause ist beendet. In einer Sekunde antwortet der Bot wieder wie vorher.")


async def _page(request: web.Request, wrong: Paused | None = None, problem: str = "") -> web.Response:
    pausing = _pausing(request)
    paused = await asyncio.to_thread(pausing.all)
    choices = {kind: await asyncio.to_thread(pausing.choices, kind) for kind in Paused}
    sent = form_of(request) if problem else {}
    return page(request, "pauses.html", {
        "paused": paused, "choices": choices, "kinds": KINDS, "longest": LONGEST, "wrong": wrong, "problem": problem,
        "sent": sent, "may_pause": Right.RELEASE in person_of(request).rights,
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


def _pausing(request: web.Request) -> Pausing:
    return Pausing(request.app[ENGINE], request.app[STORE], request.app[INSTANCE])


def _kind(value: str) -> Paused:
    if value not in {kind.value for kind in Paused}:
        raise web.HTTPBadRequest
    return Paused(value)
