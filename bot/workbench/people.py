"""Who is signed in: the cookie, the session behind it, and sentences for the next page."""

from __future__ import annotations

import asyncio
from typing import NoReturn, Optional

from aiohttp import web

from bot.records.accounts import Account
from bot.records.staff_sessions import StaffSession
from bot.web.request_ids import Handler
from bot.workbench.keys import ACCOUNTS, SESSIONS, SETTINGS
from bot.workbench.passwords import Passwords

PASSWORDS: web.AppKey[Passwords] = web.AppKey("passwords", Passwords)
_PERSON: web.RequestKey[Account] = web.RequestKey("person", Account)
_SESSION: web.RequestKey[StaffSession] = web.RequestKey("session", StaffSession)
_TOKEN: web.RequestKey[str] = web.RequestKey("token", str)
"""What stood in the cookie."""
_NEW_TOKEN: web.RequestKey[str] = web.RequestKey("new_token", str)
"""What is to stand in the cookie from now on; empty: nothing."""
_NOTICE: web.RequestKey[str] = web.RequestKey("notice", str)


def person_of(request: web.Request) -> Account:
    """Return who is signed in; only behind a route that needs it."""
    return request[_PERSON]


def visitor_of(request: web.Request) -> Optional[Account]:
    """Return who is signed in, if somebody is."""
    return request.get(_PERSON)


def notice_of(request: web.Request) -> str:
    """Return the sentence that the page before left, and forget it."""
    notice = request.get(_NOTICE, "")
    request[_NOTICE] = ""
    return notice


async def recognise(request: web.Request) -> None:
    """Find out who is signed in. A cookie that is to be renewed is replaced with this answer."""
    token = request.cookies.get(cookie_name(request), "")
    session = await asyncio.to_thread(request.app[SESSIONS].find, token) if token else None
    account = await asyncio.to_thread(request.app[ACCOUNTS].get, session.account_id) if session else None
    if session is None or account is None or not account.active:
        return
    request[_PERSON], request[_SESSION], request[_TOKEN] = account, session, token
    if session.renew:
        request[_TOKEN] = request[_NEW_TOKEN] = await asyncio.to_thread(request.app[SESSIONS].replace, token)


async def collect_notice(request: web.Request) -> None:
    """Take the sentence that waits for this page."""
    session = request.get(_SESSION)
    if session is not None and session.notice:
        await asyncio.to_thread(request.app[SESSIONS].clear_notice, session)
        request[_NOTICE] = session.notice


async def sign_in(request: web.Request, account: Account) -> None:
    """Begin a session with a fresh token; an earlier one of this browser ends."""
    await sign_out(request)
    request[_NEW_TOKEN] = await asyncio.to_thread(request.app[SESSIONS].open, account.id, account.name)


async def sign_out(request: web.Request) -> None:
    """End the session of this browser, if there is one."""
    token = request.get(_TOKEN) or request.cookies.get(cookie_name(request))
    if token:
        await asyncio.to_thread(request.app[SESSIONS].close, token)
        request[_NEW_TOKEN] = ""


async def go_on(request: web.Request, path: str, notice: str = "") -> NoReturn:
    """Lead to another page of ours after a form was taken, and say there what was done.

    Raises:
        web.HTTPSeeOther: Always.
    """
    session = request.get(_SESSION)
    if notice and session is not None:
        await asyncio.to_thread(request.app[SESSIONS].leave_notice, session, notice)
    if "HX-Request" in request.headers:
        raise web.HTTPNoContent(headers={"HX-Redirect": path})
    raise web.HTTPSeeOther(path)


def purpose(request: web.Request) -> str:
    """Return what form tokens are bound to: the person, so that they survive signing in once more."""
    person = visitor_of(request)
    return f"werkbank.{person.id if person else '-'}"


def is_https(request: web.Request) -> bool:
    """Whether people reach the workbench by HTTPS."""
    return request.secure or request.app[SETTINGS].workbench_url.startswith("https://")


def cookie_name(request: web.Request) -> str:
    """Return the name of the cookie; by HTTPS one that only this very host can set."""
    return "__Host-werkbank" if is_https(request) else "werkbank"


@web.middleware
async def send_cookie(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set or delete the cookie, whatever the answer is."""
    try:
        response = await handler(request)
    except web.HTTPException as answer:
        _set_cookie(request, answer)
        raise
    _set_cookie(request, response)
    return response


def _set_cookie(request: web.Request, response: web.StreamResponse) -> None:
    token = request.get(_NEW_TOKEN)
    if token is None:
        return
    secure = is_https(request)
    if token:
        response.set_cookie(cookie_name(request), token, path="/", httponly=True, samesite="Strict", secure=secure)
    else:
        response.del_cookie(cookie_name(request), path="/", httponly=True, samesite="Strict", secure=secure)
