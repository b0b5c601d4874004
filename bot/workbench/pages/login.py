"""``/anmelden`` and ``/abmelden``."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import web

from bot.log import get_logger
from bot.records.accounts import Account, plain_name
from bot.workbench.attempts import ATTEMPTS
from bot.workbench.forms import form_of
from bot.workbench.guard import SIGN_IN
from bot.workbench.keys import ACCOUNTS
from bot.workbench.oidc import LOGIN
from bot.workbench.passwords import LONGEST
from bot.workbench.people import PASSWORDS, go_on, sign_in, sign_out, visitor_of
from bot.workbench.rendering import page
from bot.workbench.routes import Door, get, post

_WRONG = "Name oder Kennwort stimmen nicht. Prüfen Sie beides und versuchen Sie es noch einmal."
_LONGEST_NAME = 80
_log = get_logger(__name__)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(SIGN_IN, show, Door.EVERYBODY), post(SIGN_IN, take, Door.EVERYBODY),
        post("/abmelden", leave, Door.EVERYBODY),
    ]


async def show(request: web.Request) -> web.Response:
    """Show the form; who is signed in already goes on."""
    target = own_path(request.query.get("weiter", ""))
    if visitor_of(request):
        await go_on(request, target)
    return _form(request, target)


async def take(request: web.Request) -> web.Response:
    """Sign somebody in."""
    form = form_of(request)
    name, password = plain_name(form.get("name", ""))[:_LONGEST_NAME], form.get("kennwort", "")[:LONGEST + 1]
    target = own_path(form.get("weiter", ""))
    minutes = request.app[ATTEMPTS].wait(request, name)
    if minutes:
        problem = f"Das waren zu viele Versuche. Warten Sie {minutes} {'Minute' if minutes == 1 else 'Minuten'}."
        return _form(request, target, name, problem, HTTPStatus.TOO_MANY_REQUESTS)
    account = await _known(request, name, password)
    if account is None:
        _log.warning("workbench.sign_in_failed")
        return _form(request, target, name, _WRONG, HTTPStatus.UNPROCESSABLE_ENTITY)
    await sign_in(request, account)
    raise web.HTTPSeeOther(target)


async def leave(request: web.Request) -> web.Response:
    """Sign somebody out."""
    await sign_out(request)
    raise web.HTTPSeeOther(SIGN_IN)


async def _known(request: web.Request, name: str, password: str) -> Account | None:
    accounts, passwords = request.app[ACCOUNTS], request.app[PASSWORDS]

    def find() -> Account | None:
        account = accounts.named(name)
        stored = accounts.password_hash(account.id) if account and account.active else None
        if not passwords.fits(stored, password) or account is None or stored is None:
            return None
        if passwords.is_outdated(stored):
            accounts.renew_hash(account.id, passwords.hash(password))
        return account

    return await asyncio.to_thread(find)


def own_path(target: str) -> str:
    """Return the path somebody wanted to see, if it is one of ours; else the start page."""
    is_path = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if is_path and not target.startswith(SIGN_IN) else "/"


def _form(request: web.Request, target: str, name: str = "", problem: str = "", status: int = HTTPStatus.OK
          ) -> web.Response:
    return page(request, "login.html", {
        "target": target, "name": name, "problem": problem, "has_service": request.app[LOGIN].service is not None,
    }, status)
