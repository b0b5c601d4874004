"""Templates of the workbench: the words and helpers they all have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.web import rendering
from bot.web.csrf import TOKENS
from bot.workbench.keys import INSTANCE
from bot.workbench.navigation import entries_for
from bot.workbench.people import notice_of, purpose, visitor_of

TEMPLATES = Path(__file__).with_name("templates")
_BERLIN = ZoneInfo("Europe/Berlin")


def set_up(app: web.Application) -> None:
    """Give the application its templates."""
    environment = rendering.set_up_templates(app, [TEMPLATES])
    environment.globals.update(instance=app[INSTANCE])
    environment.filters.update(moment=moment_de)


def page(request: web.Request, template: str, context: Mapping[str, Any], status: int = 200) -> web.Response:
    """Render a page or a part of one. Every template knows the person, the menu and the token of forms."""
    person, tokens = visitor_of(request), request.app[TOKENS]
    token = tokens.token(purpose(request))
    return rendering.page(request, template, {
        "person": person,
        "entries": entries_for(request.app, person),
        "form_token": tokens.field(purpose(request)),
        "token": token,
        "notice": notice_of(request),
        **context,
    }, status)


def moment_de(time: dt.datetime | None) -> str:
    """Return „21.11.2026, 14:05 Uhr“ in German time; „–“ for never."""
    if time is None:
        return "–"
    known = time if time.tzinfo else time.replace(tzinfo=dt.timezone.utc)
    return f"{known.astimezone(_BERLIN):%d.%m.%Y, %H:%M} Uhr"
