"""``/protokoll``: who did what, to read, to filter and as a table."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.records.audit import Entry as Line
from bot.records.audit import Filter
from bot.records.rights import Right
from bot.workbench.audit_words import KINDS, title_of
from bot.workbench.csv_tables import csv_file, csv_text
from bot.workbench.keys import AUDIT
from bot.workbench.navigation import Entry
from bot.workbench.rendering import moment_de, page
from bot.workbench.routes import get

PATH = "/protokoll"
ENTRY = Entry(PATH, "Protokoll", Right.AUDIT, "Hier lesen Sie, wer wann was geändert hat.")
PER_PAGE = 50
_FIELDS = ("wer", "was", "woran", "von", "bis")
_BERLIN = ZoneInfo("Europe/Berlin")
_NUMBER = re.compile(r"[0-9]{1,15}")


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show, Right.AUDIT), get(PATH + ".csv", download, Right.AUDIT)]


async def show(request: web.Request) -> web.Response:
    """Show the newest entries that were asked for."""
    asked = {name: request.query.get(name, "").strip() for name in _FIELDS}
    before = request.query.get("vor", "")
    wanted, problem = read_filter(asked)
    log, before_id = request.app[AUDIT], int(before) if _NUMBER.fullmatch(before) else None
    found = await asyncio.to_thread(log.find, wanted, PER_PAGE + 1, before_id)
    query = {name: value for name, value in asked.items() if value}
    older = f"?{urlencode({**query, 'vor': found[PER_PAGE - 1].id})}" if len(found) > PER_PAGE else ""
    return page(request, "audit.html", {
        "lines": found[:PER_PAGE], "asked": asked, "problem": problem, "actors": await asyncio.to_thread(log.actors),
        "actions": KINDS, "title_of": title_of, "older": older, "query": urlencode(query), "paged": bool(before),
    })


async def download(request: web.Request) -> web.Response:
    """Send everything that was asked for as a table for a spreadsheet."""
    wanted, problem = read_filter({name: request.query.get(name, "").strip() for name in _FIELDS})
    if problem:
        raise web.HTTPBadRequest
    text = await asyncio.to_thread(lambda: csv_text(_table(request.app[AUDIT].all(wanted))))
    return csv_file("protokoll.csv", text)


def read_filter(asked: Mapping[str, str]) -> tuple[Filter, str]:
    """Return what was asked for and, in German, what could not be understood."""
    since, until = _day(asked["von"]), _day(asked["bis"])
    problem = "" if all(day or not asked[name] for name, day in (("von", since), ("bis", until))) else (
        "Schreiben Sie Tage wie 21.11.2026. Der Tag wurde nicht beachtet.")
    return Filter(
        who=asked["wer"], action=asked["was"], subject=asked["woran"], since=since,
        until=until + dt.timedelta(days=1) if until else None,
    ), problem


def _day(text: str) -> dt.datetime | None:
    """Return the beginning of a day in Germany, in UTC."""
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=_BERLIN).astimezone(dt.timezone.utc)
        except ValueError:
            pass
    return None


def _table(lines: Iterator[Line]) -> Iterator[list[Any]]:
    yield ["Nummer", "Zeit", "Wer", "Was", "Woran", "Vorher", "Nachher"]
    for line in lines:
        yield [line.id, moment_de(line.at), line.who, title_of(line.action), line.subject, _json(line.before),
               _json(line.after)]


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
