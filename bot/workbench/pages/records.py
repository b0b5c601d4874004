"""``/wissensbasis``: lists of records, and their forms. What one saves is a proposal."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiDict

from bot.curation.record_form.choices import Choices, choices_of
from bot.curation.record_list import Wanted, narrowed, rows_of
from bot.curation.records import KINDS, RecordKind
from bot.records.rights import Right
from bot.workbench.keys import STORE, TODAY
from bot.workbench.navigation import Entry
from bot.workbench.people import person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get

PATH = "/wissensbasis"
PER_PAGE = 50


async def _overdue(request: web.Request) -> int:
    """Count what should have been read again."""
    if Right.EDIT not in person_of(request).rights:
        return 0
    store, today = request.app[STORE], request.app[TODAY]()
    rows = await asyncio.to_thread(store.derived, rows_of)
    return sum(row.is_overdue(today) for kind in rows.values() for row in kind)


ENTRY = Entry(PATH, "Wissensbasis", Right.READ,
              "Hier pflegen Sie Programme, Kontakte, Termine und Begriffe, aus denen der Bot antwortet.", _overdue)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show_first, Right.READ), get(f"{PATH}/{{kind}}", show_list, Right.READ)]


def kind_of(request: web.Request) -> RecordKind:
    """Return the kind of record an address is about.

    Raises:
        web.HTTPNotFound: If there is none.
    """
    kind = KINDS.get(request.match_info["kind"])
    if kind is None:
        raise web.HTTPNotFound
    return kind


async def choices_for(request: web.Request) -> Choices:
    """Return what one may choose from in forms."""
    return await asyncio.to_thread(request.app[STORE].derived, choices_of)


async def show_first(request: web.Request) -> web.Response:
    """Show the programmes."""
    return await _list(request, KINDS["programme"])


async def show_list(request: web.Request) -> web.Response:
    """Show the records of one kind."""
    return await _list(request, kind_of(request))


async def _list(request: web.Request, kind: RecordKind) -> web.Response:
    wanted, today = _wanted(request.query), request.app[TODAY]()
    choices = await choices_for(request)
    rows = (await asyncio.to_thread(request.app[STORE].derived, rows_of))[kind.slug]
    found = await asyncio.to_thread(narrowed, rows, wanted, today)
    number = _page_number(request.query.get("seite", ""), len(found))
    states = sorted({row.state for row in rows if row.state})
    return page(request, "records.html", {
        "kind": kind, "kinds": KINDS, "rows": found[(number - 1) * PER_PAGE:number * PER_PAGE], "count": len(found),
        "all": len(rows), "wanted": wanted, "choices": choices, "today": today, "may_edit": _may_edit(request),
        "states": [(state, choices.label("Status", state)) for state in states],
        "people": sorted({row.by for row in rows if row.by}), "number": number,
        "pages": max(1, -(-len(found) // PER_PAGE)), "query": _query(request.query),
        "has_review": any(row.checked for row in rows), "has_topics": any(row.topics for row in rows),
    })


def _wanted(query: Mapping[str, str]) -> Wanted:
    asked = {name: query.get(key, "").strip()[:100] for name, key in (
        ("text", "suche"), ("state", "stand"), ("topic", "thema"), ("by", "von"), ("confidence", "sicherheit"))}
    return Wanted(**asked, overdue="faellig" in query, questions="fragen" in query)


def _page_number(text: str, count: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(1, min(number, -(-count // PER_PAGE)))


def _query(query: Mapping[str, str]) -> str:
    kept: MultiDict[str] = MultiDict((key, value) for key, value in query.items() if key != "seite" and value)
    return urlencode(list(kept.items()))


def _may_edit(request: web.Request) -> bool:
    return Right.EDIT in person_of(request).rights


def context_of(request: web.Request, kind: RecordKind) -> dict[str, Any]:
    """Return what all pages about records know."""
    return {"kind": kind, "kinds": KINDS, "may_edit": _may_edit(request), "path_of_kind": f"{PATH}/{kind.slug}"}
