"""``/freigabe``: proposals, what they change, and the second person who releases them."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.curation.differences import text_lines
from bot.curation.opening import Curation, open_curation
from bot.curation.places import field_of, title_of
from bot.curation.proposals import Look, Person
from bot.curation.releasing import Released, as_seen
from bot.log import get_logger
from bot.records.proposals import OPEN, TITLES, State
from bot.records.reports import ReportKind, ReportStore
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE, SETTINGS, TODAY
from bot.workbench.navigation import Entry
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/freigabe"
CURATION: web.AppKey[Curation] = web.AppKey("curation", Curation)
_log = get_logger(__name__)
_NUMBER = "{number:V-[A-Z]{6}}"


async def _waiting(request: web.Request) -> int:
    """Count what waits for the person."""
    if Right.RELEASE not in person_of(request).rights:
        return 0
    found = await asyncio.to_thread(request.app[CURATION].proposals.store.listed, [State.SUBMITTED])
    return sum(each.author != person_of(request).name for each in found)


ENTRY = Entry(PATH, "Freigabe", Right.READ, "Hier prüfen Sie, was andere ändern wollen, und geben es frei.", _waiting)


def set_up(app: web.Application) -> None:
    """Open what changes content; at the start finish what broke off in the middle."""
    app[CURATION] = open_curation(app[SETTINGS], app[ENGINE], lambda: app[TODAY]())
    app.on_startup.append(_recover)


async def _recover(app: web.Application) -> None:
    try:
        await asyncio.to_thread(app[CURATION].releasing.recover)
    except Exception as error:
        _log.error("workbench.not_recovered", error)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    one = f"{PATH}/{_NUMBER}"
    return [
        get(PATH, show_all, Right.READ), get(one, show, Right.READ),
        post(PATH, release_together, Right.RELEASE), post(f"{one}/freigeben", release, Right.RELEASE),
        post(f"{one}/ablehnen", reject, Right.RELEASE), post(f"{one}/kommentar", comment, Right.READ),
        post(f"{one}/einreichen", submit, Right.READ), post(f"{one}/zuruecknehmen", withdraw, Right.READ),
        post(f"{one}/erneuern", follow, Right.READ),
    ]


def acting(request: web.Request) -> Person:
    """Return who is signed in, as the rules know people."""
    account = person_of(request)
    return Person(account.name, account.title, account.rights)


async def show_all(request: web.Request) -> web.Response:
    """List what waits for the person, what is their own, and what was released."""
    curation, person = request.app[CURATION], person_of(request)

    def find() -> dict[str, Any]:
        found = curation.proposals.store.listed(OPEN)
        reports = ReportStore(request.app[ENGINE]).open_reports() if Right.EDIT in person.rights else []
        return {
            "waiting": [(each, as_seen(each)) for each in found
                        if each.state is State.SUBMITTED and each.author != person.name],
            "own": [each for each in found if each.author == person.name],
            "drafts": [each for each in found if each.state is not State.SUBMITTED and each.author != person.name],
            "done": curation.releasing.store.latest(20),
            "reports": [each for each in reports if each.kind is ReportKind.ERROR],
        }

    return page(request, "proposals.html", {
        **await asyncio.to_thread(find), "titles": TITLES, "may_release": Right.RELEASE in person.rights,
    })


async def show(request: web.Request) -> web.Response:
    """Show one proposal: what changes, what is wrong with it, what others say."""
    curation, person = request.app[CURATION], person_of(request)
    number = request.match_info["number"]

    def find() -> dict[str, Any]:
        look = curation.proposals.look(number)
        comments = curation.proposals.store.comments(number)
        return {"look": look, "comments": comments, "files": _files(look), "problems": _problems(look)}

    found = await asyncio.to_thread(find)
    proposal = found["look"].proposal
    own = proposal.author == person.name
    return page(request, "proposal.html", {
        **found, "proposal": proposal, "own": own, "open": proposal.state in OPEN, "titles": TITLES,
        "seen": as_seen(proposal), "state": State, "may_release": Right.RELEASE in person.rights and not own,
        "may_comment": bool(person.rights & {Right.EDIT, Right.RELEASE}),
    })


def _files(look: Look) -> list[dict[str, Any]]:
    return [
        {"path": path, "title": title_of(look.after[path] or look.before[path], path), "fields": fields,
         "lines": text_lines(look.before[path], look.after[path]), "meanwhile": look.meanwhile.get(path)}
        for path, fields in look.differences.items()
    ]


def _problems(look: Look) -> list[tuple[Any, str]]:
    return [(problem, field_of(problem, look.after.get(problem.path))) for problem in look.problems]


async def release(request: web.Request) -> web.StreamResponse:
    """Release one proposal."""
    number = request.match_info["number"]
    return await _release(request, {number: form_of(request).get("gesehen", "")})


async def release_together(request: web.Request) -> web.StreamResponse:
    """Release several proposals as one step."""
    chosen = [value.partition(" ") for value in form_of(request).getall("vorschlag", [])]
    return await _release(request, {number: seen for number, _, seen in chosen})


async def _release(request: web.Request, seen: dict[str, str]) -> web.StreamResponse:
    done: Released = await asyncio.to_thread(
        request.app[CURATION].releasing.release, list(seen), acting(request), seen)
    await go_on(request, f"{PATH}/stand/{done.release.id}", said(done))


def said(done: Released) -> str:
    """Return the sentence after a release."""
    again = f" Noch einmal anzusehen: {', '.join(done.outdated)}." if done.outdated else ""
    return f"Freigegeben. {done.live}{again}"


async def reject(request: web.Request) -> web.StreamResponse:
    """Refuse a proposal."""
    number, why = request.match_info["number"], form_of(request).get("text", "")
    await asyncio.to_thread(request.app[CURATION].proposals.reject, number, acting(request), why)
    await go_on(request, PATH, f"{number} ist abgelehnt. Ihre Begründung steht dabei.")


async def comment(request: web.Request) -> web.StreamResponse:
    """Add a comment."""
    number, text = request.match_info["number"], form_of(request).get("text", "")
    await asyncio.to_thread(request.app[CURATION].proposals.comment, number, acting(request), text)
    await go_on(request, f"{PATH}/{number}", "Ihr Kommentar ist gespeichert.")


async def submit(request: web.Request) -> web.StreamResponse:
    """Ask for a release."""
    number = request.match_info["number"]
    await asyncio.to_thread(request.app[CURATION].proposals.submit, number, acting(request))
    await go_on(request, f"{PATH}/{number}", "Eingereicht. Eine zweite Person gibt den Vorschlag frei.")


async def withdraw(request: web.Request) -> web.StreamResponse:
    """Take back a proposal of one's own."""
    number = request.match_info["number"]
    await asyncio.to_thread(request.app[CURATION].proposals.withdraw, number, acting(request))
    await go_on(request, PATH, f"{number} ist zurückgenommen.")


async def follow(request: web.Request) -> web.StreamResponse:
    """Put a proposal on the files as they are now."""
    number = request.match_info["number"]
    await asyncio.to_thread(request.app[CURATION].proposals.follow, number, acting(request))
    await go_on(request, f"{PATH}/{number}", "Er steht jetzt auf dem neuen Stand. Sehen Sie ihn noch einmal durch.")
