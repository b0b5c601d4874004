"""Templates: one environment per application; text is escaped everywhere, an unknown name is an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.web.static_files import STATIC_FILES

TEMPLATES = Path(__file__).with_name("templates")
"""What both applications share."""


def set_up_templates(app: web.Application, folders: Sequence[Path]) -> jinja2.Environment:
    """Give the application its templates and return their environment, to which it adds words of its own.

    Args:
        app: It already knows its ``STATIC_FILES``.
        folders: Where its own templates stand; an earlier folder wins.
    """
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(static=app[STATIC_FILES].url)
    environment.filters.update(date_de=date_de)
    return environment


def page(request: web.Request, template: str, context: Mapping[str, Any], status: int = 200) -> web.Response:
    """Render a page, compressed."""
    response = aiohttp_jinja2.render_template(template, request, {"path": request.path, **context}, status=status)
    response.enable_compression()
    return response


def date_de(day: dt.date) -> str:
    """Return „21.11.2026“."""
    return f"{day:%d.%m.%Y}"
