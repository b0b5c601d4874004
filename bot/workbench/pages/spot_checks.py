"""``/stichprobe``: answers drawn by chance, one after the other, and whether they are right."""

from __future__ import annotations

import asyncio
import datetime as dt
from http import HTTPStatus

from aiohttp import web

from bot.curation.spot_checks import LONGEST_NOTE, SAMPLE, judge
from bot.curation.usage import Period, weeks_of
from bot.errors import NavigatorError
from bot.records.rights import Right
from bot.records.spot_checks import WORDS_DAYS, SpotCheck, SpotCheckStore, Verdict
from bot.workbench.charts import WIDTH, trend
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE, TODAY
from bot.workbench.navigation import Entry
from bot.workbench.pages.proposals import acting
from bot.workbench.pages.records import PATH as RECORDS
from bot.workbench.pages.records import choices_for
from bot.workbench.people import go_on
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/stichprobe"
_ONE = PATH + r"/{number:\d{1,9}}"
_SHOWN = dt.timedelta(weeks=26)
_LISTS = {"programme": "programmes", "kontakte": "contacts"}
"""Kind of record → list of names."""


async def _waiting(request: web.Request) -> int:
    return len(await asyncio.to_thread(SpotCheckStore(request.app[ENGINE]).open_checks))


ENTRY = Entry(PATH, "Stichprobe", Right.EDIT, "Hier beurteilen Sie, ob Antworten des Bots richtig sind.", _waiting)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [get(PATH, show_next, Right.EDIT), get(_ONE, show, Right.EDIT), post(_ONE, decide, Right.EDIT)]


async def show_next(request: web.Request) -> web.Response:
    """Show the first answer that nobody judged yet, and how the weeks before were."""
    waiting = await asyncio.to_thread(SpotCheckStore(request.app[ENGINE]).open_checks)
    check = await _get(request, waiting[0]) if waiting else None
    return await _page(request, check, left=len(waiting))


async def show(request: web.Request) -> web.Response:
    """Show one answer, judged or not."""
    return await _page(request, await _asked(request))


async def decide(request: web.Request) -> web.Response:
    """Take a verdict and go on to the next answer."""
    form, check = form_of(request), await _asked(request)
    try:
        verdict = Verdict(form.get("urteil", ""))
    except ValueError:
        raise web.HTTPBadRequest from None
    note = form.get("anmerkung", "")
    try:
        task = await asyncio.to_thread(judge, request.app[ENGINE], check.id, verdict, note, acting(request))
    except NavigatorError as error:
        return await _page(request, check, note=note, problem=str(error))
    became = f" Daraus ist die Aufgabe {task} geworden." if task else ""
    await go_on(request, PATH, f"Notiert: {verdict.value}.{became}")


async def _get(request: web.Request, number: int) -> SpotCheck | None:
    return await asyncio.to_thread(SpotCheckStore(request.app[ENGINE]).get, number)


async def _asked(request: web.Request) -> SpotCheck:
    check = await _get(request, int(request.match_info["number"]))
    if check is None:
        raise web.HTTPNotFound
    return check


async def _page(request: web.Request, check: SpotCheck | None, left: int | None = None, note: str | None = None,
                problem: str = "") -> web.Response:
    today, store = request.app[TODAY](), SpotCheckStore(request.app[ENGINE])
    weeks = await asyncio.to_thread(weeks_of, store, Period(today - _SHOWN, today))
    choices = await choices_for(request)
    records = [(f"{RECORDS}/{kind}/{name}", choices.label(_LISTS[kind], name))
               for kind, name in (check.records if check else ()) if kind in _LISTS]
    return page(request, "spot_checks.html", {
        "check": check, "left": left, "records": records, "problem": problem, "verdicts": list(Verdict),
        "note": note if note is not None else check.note if check else "", "longest": LONGEST_NOTE,
        "weeks": weeks, "points": trend(weeks), "width": WIDTH, "sample": SAMPLE, "kept_days": WORDS_DAYS,
    }, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)
