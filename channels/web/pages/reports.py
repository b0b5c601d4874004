"""``/melden``: „Stimmt nicht mehr?“; ``/barrierefreiheit/melden``: a barrier. Both lead to a number to quote."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web
from multidict import MultiDict
from wtforms import EmailField, Form, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Email, Length, Optional

from bot.records.reports import ReportKind, ReportStore
from bot.runtime.gate import visible
from bot.web.csrf import FIELD, TOKENS, read_form
from bot.web.rendering import page
from channels.web.keys import ENGINE, STORE
from knowledge_base.store import KnowledgeStore

THANKS = "/melden/danke"
LONGEST_TEXT, LONGEST_ABOUT, LONGEST_MAIL = 2000, 200, 254
_NUMBER = re.compile(r"M-[A-Z]{6}")
_TOO_LATE = "Die Seite war zu lange offen. Ihre Angaben sind noch da, bitte senden Sie noch einmal ab."


def _clean(value: str | None) -> str:
    return visible(value or "")


def _text(missing: str) -> TextAreaField:
    too_long = f"Ihr Text ist zu lang. Möglich sind {LONGEST_TEXT} Zeichen."
    return TextAreaField(filters=[_clean], validators=[
        DataRequired(missing), Length(max=LONGEST_TEXT, message=too_long)])


class ReportForm(Form):
    """What both forms ask; the template words the labels."""

    zu = StringField(filters=[_clean], validators=[Length(max=80)])
    about = StringField(filters=[_clean], validators=[
        Length(max=LONGEST_ABOUT, message=f"Bitte fassen Sie sich hier kurz: höchstens {LONGEST_ABOUT} Zeichen.")])
    text = _text("Bitte schreiben Sie, was nicht stimmt.")
    email = EmailField(filters=[_clean], validators=[
        Optional(), Length(max=LONGEST_MAIL, message="Diese E-Mail-Adresse ist zu lang."),
        Email("Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de.")])
    website = StringField()
    """Nobody sees it; programs that fill in every field do."""

    def validate_website(self, field: StringField) -> None:
        """Refuse what filled in the hidden field. It is said aloud: it might be a helpful browser."""
        if field.data:
            raise ValidationError("Bitte lassen Sie dieses Feld leer.")


class BarrierForm(ReportForm):
    """The same for barriers."""

    text = _text("Bitte schreiben Sie, was nicht geklappt hat.")


FORMS: Mapping[ReportKind, type[ReportForm]] = {ReportKind.ERROR: ReportForm, ReportKind.BARRIER: BarrierForm}


def routes() -> list[web.AbstractRouteDef]:
    """Return the routes of both forms."""
    return [
        web.get("/melden", show_error_form), web.post("/melden", send_error),
        web.get("/barrierefreiheit/melden", show_barrier_form), web.post("/barrierefreiheit/melden", send_barrier),
        web.get(THANKS, thank),
    ]


async def show_error_form(request: web.Request) -> web.Response:
    """Show the form about a programme, a contact, or anything."""
    return _show(request, ReportKind.ERROR, ReportForm(zu=request.query.get("zu", "")))


async def show_barrier_form(request: web.Request) -> web.Response:
    """Show the form about a barrier."""
    return _show(request, ReportKind.BARRIER, BarrierForm())


async def send_error(request: web.Request) -> web.Response:
    """Take the form about a fact."""
    return await _take(request, ReportKind.ERROR)


async def send_barrier(request: web.Request) -> web.Response:
    """Take the form about a barrier."""
    return await _take(request, ReportKind.BARRIER)


async def thank(request: web.Request) -> web.Response:
    """Say the number; an address of its own, so that reloading sends nothing again."""
    number = request.query.get("nummer", "")
    if not _NUMBER.fullmatch(number):
        raise web.HTTPNotFound
    return page(request, "report_thanks.html", {"number": number})


async def _take(request: web.Request, kind: ReportKind) -> web.Response:
    fields = await read_form(request)
    form = FORMS[kind](MultiDict(fields))
    if not form.validate():
        return _show(request, kind, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not request.app[TOKENS].accepts(fields.get(FIELD, ""), kind.value):
        return _show(request, kind, form, HTTPStatus.UNPROCESSABLE_ENTITY, _TOO_LATE)
    _name_of(request.app[STORE], form.zu.data)
    number = await asyncio.to_thread(
        ReportStore(request.app[ENGINE]).add, kind, form.zu.data or form.about.data, form.text.data,
        form.email.data or None)
    raise web.HTTPSeeOther(f"{THANKS}?nummer={number}")


def _show(request: web.Request, kind: ReportKind, form: ReportForm, status: int = HTTPStatus.OK,
          problem: str = "") -> web.Response:
    context: dict[str, Any] = {
        "form": form, "purpose": kind.value, "problem": problem, "name": _name_of(request.app[STORE], form.zu.data),
        "longest": {"text": LONGEST_TEXT, "about": LONGEST_ABOUT, "email": LONGEST_MAIL},
    }
    return page(request, f"report_{kind.name.lower()}.html", context, status)


def _name_of(store: KnowledgeStore, subject: str) -> str:
    """Return the name of the programme or contact a report is about; empty if it is about none.

    Raises:
        web.HTTPNotFound: If there is no such programme or contact.
    """
    if not subject:
        return ""
    record = store.programme(subject) or store.contact(subject)
    if record is None:
        raise web.HTTPNotFound
    return record.name
