"""``/verwaltung``: who has an account, what each may do, links for passwords, closing sessions."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.errors import NavigatorError
from bot.records.accounts import Account
from bot.records.one_time_links import VALID
from bot.records.rights import ABOUT, TITLES, Right, Role
from bot.workbench.account_forms import NamesForm
from bot.workbench.forms import form_of
from bot.workbench.keys import ACCOUNTS, AUDIT, LINKS, SESSIONS, SETTINGS
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from bot.workbench.start import link_to

PATH = "/verwaltung"
ENTRY = Entry(PATH, "Verwaltung", Right.MANAGE, "Hier legen Sie Konten an und vergeben Rollen.")
_ROLES = [(role.value, TITLES[role], ABOUT[role]) for role in Role]


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    one = PATH + "/konten/{id:[0-9]{1,9}}"
    return [
        get(PATH, show_all, Right.MANAGE), post(PATH + "/konten", add, Right.MANAGE), get(one, show, Right.MANAGE),
        post(one + "/rollen", set_roles, Right.MANAGE), post(one + "/link", make_link, Right.MANAGE),
        post(one + "/sperren", lock, Right.MANAGE), post(one + "/entsperren", unlock, Right.MANAGE),
        post(one + "/abmelden", close_sessions, Right.MANAGE),
    ]


async def show_all(request: web.Request) -> web.Response:
    """Show all accounts and the form for another one."""
    return await _list(request, NamesForm(), frozenset({Role.READER}))


async def add(request: web.Request) -> web.Response:
    """Add an account and show the link for its password."""
    fields = form_of(request)
    form, roles = NamesForm(fields), _roles(request)
    if not form.validate():
        return await _list(request, form, roles, HTTPStatus.UNPROCESSABLE_ENTITY)
    account = await asyncio.to_thread(
        request.app[ACCOUNTS].add, form.name.data, form.title.data, roles, person_of(request).name)
    return await _show_link(request, account)


async def show(request: web.Request) -> web.Response:
    """Show one account."""
    account = await _account(request)
    sessions = (await asyncio.to_thread(request.app[SESSIONS].counts)).get(account.id, 0)
    return page(request, "account.html", {"account": account, "roles": _ROLES, "sessions": sessions})


async def set_roles(request: web.Request) -> web.Response:
    """Give an account other roles."""
    account = await _account(request)
    await asyncio.to_thread(request.app[ACCOUNTS].set_roles, account.id, _roles(request), person_of(request).name)
    target = _path(account) if account.id != person_of(request).id else "/"
    await go_on(request, target, f"Die Rollen von {account.title} sind gespeichert.")


async def make_link(request: web.Request) -> web.Response:
    """Show a link with which the person chooses a password."""
    account = await _account(request)
    if not account.active:
        raise NavigatorError("Dieses Konto ist gesperrt – entsperren Sie es zuerst.")
    return await _show_link(request, account)


async def lock(request: web.Request) -> web.Response:
    """Lock an account."""
    account = await _account(request)
    await asyncio.to_thread(request.app[ACCOUNTS].set_active, account.id, False, person_of(request).name)
    await go_on(request, _path(account), f"Das Konto von {account.title} ist gesperrt.")


async def unlock(request: web.Request) -> web.Response:
    """Unlock an account."""
    account = await _account(request)
    await asyncio.to_thread(request.app[ACCOUNTS].set_active, account.id, True, person_of(request).name)
    await go_on(request, _path(account), f"Das Konto von {account.title} ist wieder offen.")


async def close_sessions(request: web.Request) -> web.Response:
    """Sign somebody out everywhere."""
    account = await _account(request)
    await asyncio.to_thread(request.app[SESSIONS].close_all, account.id)
    await asyncio.to_thread(request.app[AUDIT].add, person_of(request).name, "konto.abgemeldet", account.name)
    await go_on(request, _path(account), f"{account.title} ist überall abgemeldet.")


async def _list(request: web.Request, form: NamesForm, chosen: frozenset[Role], status: int = HTTPStatus.OK
                ) -> web.Response:
    accounts = await asyncio.to_thread(request.app[ACCOUNTS].all)
    sessions = await asyncio.to_thread(request.app[SESSIONS].counts)
    context: dict[str, Any] = {
        "accounts": accounts, "sessions": sessions, "form": form, "roles": _ROLES,
        "chosen": {role.value for role in chosen},
    }
    return page(request, "accounts.html", context, status)


async def _show_link(request: web.Request, account: Account) -> web.Response:
    token = await asyncio.to_thread(
        request.app[LINKS].make, account.id, person_of(request).name, account.name)
    link = link_to(request.app[SETTINGS], token)
    return page(request, "account_link.html", {"account": account, "link": link, "days": VALID.days})


async def _account(request: web.Request) -> Account:
    account = await asyncio.to_thread(request.app[ACCOUNTS].get, int(request.match_info["id"]))
    if account is None:
        raise web.HTTPNotFound
    return account


def _roles(request: web.Request) -> frozenset[Role]:
    """Return the roles that were ticked.

    Raises:
        web.HTTPBadRequest: If one does not exist.
    """
    try:
        return frozenset(Role(value) for value in form_of(request).getall("rolle", []))
    except ValueError:
        raise web.HTTPBadRequest from None


def _path(account: Account) -> str:
    return f"{PATH}/konten/{account.id}"
