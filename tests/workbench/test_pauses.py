"""Pause and resume at the workbench: at once, by one person, and it stands in the log."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.records.audit import Filter
from bot.records.rights import Role
from bot.workbench.keys import AUDIT, STORE
from knowledge_base.pauses import Paused, Pauses
from tests.workbench.conftest import SignIn

WORDS = "Das Programm wird gerade überarbeitet. Rufen Sie uns an."
PROGRAMME = "bildungsscheck-2-0"


def told(app: web.Application, kind: Paused, subject: str) -> str | None:
    """What a process that begins now would say."""
    return Pauses(app[STORE].engine).text(kind, subject)


async def test_a_programme_is_paused_by_its_name_and_comes_back(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.RELEASER)
    name = app[STORE].catalogue().programmes[PROGRAMME].name
    fields = {"art": "programm", "was": f" {name.lower()}", "text": WORDS}
    assert (await anna.post("/pausieren", fields)).status == 303
    assert told(app, Paused.PROGRAMME, PROGRAMME) == WORDS
    seen = await anna.get("/pausieren")
    assert WORDS in seen.text and name in seen.text and "Anna Beispiel" in seen.text
    assert (await anna.post("/pausieren/ende", {"art": "programm", "was": PROGRAMME})).status == 303
    assert told(app, Paused.PROGRAMME, PROGRAMME) is None
    assert "Nichts ist pausiert" in (await anna.get("/pausieren")).text
    entries = app[AUDIT].find(Filter(action="pause."))
    assert [(each.action, each.who, each.subject, each.before, each.after) for each in entries] == [
        ("pause.beendet", "anna", f"Programm {PROGRAMME}", WORDS, None),
        ("pause.gesetzt", "anna", f"Programm {PROGRAMME}", None, WORDS)]


@pytest.mark.parametrize(("kind", "subject"), [("absicht", "foerderung_ki"), ("kanal", "web")])
async def test_an_intent_and_a_channel(app: web.Application, staff: SignIn, kind: str, subject: str) -> None:
    anna = await staff(Role.RELEASER)
    assert (await anna.post("/pausieren", {"art": kind, "was": subject, "text": WORDS})).status == 303
    assert told(app, Paused(kind), subject) == WORDS


@pytest.mark.parametrize(("fields", "problem"), [
    ({"art": "programm", "was": "Bildungscheckk", "text": WORDS}, "gibt es nicht"),
    ({"art": "programm", "was": "bildungsscheck", "text": WORDS}, "Meinen Sie"),
    ({"art": "absicht", "was": "mensch_sprechen", "text": WORDS}, "gibt es nicht"),
    ({"art": "absicht", "was": "daten_loeschen", "text": WORDS}, "gibt es nicht"),
    ({"art": "kanal", "was": "fax", "text": WORDS}, "gibt es nicht"),
    ({"art": "kanal", "was": "web", "text": "  kurz "}, "Was soll der Bot stattdessen sagen"),
])
async def test_what_cannot_be_paused_is_said(staff: SignIn, fields: dict[str, str], problem: str) -> None:
    anna = await staff(Role.RELEASER)
    seen = await anna.post("/pausieren", fields)
    assert seen.status == 422
    assert problem in seen.text
    assert "Nichts ist pausiert" in seen.text


async def test_twice_is_refused(staff: SignIn) -> None:
    anna = await staff(Role.RELEASER)
    fields = {"art": "kanal", "was": "web", "text": WORDS}
    await anna.post("/pausieren", fields)
    assert "schon pausiert" in (await anna.post("/pausieren", fields)).text


async def test_who_only_reads_sees_no_form(staff: SignIn) -> None:
    berta = await staff(Role.EDITOR, name="berta")
    seen = await berta.get("/pausieren")
    assert seen.status == 200
    assert "Sofort pausieren" not in seen.text
