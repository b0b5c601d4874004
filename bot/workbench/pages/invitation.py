"""``/einladung/…``: a link that works once. It makes the first account, or sets the password of one."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from aiohttp import web
from wtforms import Form

from bot.errors import NavigatorError
from bot.records.accounts import Account, AccountStore
from bot.records.one_time_links import Invitation
from bot.records.rights import Role
from bot.workbench.account_forms import FirstForm, PasswordForm
from bot.workbench.forms import form_of
from bot.workbench.keys import ACCOUNTS, LINKS
from bot.workbench.passwords import LONGEST
from bot.workbench.people import PASSWORDS, sign_in
from bot.workbench.rendering import page
from bot.workbench.routes import Door, get, post

PREFIX = "/einladung/"
FIRST_ROLES = (Role.EDITOR, Role.RELEASER, Role.ADMIN)
"""Roles of the first account; it gives them to others as soon as there are others."""
_GONE = ("Dieser Link gilt nicht mehr: Er wurde schon benutzt oder ist zu alt. Bitten Sie eine Person mit der Rolle "
         "Verwaltung um einen neuen.")


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    path = PREFIX + "{token}"
    return [get(path, show, Door.EVERYBODY), post(path, take, Door.EVERYBODY)]


async def show(request: web.Request) -> web.Response:
    """Show what the link is good for."""
    invitation, account = await _open(request)
    return _page(request, FirstForm() if invitation.account_id is None else PasswordForm(), account)


async def take(request: web.Request) -> web.Response:
    """Set the password, make the account if it is the first, and sign the person in."""
    invitation, account = await _open(request)
    fields = form_of(request)
    form = (FirstForm if invitation.account_id is None else PasswordForm)(fields)
    form.owner = account.name if account else fields.get("name", "")
    if not form.validate():
        return _page(request, form, account, HTTPStatus.UNPROCESSABLE_ENTITY)
    hashed = await asyncio.to_thread(request.app[PASSWORDS].hash, form.password.data)
    if not await asyncio.to_thread(request.app[LINKS].redeem, request.match_info["token"]):
        raise NavigatorError(_GONE)
    accounts = request.app[ACCOUNTS]
    if account is None:
        account = await asyncio.to_thread(_make_first, accounts, form)
    await asyncio.to_thread(accounts.set_password, account.id, hashed, account.name)
    await sign_in(request, account)
    raise web.HTTPSeeOther("/")


def _make_first(accounts: AccountStore, form: Any) -> Account:
    """Make the first account; if there is somebody by now, the link was too late."""
    if accounts.has_admin():
        raise NavigatorError(_GONE)
    return accounts.add(form.name.data, form.title.data, FIRST_ROLES, form.name.data)


async def _open(request: web.Request) -> tuple[Invitation, Account | None]:
    """Return what the link is good for, and for whom.

    Raises:
        NavigatorError: If it is good for nothing any more.
    """
    invitation = await asyncio.to_thread(request.app[LINKS].find, request.match_info["token"])
    if invitation is None:
        raise NavigatorError(_GONE)
    if invitation.account_id is None:
        return invitation, None
    account = await asyncio.to_thread(request.app[ACCOUNTS].get, invitation.account_id)
    if account is None or not account.active:
        raise NavigatorError(_GONE)
    return invitation, account


def _page(request: web.Request, form: Form, account: Account | None, status: int = HTTPStatus.OK) -> web.Response:
    return page(request, "invitation.html", {
        "form": form, "account": account, "longest": LONGEST, "action": request.path,
    }, status)
