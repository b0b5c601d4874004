"""``/anmelden/haus``: signing in through the login service of the agency."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import web

from bot.errors import NavigatorError
from bot.records.accounts import Account, AccountStore
from bot.records.rights import Role
from bot.workbench.keys import ACCOUNTS
from bot.workbench.oidc import BEGUN_SECONDS, CALLBACK, LOGIN, Identity, LoginService
from bot.workbench.pages.login import own_path
from bot.workbench.people import is_https, sign_in
from bot.workbench.rendering import page
from bot.workbench.routes import Door, get

BEGIN = "/anmelden/haus"
BY = "Anmeldedienst"
"""Who changes accounts here, for the log."""
COOKIE = "werkbank-haus"


def routes() -> list[web.RouteDef]:
    """Return the routes; without a login service they are not there."""
    return [get(BEGIN, begin, Door.EVERYBODY), get(CALLBACK, come_back, Door.EVERYBODY)]


async def begin(request: web.Request) -> web.Response:
    """Lead to the login service."""
    url, cookie = await _service(request).begin(own_path(request.query.get("weiter", "")))
    answer = web.HTTPSeeOther(url)
    # The way back comes from another site, so a strict cookie would not be sent along.
    answer.set_cookie(COOKIE, cookie, max_age=BEGUN_SECONDS, path=BEGIN, httponly=True, samesite="Lax",
                      secure=is_https(request))
    raise answer


async def come_back(request: web.Request) -> web.Response:
    """Take the answer of the login service and sign the person in.

    It ends with a page of ours that leads on: a browser sends the strict cookie only to what our own pages ask for.
    """
    service = _service(request)
    begun = service.begun(request.cookies.get(COOKIE, ""), request.query.get("state", ""))
    if "code" not in request.query:
        raise NavigatorError("Sie haben die Anmeldung abgebrochen, oder der Anmeldedienst lässt Sie nicht zu – "
                             "beginnen Sie noch einmal.")
    identity = await service.finish(begun, request.query["code"])
    account = await asyncio.to_thread(account_for, request.app[ACCOUNTS], identity)
    await sign_in(request, account)
    response = page(request, "signed_in.html", {"target": begun.target}, HTTPStatus.OK)
    response.del_cookie(COOKIE, path=BEGIN)
    return response


def account_for(accounts: AccountStore, identity: Identity) -> Account:
    """Return the account of somebody, connected, made and with its roles brought up to date as the settings want it.

    Raises:
        NavigatorError: If there is none for this person.
    """
    account = accounts.of_subject(identity.subject) or _connected(accounts, identity)
    roles = _known(identity)
    if account is None and roles and identity.name:
        account = accounts.add(identity.name, identity.title, roles, BY, identity.subject)
    if account is None or not account.active:
        named = f" mit dem Namen „{identity.name}“" if identity.name else ""
        raise NavigatorError(f"Für Sie gibt es hier kein offenes Konto{named} – bitten Sie eine Person mit der Rolle "
                             "Verwaltung darum.")
    if roles is not None:
        accounts.set_roles(account.id, roles, BY)
    return accounts.get(account.id) or account


def _connected(accounts: AccountStore, identity: Identity) -> Account | None:
    """Connect an account that was made for this name and that nobody has used yet.

    One with a password stays apart: its owner need not be the person whom the login service calls so.
    """
    account = accounts.named(identity.name) if identity.name else None
    if account is None:
        return None
    if account.has_password or account.subject:
        raise NavigatorError(f"Das Konto „{account.name}“ ist nicht mit dem Anmeldedienst verbunden – melden Sie "
                             "sich mit Kennwort an, oder bitten Sie die Verwaltung um ein Konto mit anderem Namen.")
    accounts.set_subject(account.id, identity.subject, BY)
    return account


def _known(identity: Identity) -> frozenset[Role] | None:
    """Return the roles that the login service gives; ``None`` if it gives none."""
    if identity.roles is None:
        return None
    return frozenset(role for role in Role if role.value in identity.roles)


def _service(request: web.Request) -> LoginService:
    service = request.app[LOGIN].service
    if service is None:
        raise web.HTTPNotFound
    return service
