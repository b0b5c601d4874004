"""``/posteingang``: what was not answered well, one after the other, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.curation.corpus import Place
from bot.curation.inbox import Group, Inbox
from bot.records.editorial_tasks import TaskKind
from bot.records.feedback import TITLES as RATINGS
from bot.records.rights import Right
from bot.records.unclear_turns import Decision, Why
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE, SETTINGS
from bot.workbench.navigation import Entry
from bot.workbench.pages.proposals import CURATION, acting
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post

PATH = "/posteingang"
INBOX: web.AppKey[Inbox] = web.AppKey("inbox", Inbox)
WHY = {
    Why.RATED_BAD: "schlecht bewertet", Why.NO_MATCH: "ohne Treffer", Why.CLARIFY: "nachgefragt",
    Why.UNSURE: "unsicher verstanden", Why.NO_RESULT: "ohne Ergebnis beendet",
}
"""What people read."""
_LISTED = 25
_OTHERS = 20
_NUMBER = r"{number:\d{1,9}}"
_ONLY = {"training": Decision.TRAINING, "messsatz": Decision.HELD_OUT}


async def _waiting(request: web.Request) -> int:
    return await asyncio.to_thread(request.app[INBOX].store.count)


ENTRY = Entry(PATH, "Posteingang", Right.EDIT,
              "Hier sehen Sie, was der Bot nicht gut beantwortet hat, und machen Beispiele daraus.", _waiting)


def set_up(app: web.Application) -> None:
    """Open the inbox."""
    app[INBOX] = Inbox(app[ENGINE], app[CURATION].proposals, app[SETTINGS].content_dir)


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    decisions = {"aufnehmen": add, "fremd": off_topic, "aufgabe": task, "absicht": new_intent, "verwerfen": discard}
    return [
        get(PATH, show, Right.EDIT), post(f"{PATH}/zurueck", undo, Right.EDIT),
        post(f"{PATH}/vorschlagen", propose, Right.EDIT),
        *(post(f"{PATH}/{_NUMBER}/{name}", decide, Right.EDIT) for name, decide in decisions.items()),
    ]


async def show(request: web.Request) -> web.Response:
    """Show the list and one turn of it."""
    inbox, who = request.app[INBOX], person_of(request).name
    why = next((each for each in Why if each.value == request.query.get("warum")), None)

    def find() -> dict[str, Any]:
        groups = inbox.groups(why)
        at = _position(groups, request.query.get("satz", ""))
        first = max(0, at - 5)
        return {
            "groups": groups[first:first + _LISTED], "number": sum(group.size for group in groups),
            "group": groups[at] if groups else None, "seen": inbox.look(groups[at].first.id) if groups else None,
            "next": groups[(at + 1) % len(groups)].first.id if groups else 0,
            "before": groups[at - 1].first.id if groups else 0,
            "planned": inbox.store.planned(who), "titles": inbox.corpora.now().titles,
        }

    return page(request, "inbox.html", {
        **await asyncio.to_thread(find), "chosen": why, "reasons": WHY, "most": _OTHERS, "says": _says,
        "ratings": {reason.value: title for reason, title in RATINGS.items()}})


def _position(groups: list[Group], wanted: str) -> int:
    """The place of the group that a turn belongs to; the first if it is not there."""
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0
    found = (at for at, group in enumerate(groups) if any(turn.id == number for turn in (group.first, *group.others)))
    return next(found, 0)


def _says(place: Place, title: str) -> str:
    return f"{'Misst' if place.measures else 'Steht'} schon bei „{title}“."


async def add(request: web.Request) -> web.StreamResponse:
    """Plan the sentence for an intent."""
    form = form_of(request)
    intent = form.get("vorschlag") or form.get("absicht", "")
    only = _ONLY.get(form.get("wohin", ""))
    return await _decide(request, lambda number, others: request.app[INBOX].add(
        number, acting(request), intent, form.get("text", ""), others, only))


async def off_topic(request: web.Request) -> web.StreamResponse:
    """Plan it as a sentence that is to be refused."""
    return await _decide(request, lambda number, others: request.app[INBOX].off_topic(
        number, acting(request), form_of(request).get("text", ""), others))


async def task(request: web.Request) -> web.StreamResponse:
    """Make a task of it: an entry of the catalogue is missing."""
    return await _task(request, TaskKind.ENTRY)


async def new_intent(request: web.Request) -> web.StreamResponse:
    """Make a task of it: there is no intent for this yet."""
    return await _task(request, TaskKind.INTENT)


async def _task(request: web.Request, kind: TaskKind) -> web.StreamResponse:
    return await _decide(request, lambda number, others: request.app[INBOX].make_task(
        number, acting(request), kind, form_of(request).get("notiz", ""), others))


async def discard(request: web.Request) -> web.StreamResponse:
    """Do nothing about it."""
    return await _decide(request, lambda number, others: request.app[INBOX].discard(number, acting(request), others))


async def _decide(request: web.Request, decide: Callable[[int, list[int]], str]) -> web.StreamResponse:
    """Carry out a decision and go on with the next turn."""
    form = form_of(request)
    number = int(request.match_info["number"])
    others = [int(each) for each in form.getall("auch", []) if each.isdecimal() and len(each) < 10]
    said = await asyncio.to_thread(decide, number, others)
    await go_on(request, _address(form.get("warum", ""), form.get("weiter", "")), said)


async def undo(request: web.Request) -> web.StreamResponse:
    """Take back one's last decision."""
    turn = await asyncio.to_thread(request.app[INBOX].undo, acting(request))
    await go_on(request, _address("", str(turn.id)), "Zurückgenommen. Der Satz ist wieder offen.")


async def propose(request: web.Request) -> web.StreamResponse:
    """Make one proposal of all that is planned."""
    made = await asyncio.to_thread(request.app[INBOX].propose, acting(request))
    await go_on(request, f"/freigabe/{made.number}", "Eingereicht. Eine zweite Person gibt den Vorschlag frei.")


def _address(why: str, turn: str) -> str:
    chosen = {"warum": why if why in {each.value for each in Why} else "", "satz": turn if turn.isdecimal() else ""}
    query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
    return f"{PATH}?{query}" if query else PATH
