"""``/auswertung``: what people look for, how well they are answered and how fast, as plots, tables and a file."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.curation.usage import FEW, Figures, Period, figures
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.workbench.charts import WIDTH, plot_of, trend
from bot.workbench.csv_tables import csv_file, csv_text
from bot.workbench.keys import ENGINE, STORE, TODAY
from bot.workbench.navigation import Entry
from bot.workbench.rendering import page
from bot.workbench.routes import get

PATH = "/auswertung"
ENTRY = Entry(PATH, "Auswertung", Right.READ, "Hier sehen Sie, was Menschen suchen und wie gut der Bot antwortet.")
SPANS = {"7": "letzte 7 Tage", "30": "letzte 30 Tage", "90": "letzte 90 Tage", "365": "letzte 12 Monate"}
_USUAL = "30"


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show, Right.READ), get(PATH + ".csv", download, Right.READ)]


async def show(request: web.Request) -> web.Response:
    """Show the figures of a period."""
    asked = _asked(request)
    try:
        period, problem = _period(asked, request.app[TODAY]()), ""
    except NavigatorError as error:
        period, problem = _period({"tage": _USUAL}, request.app[TODAY]()), str(error)
    found = await _figures(request, period)
    return page(request, "usage.html", {
        "found": found, "plots": {table.name: plot_of(table) for table in found.tables}, "points": trend(found.weeks),
        "width": WIDTH, "asked": asked, "spans": SPANS, "problem": problem, "few": FEW,
        "query": urlencode({"von": period.first.isoformat(), "bis": period.last.isoformat()}),
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


async def download(request: web.Request) -> web.Response:
    """Send the figures as a table for a spreadsheet."""
    found = await _figures(request, _period(_asked(request), request.app[TODAY]()))
    name = f"auswertung-{found.period.first}-{found.period.last}.csv"
    return csv_file(name, csv_text(_rows(found)))


async def _figures(request: web.Request, period: Period) -> Figures:
    return await asyncio.to_thread(figures, request.app[ENGINE], request.app[STORE], period)


def _asked(request: web.Request) -> dict[str, str]:
    asked = {name: request.query.get(name, "").strip()[:10] for name in ("tage", "von", "bis")}
    return asked if any(asked.values()) else {**asked, "tage": _USUAL}


def _period(asked: dict[str, str], today: dt.date) -> Period:
    """Return the days that were asked for; days win over a span.

    Raises:
        NavigatorError: If they are none.
    """
    if asked.get("von") or asked.get("bis"):
        last = _day(asked.get("bis", "")) if asked.get("bis") else today
        days = int(_USUAL) - 1
        first = _day(asked.get("von", "")) if asked.get("von") else last - dt.timedelta(days=days)
        return Period.of(first, last)
    days = int(asked["tage"] if asked.get("tage") in SPANS else _USUAL)
    return Period.of(today - dt.timedelta(days=days - 1), today)


def _day(text: str) -> dt.date:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            pass
    raise NavigatorError(f"„{text}“ ist kein Tag – schreiben Sie Tage wie 21.11.2026.")


def _rows(found: Figures) -> Iterator[list[Any]]:
    yield ["Bereich", "Was", "Zahl"]
    yield ["Zeitraum", "von", f"{found.period.first:%d.%m.%Y}"]
    yield ["Zeitraum", "bis", f"{found.period.last:%d.%m.%Y}"]
    yield from (["Überblick", name, value] for name, value in found.overview)
    for table in found.tables:
        for line in table.lines:
            yield [f"{table.title} ({table.unit})", line.label, FEW if line.is_few else line.number]
    for week in found.weeks:
        for title, number in zip(("richtig", "teilweise", "falsch"), week.counts, strict=True):
            yield [f"Stichprobe, Woche ab {week.monday:%d.%m.%Y}", title, number]
