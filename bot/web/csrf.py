"""No other site may send our forms: a signed token in each form, and a look at where the request comes from.

The token is bound to one kind of form and to the time, in the workbench also to the session.
"""

from __future__ import annotations

import functools
import hmac
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web
from markupsafe import Markup

FIELD = "formular"
"""Name of the hidden field."""
VALID_SECONDS = 12 * 60 * 60
"""So long a form may stay open; who comes later sends it once more."""
_TOKEN = re.compile(r"([0-9a-f]{1,12})\.([0-9a-f]{64})", re.ASCII)


class FormTokens:
    """Makes and checks tokens."""

    def __init__(self, secret: Callable[[], bytes], clock: Callable[[], float] = time.time) -> None:
        """Tokens are signed with ``secret``, which is asked for when the first is needed."""
        self._ask_secret = secret
        self._clock = clock

    def field(self, purpose: str) -> Markup:
        """Return the hidden field of a form."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, self.token(purpose))

    def token(self, purpose: str) -> str:
        """Return a fresh token for one kind of form."""
        made = f"{int(self._clock()):x}"
        return f"{made}.{self._signature(made, purpose)}"

    def accepts(self, token: str, purpose: str) -> bool:
        """Whether we made the token for this kind of form, not too long ago."""
        match = _TOKEN.fullmatch(token)
        if match is None or not hmac.compare_digest(match[2], self._signature(match[1], purpose)):
            return False
        return 0 <= int(self._clock()) - int(match[1], 16) <= VALID_SECONDS

    def _signature(self, made: str, purpose: str) -> str:
        return hmac.new(self._secret, f"{purpose}.{made}".encode(), "sha256").hexdigest()

    @functools.cached_property
    def _secret(self) -> bytes:
        return self._ask_secret()


TOKENS: web.AppKey[FormTokens] = web.AppKey("form_tokens", FormTokens)


async def read_form(request: web.Request) -> dict[str, str]:
    """Return the fields of a form that came from one of our pages; its token is still to be checked.

    Raises:
        web.HTTPForbidden: If another site sent it.
        web.HTTPUnsupportedMediaType: If it is no plain form; files are never accepted.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    if not is_own(request.headers, request.host):
        raise web.HTTPForbidden
    try:
        fields: Mapping[str, Any] = await request.post()
    except (UnicodeDecodeError, LookupError, ValueError):
        raise web.HTTPBadRequest from None
    return {name: value.replace("\r\n", "\n") for name, value in fields.items() if isinstance(value, str)}


def is_own(headers: Mapping[str, str], host: str) -> bool:
    """Whether a form was sent by one of our own pages, as far as the browser tells.

    Browsers of today send ``Sec-Fetch-Site``. Older ones send ``Origin``; it is ``null`` for our own forms, because
    our pages give no referrer, and then the token alone decides.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == host
