"""``/foerderung``: find programmes with filters; ``/foerderung/<id>``: one programme; both as PDF too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.web.rendering import page
from channels.web.keys import INSTANCE, STORE, TODAY
from channels.web.pdf import PDF, PdfUnavailable
from channels.web.programme_page import programme_context
from channels.web.programme_query import Asked, Choices, Place, choices_of, filters_of, read, understood_place
from channels.web.programme_view import ProgrammeView
from knowledge_base.pauses import Paused
from knowledge_base.queries import browse_programmes
from knowledge_base.schema.programme import Status

PER_PAGE = 20
MOST_IN_PDF = 100
_ID = "{id:[a-z0-9-]{1,80}}"


@dataclass(frozen=True)
class Pages:
    """Which part of a list is shown."""

    number: int
    last: int


def routes() -> list[web.AbstractRouteDef]:
    """Return the routes of the pages."""
    return [web.get("/foerderung", show_all), web.get("/foerderung.pdf", print_all),
            web.get(f"/foerderung/{_ID}", show_one), web.get(f"/foerderung/{_ID}.pdf", print_one)]


async def show_all(request: web.Request) -> web.Response:
    """Show the form and one page of what was found."""
    choices = choices_of(request.app[STORE])
    asked = read(request.query, choices)
    if "" in request.query.values():  # a form sends its empty fields along; the address that is shared shall be short
        raise web.HTTPFound(asked.address())
    return page(request, "programmes.html", {"layout": "layout.html", **_results(request, asked, choices, PER_PAGE)})


async def print_all(request: web.Request) -> web.Response:
    """Return everything that was found as PDF."""
    choices = choices_of(request.app[STORE])
    asked = replace(read(request.query, choices), page=1)
    context = _results(request, asked, choices, MOST_IN_PDF)
    return await _pdf(request, "programmes.html", context, asked.address(), "foerderung.pdf")


async def show_one(request: web.Request) -> web.Response:
    """Show one programme, or what staff say while it is paused."""
    return _paused(request) or page(request, "programme.html", {"layout": "layout.html", **_programme(request)})


async def print_one(request: web.Request) -> web.Response:
    """Return one programme as PDF."""
    paused = _paused(request)
    if paused is not None:
        return paused
    context = _programme(request)
    return await _pdf(request, "programme.html", context, context["address"], f"{request.match_info['id']}.pdf")


def _results(request: web.Request, asked: Asked, choices: Choices, per_page: int) -> dict[str, Any]:
    """What the list needs, for the page that is asked for."""
    store, day = request.app[STORE], request.app[TODAY]()
    place, home = understood_place(store, asked.place), request.app[INSTANCE].region
    filters = filters_of(asked, place)
    found = browse_programmes(store, filters, day, home)
    ended = browse_programmes(store, replace(filters, statuses=[Status.AUSGELAUFEN]), day, home)
    last = max(1, -(-len(found) // per_page))
    pages = Pages(min(asked.page, last), last)
    shown = found[(pages.number - 1) * per_page : pages.number * per_page]
    return {
        "asked": asked, "choices": choices, "place": place, "count": len(found), "pages": pages, "day": day,
        "views": [ProgrammeView(programme, day) for programme in shown],
        "ended": 0 if asked.status else len(ended), "narrowed": _narrowed(asked, choices, place),
        "place_query": asked.place if place.id else "",
    }


def _narrowed(asked: Asked, choices: Choices, place: Place) -> list[tuple[str, str, str]]:
    """The filters in force: what is filtered, its value in words, the address without it."""
    listed = [
        ("Suche", f"„{asked.text}“" if asked.text else "", {"text": ""}),
        ("Thema", choices.topics.get(asked.topic), {"topic": ""}),
        ("Für wen", choices.audiences.get(asked.audience), {"audience": ""}),
        ("Ort", place.name, {"place": ""}),
        ("Art", choices.kinds.get(asked.kind), {"kind": ""}),
        ("Stand", choices.statuses.get(asked.status), {"status": ""}),
    ]
    return [(name, value, asked.address(page=1, **without)) for name, value, without in listed if value]


def _paused(request: web.Request) -> web.Response | None:
    """The page of a programme that is paused: its name and the words of staff."""
    store, name = request.app[STORE], request.match_info["id"]
    record, text = store.catalogue().programmes.get(name), store.pauses.text(Paused.PROGRAMME, name)
    if record is None or text is None:
        return None
    return page(request, "programme_paused.html", {"name": record.name, "text": text})


def _programme(request: web.Request) -> dict[str, Any]:
    store, day = request.app[STORE], request.app[TODAY]()
    programme = store.programme(request.match_info["id"])
    if programme is None:
        raise web.HTTPNotFound
    return programme_context(store, programme, day, request.app[INSTANCE].contact_id, request.query)


async def _pdf(request: web.Request, template: str, context: Mapping[str, Any], address: str, name: str
               ) -> web.Response:
    """Answer with a page as PDF; where none can be made, with a page that says what to do instead."""
    public = str(request.url.origin()) + address
    store = request.app[STORE]
    key = (store.build_number(), store.pauses.of(Paused.PROGRAMME), request.app[TODAY](), template, public)

    def html() -> str:
        return aiohttp_jinja2.render_string(template, request, {"layout": "paper.html", "path": "", **context})

    try:
        made = await request.app[PDF].make(key, html, public)
    except PdfUnavailable:
        return page(request, "programme_no_pdf.html", {"address": address}, HTTPStatus.SERVICE_UNAVAILABLE)
    return web.Response(body=made, content_type="application/pdf",
                        headers={"Content-Disposition": f'inline; filename="{name}"'})
