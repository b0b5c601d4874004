"""Rückrufe, Meldungen and Aufgaben: an address is seen only by who may, and each look is noted."""

from __future__ import annotations

from aiohttp import web

from bot.records.audit import Filter
from bot.records.callbacks import CallbackStore
from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.records.reports import ReportKind, ReportStore
from bot.records.rights import Role
from bot.workbench.keys import AUDIT, ENGINE
from tests.workbench.conftest import SignIn

PHONE, MAIL = "0171 3920001", "b@example.org"


async def test_a_call_back_is_made(staff: SignIn, app: web.Application) -> None:
    store = CallbackStore(app[ENGINE])
    store.draft("web:anna", way="telefon", address=PHONE, about={"thema": "KI", "programme": ["Bildungsscheck"]})
    sent = store.send("web:anna")
    assert sent
    anna = await staff(Role.EDITOR)
    listed = await anna.get("/rueckrufe")
    assert sent.number in listed.text and "KI; Bildungsscheck" in listed.text and PHONE not in listed.html
    opened = await anna.post(f"/rueckrufe/{sent.number}/ansehen")
    assert PHONE in opened.text
    assert [each.subject for each in app[AUDIT].find(Filter(action="rueckruf.angesehen"))] == [sent.number]
    done = await anna.post(f"/rueckrufe/{sent.number}/erledigt")
    assert done.status == 303 and "Zurzeit wartet niemand" in (await anna.get("/rueckrufe")).text
    request = store.find("web:anna")
    assert request and request.address is None
    assert (await anna.post(f"/rueckrufe/{sent.number}/ansehen")).status == 422


async def test_who_only_reads_sees_no_call_back(staff: SignIn, app: web.Application) -> None:
    rita = await staff(Role.READER)
    assert (await rita.get("/rueckrufe")).status == 403
    assert "Rückrufe" not in (await rita.get("/")).text


async def test_reports_of_both_kinds(staff: SignIn, app: web.Application) -> None:
    store = ReportStore(app[ENGINE])
    wrong = store.add(ReportKind.ERROR, "bildungsscheck-2-0", "Der Betrag ist <b>neu</b>.", MAIL)
    barrier = store.add(ReportKind.BARRIER, "/chat", "Der Knopf ist zu klein.")
    anna = await staff(Role.EDITOR)
    listed = await anna.get("/meldungen")
    assert "Der Knopf ist zu klein." in listed.text and MAIL not in listed.html and "<b>neu" not in listed.html
    assert f"/freigabe/meldung/{wrong}" in listed.html and f"/freigabe/meldung/{barrier}" not in listed.html
    assert MAIL in (await anna.post(f"/meldungen/{wrong}/ansehen")).text
    assert [each.subject for each in app[AUDIT].find(Filter(action="meldung.angesehen"))] == [wrong]
    for number in (wrong, barrier):
        assert (await anna.post(f"/meldungen/{number}/erledigt")).status == 303
        assert (await anna.post(f"/meldungen/{number}/erledigt")).status == 422
    assert store.open_reports() == []


async def test_a_task_is_done_once(staff: SignIn, app: web.Application) -> None:
    store = TaskStore(app[ENGINE])
    number = store.add(TaskKind.ENTRY, "Gibt es Geld für Lastenräder?", "Beim Kreis fragen", "Ben Beispiel")
    anna = await staff(Role.EDITOR)
    assert "Lastenräder" in (await anna.get("/aufgaben")).text
    assert (await anna.post(f"/aufgaben/{number}/erledigt")).status == 303
    assert (await anna.post(f"/aufgaben/{number}/erledigt")).status == 422
    assert store.open_tasks() == []
