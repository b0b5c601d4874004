"""All pages of the site, by a name that says what is special about them."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from tests.browser.scripted_runtime import CONTACT, ENDED, LOTTERY, PROGRAMME

START, PROGRAMMES, ONE_PROGRAMME = "/", "/foerderung", f"/foerderung/{PROGRAMME}"
PAGES: Mapping[str, str] = {
    "start": START,
    "programmes": PROGRAMMES,
    "programmes_filtered": "/foerderung?thema=ki&ort=hagen",
    "programmes_nothing_found": "/foerderung?suche=xyzzyx",
    "programme": ONE_PROGRAMME,
    "programme_ended": f"/foerderung/{ENDED}",
    "programme_lottery": f"/foerderung/{LOTTERY}",
    "contacts": "/anlaufstellen",
    "contacts_of_place": "/anlaufstellen?ort=58095",
    "contacts_unknown_place": "/anlaufstellen?ort=Xyzstadt",
    "contact": f"/anlaufstellen/{CONTACT}",
    "events": "/termine",
    "glossary": "/begriffe",
    "imprint": "/impressum",
    "privacy": "/datenschutz",
    "accessibility": "/barrierefreiheit",
    "report_barrier": "/barrierefreiheit/melden",
    "report_thanks": "/melden/danke?nummer=M-ABCDEF",
    "report_fault": f"/melden?zu={PROGRAMME}",
    "ai": "/ki-transparenz",
    "plain_language": "/einfache-sprache",
    "chat": "/chat",
    "embed": "/einbetten",
}
"""Name → address."""
MISSING = "/gibt-es-nicht"
NO_PAGES = ("/api/", "/static/", "/healthz", "/readyz")
"""Beginnings of routes that show nothing to people."""


def routes_of_pages(app: web.Application) -> set[str]:
    """Return the routes of an application that answer people with a page."""
    found = {route.resource.canonical for route in app.router.routes() if route.method == "GET" and route.resource}
    return {path for path in found if not path.startswith(NO_PAGES) and not path.endswith(".pdf")}


async def route_of(app: web.Application, path: str) -> str | None:
    """Return the route that answers a path of ours, ``None`` if there is none."""
    match = await app.router.resolve(make_mocked_request("GET", path))
    resource = match.route.resource
    return resource.canonical if resource else None
