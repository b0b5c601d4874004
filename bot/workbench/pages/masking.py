"""``/datenschutz/streichen``: try out what is struck out of a sentence before it is stored. Nothing is kept."""

from __future__ import annotations

from aiohttp import web

from bot.records.masking import without_personal
from bot.records.personal import find_personal
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/datenschutz/streichen"
MOST_CHARACTERS = 4096


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show, Right.ERASE), post(PATH, try_out, Right.ERASE)]


async def show(request: web.Request) -> web.Response:
    """Ask for a sentence."""
    return page(request, "masking.html", {"text": "", "longest": MOST_CHARACTERS})


async def try_out(request: web.Request) -> web.Response:
    """Show what would be stored of it."""
    text = form_of(request).get("text", "")[:MOST_CHARACTERS]
    found = [(text[each.start:each.end], each.kind.value) for each in find_personal(text)]
    context = {"text": text, "longest": MOST_CHARACTERS, "stored": without_personal(text), "found": found}
    return page(request, "masking.html", context)
