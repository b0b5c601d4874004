"""Templates: one environment with the same words and helpers for all pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.instance import OPEN
from channels.web.csrf import TOKENS
from channels.web.keys import INSTANCE, STATIC_FILES
from channels.web.text import to_html

TEMPLATES = Path(__file__).with_name("templates")
NAVIGATION = (
    ("/", "Start"),
    ("/foerderung", "Förderung finden"),
    ("/anlaufstellen", "Anlaufstellen"),
    ("/termine", "Termine"),
    ("/begriffe", "Begriffe"),
)
"""Main navigation: address and title."""
LEGAL = (
    ("/impressum", "Impressum"),
    ("/datenschutz", "Datenschutz"),
    ("/barrierefreiheit", "Barrierefreiheit"),
    ("/ki-transparenz", "KI-Transparenz"),
    ("/einfache-sprache", "Einfache Sprache"),
)
"""Links in the footer of every page."""


def set_up(app: web.Application) -> None:
    """Give the application its templates; text is escaped everywhere, an unknown name is an error."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        instance=app[INSTANCE], static=app[STATIC_FILES].url, navigation=NAVIGATION, legal=LEGAL,
        open_mark=OPEN, form_token=app[TOKENS].field,
    )
    environment.filters.update(date_de=date_de, tel=phone_link, message=to_html)


def page(request: web.Request, template: str, context: Mapping[str, Any], status: int = 200) -> web.Response:
    """Render a page, compressed."""
    response = aiohttp_jinja2.render_template(template, request, {"path": request.path, **context}, status=status)
    response.enable_compression()
    return response


def date_de(day: dt.date) -> str:
    """Return „21.11.2026“."""
    return f"{day:%d.%m.%Y}"


def phone_link(phone: str) -> str:
    """Return a number as it stands in a ``tel:`` link, e.g. ``+4923314887814``; short ones like 112 as they are."""
    digits = "".join(character for character in phone if character.isdigit())
    if phone.strip().startswith("+"):
        return f"+{digits}"
    return f"+49{digits.removeprefix('0')}" if digits.startswith("0") else digits
