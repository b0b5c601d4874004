"""``/wissensbasis/…/…``: the form of one record. Buttons in it send the whole form; it works without scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.curation.content_store import fingerprint
from bot.curation.differences import differences
from bot.curation.proposals import applied
from bot.curation.record_form.choices import Choices
from bot.curation.record_form.edited import Edited, Faults, edited
from bot.curation.record_form.flat import Flat, flatten
from bot.curation.record_form.nodes import Builder, Section, called
from bot.curation.record_form.rows import ACTIONS, act
from bot.curation.record_form.shape import shape_of
from bot.curation.record_preview import Outcome, places_of, preview
from bot.curation.records import Place, RecordKind, checked_again, data_at, place_of, shared_text, template
from bot.curation.reports import open_report
from bot.errors import NavigatorError
from bot.records.proposals import Proposal, State
from bot.records.reports import OpenReport
from bot.records.rights import Right
from bot.workbench.forms import form_of
from bot.workbench.keys import ENGINE, STORE, TODAY
from bot.workbench.pages.proposals import CURATION, acting
from bot.workbench.pages.proposals import PATH as RELEASE_PATH
from bot.workbench.pages.records import PATH, choices_for, context_of, kind_of
from bot.workbench.people import go_on, person_of
from bot.workbench.rendering import page
from bot.workbench.routes import get, post
from knowledge_base.schema.programme import Programme

NEW = "neu"
_ONE = f"{PATH}/{{kind}}/{{record}}"
_SAID = {
    State.SUBMITTED: "Eingereicht. Eine zweite Person gibt den Vorschlag frei.",
    State.DRAFT: "Der Entwurf ist gespeichert. Sehen Sie ihn durch und reichen Sie ihn dann ein.",
    State.OUTDATED: "Gespeichert, aber nicht eingereicht: Jemand hat inzwischen dieselbe Angabe geändert.",
}
_OWN_FIELDS = {"tun", "titel", "grund", "gesehen", "meldung"}


def routes() -> list[web.RouteDef]:
    """Return the routes."""
    return [
        get(f"{PATH}/{{kind}}/neu", show_new, Right.EDIT), post(f"{PATH}/{{kind}}/neu", change_new, Right.EDIT),
        get(_ONE, show, Right.READ), post(_ONE, change, Right.EDIT), post(f"{_ONE}/stimmt", still_holds, Right.EDIT),
        post(f"{_ONE}/vorschau", show_preview, Right.EDIT),
    ]


@dataclass
class Draft:
    """A form on its way through a request."""

    kind: RecordKind
    record: str
    """Id; empty for a new one."""
    place: Place | None
    text: str | None
    """The file as the person saw it."""
    flat: Flat
    choices: Choices
    title: str = ""
    reason: str = ""
    seen: str = ""
    report: OpenReport | None = None
    """What a visitor wrote that led here."""
    go_on_at: str = ""
    """Field that is to have the focus."""

    def edited(self) -> Edited:
        """Read it."""
        return edited(self.kind, self.place, self.text, self.flat, self.choices)


async def show_new(request: web.Request) -> web.Response:
    """Show an empty form."""
    kind, choices = kind_of(request), await choices_for(request)
    if not kind.one:
        raise web.HTTPNotFound
    data = template(kind, person_of(request).title, request.app[TODAY]())
    flat = flatten(shape_of(kind.model), data, choices)
    text = await asyncio.to_thread(shared_text, request.app[CURATION].contents, kind)
    return await _page(request, Draft(kind, "", None, text, flat, choices, seen=fingerprint(text)))


async def show(request: web.Request) -> web.Response:
    """Show the form of a record."""
    kind, choices, record = kind_of(request), await choices_for(request), request.match_info["record"]
    contents = request.app[CURATION].contents

    def find() -> tuple[Place, str | None]:
        place = place_of(contents, kind, record)
        return place, contents.read(place.path)

    place, text = await asyncio.to_thread(find)
    data, report = data_at(text, place), await _report(request, request.query.get("meldung", ""))
    draft = Draft(kind, record, place, text, flatten(shape_of(kind.model), data, choices), choices,
                  seen=fingerprint(text), report=report)
    if report:
        draft.title = f"{data.get(kind.naming, record)}: nach Meldung {report.number}"[:200]
        draft.reason = f"Nach der Meldung {report.number} von der Internetseite."
    return await _page(request, draft)


async def change_new(request: web.Request) -> web.StreamResponse:
    """Take the form of a new record."""
    return await _take(request, "")


async def change(request: web.Request) -> web.StreamResponse:
    """Take the form of a record."""
    return await _take(request, request.match_info["record"])


async def show_preview(request: web.Request) -> web.Response:
    """Show who gets it, while somebody is still writing."""
    record = request.match_info["record"]
    draft = await _sent(request, "" if record == NEW else record)
    outcomes = await asyncio.to_thread(_preview, request, draft)
    return page(request, "_who.html", {"outcomes": outcomes})


async def still_holds(request: web.Request) -> web.StreamResponse:
    """Propose that a record was read again and still holds."""
    kind, record, person = kind_of(request), request.match_info["record"], acting(request)
    curation, today = request.app[CURATION], request.app[TODAY]()

    def propose() -> str:
        place = place_of(curation.contents, kind, record)
        data = data_at(curation.contents.read(place.path), place)
        edits = checked_again(place, data, person.title, today)
        made = curation.proposals.draft(
            person, f"{data.get(kind.naming)}: geprüft, stimmt noch", "wissensbasis",
            f"Am {today:%d.%m.%Y} gegen die Quellen gelesen. Es stimmt noch.", edits)
        return curation.proposals.submit(made.number, person).number

    number = await asyncio.to_thread(propose)
    await go_on(request, f"{PATH}/{kind.slug}?faellig=1", f"{number} ist eingereicht: geprüft, stimmt noch. Eine "
                                                         "zweite Person gibt es frei.")


async def _take(request: web.Request, record: str) -> web.StreamResponse:
    draft = await _sent(request, record)
    what, _, name = form_of(request).get("tun", "pruefen").partition(" ")
    if what in ACTIONS:
        draft.go_on_at = act(draft.flat, what, name)
        return await _page(request, draft)
    read = await asyncio.to_thread(draft.edited)
    faults = read.shape_faults()
    if not faults.blocking and read.edits:
        proposals = request.app[CURATION].proposals
        faults = read.faults(await asyncio.to_thread(proposals.checker.check, applied(
            {read.place.path: read.text}, read.edits)))
    if what == "pruefen":
        return await _page(request, draft, faults, checked=True)
    try:
        made = await asyncio.to_thread(_propose, request, draft, read, faults, what == "einreichen")
    except NavigatorError as error:
        return await _page(request, draft, faults, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    await go_on(request, f"{RELEASE_PATH}/{made.number}", _SAID.get(made.state, ""))


def _propose(request: web.Request, draft: Draft, read: Edited, faults: Faults, submit: bool) -> Proposal:
    """Make a proposal of the form; one that somebody overtook meanwhile is not submitted."""
    if not read.edits:
        raise NavigatorError("Es ist nichts geändert – ändern Sie eine Angabe und speichern Sie dann.")
    if faults.blocking:
        raise NavigatorError("Einige Angaben fehlen oder stimmen nicht – sie stehen unten bei ihrem Feld.")
    if not draft.reason.strip():
        raise NavigatorError("Schreiben Sie ganz unten dazu, warum sich das ändert und wo es steht.")
    proposals, person = request.app[CURATION].proposals, acting(request)
    made = proposals.draft(person, draft.title or _title(read), "wissensbasis", draft.reason, read.edits,
                           seen={read.place.path: draft.seen} if draft.seen else None,
                           report=draft.report.number if draft.report else None)
    return proposals.submit(made.number, person) if submit and made.state is State.DRAFT else made


def _title(read: Edited) -> str:
    """Say what changes, if the person did not."""
    name = str(read.data.get(read.kind.naming, read.kind.title))
    if read.place.is_new:
        return f"Neu: {name}"
    after = applied({read.place.path: read.text}, read.edits)
    fields = dict.fromkeys(each.field.split(" › ")[0] for each in differences(read.text, after[read.place.path]))
    return f"{name}: {', '.join(fields)}"[:200]


async def _sent(request: web.Request, record: str) -> Draft:
    """Return the form that was sent, beside the text that the person saw."""
    kind, choices, form = kind_of(request), await choices_for(request), form_of(request)
    curation, seen = request.app[CURATION], form.get("gesehen", "")

    def find() -> tuple[Place | None, str | None]:
        if not record:
            return None, shared_text(curation.contents, kind)
        now = place_of(curation.contents, kind, record)
        text = curation.proposals.text_seen(now.path, seen or None)
        return place_of(curation.contents, kind, record, text), text

    place, text = await asyncio.to_thread(find)
    flat: Flat = MultiDict((name, value) for name, value in form.items() if name not in _OWN_FIELDS)
    return Draft(kind, record, place, text, flat, choices, form.get("titel", ""), form.get("grund", ""), seen,
                 await _report(request, form.get("meldung", "")))


async def _report(request: web.Request, number: str) -> OpenReport | None:
    """Return the message of a visitor, for those who may read messages."""
    if Right.EDIT not in person_of(request).rights:
        return None
    return await asyncio.to_thread(open_report, request.app[ENGINE], number)


async def _page(
    request: web.Request, draft: Draft, faults: Faults | None = None, problem: str = "", status: int = HTTPStatus.OK,
    checked: bool = False,
) -> web.Response:
    faults = faults or Faults()
    shape = shape_of(draft.kind.model)
    builder = Builder(draft.flat, draft.choices, faults.fields)
    fixed = draft.kind.fixed if draft.record else ("id",)
    outcomes = await asyncio.to_thread(_preview, request, draft)
    paths = [draft.place.path] if draft.place and len(draft.place.loc) == 0 else []
    waiting = await asyncio.to_thread(request.app[CURATION].proposals.store.open_on, paths) if paths else []
    sections = builder.sections(shape, fixed)
    name = draft.flat.get(draft.kind.naming, "") or draft.choices.label("places", draft.record)
    return page(request, "record.html", {
        **context_of(request, draft.kind), "draft": draft, "sections": sections, "name": name,
        "faults": faults, "labels": _labels(sections, faults), "problem": problem, "checked": checked,
        "outcomes": outcomes, "has_preview": draft.kind.model is Programme, "choices": draft.choices,
        "action": f"{PATH}/{draft.kind.slug}/{draft.record or NEW}", "due": _due(draft),
        "file": draft.place.path if draft.place else "", "waiting": waiting,
    }, status)


def _labels(sections: Sequence[Section], faults: Faults) -> Sequence[tuple[str, str]]:
    """Return what is wrong as links to the fields."""
    names = called(sections)
    return [(name.replace(".", "-"), f"{names[name]}: {text}" if name in names else text)
            for name, texts in faults.fields.items() for text in texts]


def _preview(request: web.Request, draft: Draft) -> list[Outcome]:
    if draft.kind.model is not Programme:
        return []
    directory = request.app[STORE].derived(places_of)
    old = data_at(draft.text, draft.place) if draft.place else {}
    return preview(old, draft.edited().data, directory, request.app[TODAY]())


def _due(draft: Draft) -> Any:
    return (data_at(draft.text, draft.place) if draft.place else {}).get("verified")
