"""Templates of the public pages: the words and helpers they all have."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.instance import OPEN
from bot.web.csrf import TOKENS
from bot.web.rendering import set_up_templates
from channels.web.keys import INSTANCE
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
    """Give the application its templates."""
    environment = set_up_templates(app, [TEMPLATES])
    environment.globals.update(
        instance=app[INSTANCE], navigation=NAVIGATION, legal=LEGAL, open_mark=OPEN, form_token=app[TOKENS].field,
    )
    environment.filters.update(tel=phone_link, message=to_html)


def phone_link(phone: str) -> str:
    """Return a number as it stands in a ``tel:`` link, e.g. ``+4923314887814``; short ones like 112 as they are."""
    digits = "".join(character for character in phone if character.isdigit())
    if phone.strip().startswith("+"):
        return f"+{digits}"
    return f"+49{digits.removeprefix('0')}" if digits.startswith("0") else digits
