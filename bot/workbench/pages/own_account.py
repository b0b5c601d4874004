"""``/konto``: one's own password and sessions."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import web

from bot.workbench.account_forms import ChangeForm
from bot.workbench.attempts import ATTEMPTS
from bot.workbench.forms import form_of
from bot.workbench.guard import SIGN_IN
from bot.workbench.keys import ACCOUNTS, SESSIONS
from bot.workbench.passwords import LONGEST
from bot.workbench.people import PASSWORDS, person_of, sign_in, sign_out
from bot.workbench.rendering import page
from bot.workbench.routes import Door, get, post

PATH = "/konto"
_WRONG = "Ihr jetziges Kennwort stimmt nicht."
_TOO_OFTEN = "Das waren zu viele Versuche. Warten Sie eine Viertelstunde."


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(PATH, show, Door.SIGNED_IN), post(PATH + "/kennwort", change_password, Door.SIGNED_IN),
        post(PATH + "/ueberall-abmelden", sign_out_everywhere, Door.SIGNED_IN),
    ]


async def show(request: web.Request) -> web.Response:
    """Show name, roles and the form for another password."""
    return _page(request, ChangeForm())


async def change_password(request: web.Request) -> web.Response:
    """Set another password; all other sessions end, this one goes on with a new token."""
    person, form = person_of(request), ChangeForm(form_of(request))
    form.owner = person.name
    if not form.validate():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.app[ATTEMPTS].wait(request, person.name):
        return _page(request, form, _TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
    accounts, passwords = request.app[ACCOUNTS], request.app[PASSWORDS]
    stored = await asyncio.to_thread(accounts.password_hash, person.id)
    if not await asyncio.to_thread(passwords.fits, stored, form.present.data):
        return _page(request, form, _WRONG, HTTPStatus.UNPROCESSABLE_ENTITY)
    hashed = await asyncio.to_thread(passwords.hash, form.password.data)
    await asyncio.to_thread(accounts.set_password, person.id, hashed, person.name)
    await sign_in(request, person)
    raise web.HTTPSeeOther(PATH + "?geaendert=1")


async def sign_out_everywhere(request: web.Request) -> web.Response:
    """End all sessions of the person, this one too."""
    await asyncio.to_thread(request.app[SESSIONS].close_all, person_of(request).id)
    await sign_out(request)
    raise web.HTTPSeeOther(SIGN_IN)


def _page(request: web.Request, form: ChangeForm, problem: str = "", status: int = HTTPStatus.OK) -> web.Response:
    notice = {"notice": "Ihr neues Kennwort gilt ab jetzt."} if "geaendert" in request.query else {}
    return page(request, "own_account.html", {"form": form, "problem": problem, "longest": LONGEST, **notice}, status)
