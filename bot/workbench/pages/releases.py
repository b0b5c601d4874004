"""``/freigabe/stand``: what was released, the history of a file, and taking something back."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.curation.content_store import checked_path
from bot.curation.differences import differences, text_lines
from bot.curation.places import title_of
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.pages.proposals import CURATION, PATH, acting, said
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

_ONE = PATH + "/stand/{id:[0-9]{1,9}}"


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(_ONE, show, Right.READ), get(PATH + "/verlauf", history, Right.READ),
        post(_ONE + "/zuruecknehmen", revert, Right.READ), post(_ONE + "/sofort", revert_alone, Right.RELEASE),
    ]


async def show(request: web.Request) -> web.Response:
    """Show what a release changed."""
    curation, person = request.app[CURATION], person_of(request)
    try:
        release = await asyncio.to_thread(curation.releasing.store.get, int(request.match_info["id"]))
    except LookupError:
        raise web.HTTPNotFound from None

    def files() -> list[dict[str, Any]]:
        return [
            {"path": path, "title": title_of(after or release.before[path], path),
             "fields": differences(release.before[path], after), "lines": text_lines(release.before[path], after),
             "current": curation.contents.read(path) == after, "meanwhile": None}
            for path, after in release.after.items()]

    found = await asyncio.to_thread(files)
    return page(request, "release.html", {
        "release": release, "files": found, "current": all(each["current"] for each in found),
        "may_revert": bool(person.rights & {Right.EDIT, Right.RELEASE}), "may_alone": Right.RELEASE in person.rights,
    })


async def history(request: web.Request) -> web.Response:
    """Show the versions of a file, and of one of them what it changed."""
    curation = request.app[CURATION]
    path = checked_path(request.query.get("datei", ""))
    versions = await asyncio.to_thread(curation.contents.history, path)
    wanted = request.query.get("fassung", "")
    chosen = next((number for number, each in enumerate(versions) if each.id == wanted), None)
    fields: Any = None
    if chosen is not None:
        earlier = versions[chosen + 1].id if chosen + 1 < len(versions) else None
        fields = await asyncio.to_thread(_between, request, path, earlier, wanted)
    text = await asyncio.to_thread(curation.contents.read, path)
    return page(request, "file_history.html", {
        "file": path, "title": title_of(text, path), "versions": versions, "chosen": wanted, "fields": fields,
        "there": text is not None, "may_edit": Right.EDIT in person_of(request).rights,
    })


def _between(request: web.Request, path: str, earlier: str | None, version: str) -> Any:
    contents = request.app[CURATION].contents
    before = contents.text_at(path, earlier) if earlier else None
    return differences(before, contents.text_at(path, version))


async def revert(request: web.Request) -> web.StreamResponse:
    """Propose to take a release back."""
    number, why = int(request.match_info["id"]), form_of(request).get("text", "")
    proposal = await asyncio.to_thread(request.app[CURATION].releasing.revert, number, acting(request), why)
    await go_on(request, f"{PATH}/{proposal.number}", "Vorgeschlagen. Eine zweite Person gibt es frei.")


async def revert_alone(request: web.Request) -> web.StreamResponse:
    """Take a release back at once."""
    number, why = int(request.match_info["id"]), form_of(request).get("text", "")
    done = await asyncio.to_thread(request.app[CURATION].releasing.revert_alone, number, acting(request), why)
    await go_on(request, f"{PATH}/stand/{done.release.id}", said(done))
