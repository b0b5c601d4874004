"""``/freigabe/text``: propose another text of one file, when no form fits; also what a visitor's message leads to."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.curation import reports
from bot.curation.changed_tree import CATALOGUE
from bot.curation.content_store import checked_path, fingerprint
from bot.curation.edits import AddFile, Edit, ReplaceText
from bot.curation.places import field_of, file_of_record, title_of
from bot.curation.records import KINDS
from bot.errors import NavigatorError
from bot.records.reports import OpenReport
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE, SETTINGS
from bot.workbench.pages.proposals import CURATION, PATH, acting
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

_TEXT = PATH + "/text"
_FIELDS = ("datei", "text", "titel", "grund", "gesehen", "meldung")


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(_TEXT, show, Right.EDIT), post(_TEXT, propose, Right.EDIT),
        get(PATH + "/meldung/{number:M-[A-Z]{6}}", from_report, Right.EDIT),
        post(PATH + "/meldung/{number:M-[A-Z]{6}}/erledigt", close_report, Right.CALL_BACK),
    ]


async def show(request: web.Request) -> web.Response:
    """Show the text of a file."""
    path = checked_path(request.query.get("datei", ""))
    text = await asyncio.to_thread(request.app[CURATION].contents.read, path)
    report = await _report(request, request.query.get("meldung", ""))
    title = title_of(text, path)
    sent = {"datei": path, "text": text or "", "titel": f"{title}: " if text else "", "grund": "",
            "gesehen": fingerprint(text), "meldung": report.number if report else ""}
    return _page(request, sent, title, report)


async def propose(request: web.Request) -> web.StreamResponse:
    """Check the new text; with „pruefen“ only that, else propose it."""
    form = form_of(request)
    sent = {name: form.get(name, "") for name in _FIELDS}
    path = checked_path(sent["datei"])
    proposals = request.app[CURATION].proposals
    report = await _report(request, sent["meldung"])
    text = sent["text"].rstrip("\n") + "\n"
    old = await asyncio.to_thread(request.app[CURATION].contents.read, path)
    edits: list[Edit] = [AddFile(path=path, text=text) if old is None and not sent["gesehen"]
                         else ReplaceText(path=path, text=text)]
    problems = await asyncio.to_thread(proposals.checker.check, {path: text})
    shown = [(problem, field_of(problem, text)) for problem in problems]
    if "pruefen" in form:
        return _page(request, sent, title_of(old, path), report, shown, checked=True)
    if text == old:
        raise NavigatorError("Es ist nichts geändert – ändern Sie den Text und speichern Sie dann.")
    try:
        made = await asyncio.to_thread(
            lambda: proposals.draft(acting(request), sent["titel"], "text", sent["grund"], edits,
                                    seen={path: sent["gesehen"]}, report=report.number if report else None))
    except NavigatorError as error:
        return _page(request, sent, title_of(old, path), report, shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    await go_on(request, f"{PATH}/{made.number}", "Der Entwurf ist gespeichert. Sehen Sie ihn durch und reichen Sie "
                                                  "ihn dann ein.")


async def from_report(request: web.Request) -> web.StreamResponse:
    """Lead from a visitor's message to the form of the record it is about."""
    report = await _report(request, request.match_info["number"])
    if report is None:
        raise NavigatorError("Diese Meldung ist schon erledigt – laden Sie die Liste neu.")
    path = await asyncio.to_thread(file_of_record, request.app[SETTINGS].content_dir, report.subject)
    if path is None:
        raise NavigatorError(f"Zu „{report.subject}“ gibt es keinen Eintrag mehr – schließen Sie die Meldung.")
    kind = next(kind for kind in KINDS.values() if kind.folder and path.startswith(f"{CATALOGUE}/{kind.folder}/"))
    raise web.HTTPSeeOther(f"/wissensbasis/{kind.slug}/{report.subject}?meldung={report.number}")


async def close_report(request: web.Request) -> web.StreamResponse:
    """Close a visitor's message; its address is erased."""
    number = request.match_info["number"]
    await asyncio.to_thread(reports.close, request.app[ENGINE], number, person_of(request).name)
    await go_on(request, PATH, f"{number} ist erledigt. Eine Adresse, die dabei stand, ist gelöscht.")


async def _report(request: web.Request, number: str) -> OpenReport | None:
    return await asyncio.to_thread(reports.open_report, request.app[ENGINE], number)


def _page(
    request: web.Request, sent: dict[str, str], title: str, report: OpenReport | None, problems: Any = (),
    problem: str = "", status: int = HTTPStatus.OK, checked: bool = False,
) -> web.Response:
    return page(request, "file_text.html", {
        "sent": sent, "title": title, "report": report, "problems": problems, "problem": problem, "checked": checked,
    }, status)
