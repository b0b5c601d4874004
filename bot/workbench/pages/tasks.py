"""``/aufgaben``: what the editors still have to write."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.errors import NavigatorError
from bot.records.editorial_tasks import TITLES, TaskKind, TaskStore
from bot.records.rights import Right
from bot.workbench.keys import ENGINE
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/aufgaben"


def routes() -> list[web.RouteDef]:
    """Return the routes. The way here leads through the inbox."""
    return [get(PATH, show, Right.EDIT), post(PATH + "/{number:A-[A-Z]{6}}/erledigt", close, Right.EDIT)]


async def show(request: web.Request) -> web.Response:
    """List what is open."""
    tasks = await asyncio.to_thread(TaskStore(request.app[ENGINE]).open_tasks)
    return page(request, "tasks.html", {"tasks": tasks, "titles": TITLES, "answer": TaskKind.ANSWER})


async def close(request: web.Request) -> web.StreamResponse:
    """It is done."""
    number = request.match_info["number"]
    if not await asyncio.to_thread(TaskStore(request.app[ENGINE]).close, number, person_of(request).name):
        raise NavigatorError(f"Eine offene Aufgabe {number} gibt es nicht – laden Sie die Liste neu.")
    await go_on(request, PATH, f"{number} ist erledigt.")
