"""Forms of the workbench: read once, before the handler, with the token that shows that they are ours."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from aiohttp.web_request import FileField
from multidict import MultiDict, MultiDictProxy

from bot.web.csrf import FIELD, is_own

TOKEN_HEADER = "X-Formular"
"""Instead of the hidden field, for requests of htmx outside of a form."""
_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")
_FORM: web.RequestKey[MultiDict[str]] = web.RequestKey("form", MultiDict)
_FILES: web.RequestKey[Mapping[str, FileField]] = web.RequestKey("files")


def form_of(request: web.Request) -> MultiDictProxy[str]:
    """Return the fields of the form that was sent; line ends are plain."""
    return MultiDictProxy(request[_FORM])


def files_of(request: web.Request) -> Mapping[str, FileField]:
    """Return the files of the form that was sent, by field."""
    return request[_FILES]


async def read_form(request: web.Request) -> str:
    """Read the form of a request and return its token, which is still to be checked.

    Raises:
        web.HTTPForbidden: If another site sent it.
        web.HTTPUnsupportedMediaType: If it is no form.
        web.HTTPBadRequest: If it cannot be read.
    """
    if not is_own(request.headers, request.host):
        raise web.HTTPForbidden
    if request.content_type not in _KINDS:
        raise web.HTTPUnsupportedMediaType
    try:
        sent = await request.post()
    except (UnicodeDecodeError, LookupError, ValueError):
        raise web.HTTPBadRequest from None
    texts: MultiDict[str] = MultiDict()
    for name, value in sent.items():
        if isinstance(value, str):
            texts.add(name, value.replace("\r\n", "\n"))
    request[_FORM] = texts
    request[_FILES] = {name: value for name, value in sent.items() if isinstance(value, FileField)}
    return texts.get(FIELD) or request.headers.get(TOKEN_HEADER, "")
