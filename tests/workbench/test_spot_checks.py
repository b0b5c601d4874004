"""The page „Stichprobe“: one answer after the other, verdicts with a reason, what is wrong stands among the tasks."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot.records.rights import Role
from bot.records.spot_checks import Drawn, SpotCheckStore, Verdict
from bot.workbench.keys import ENGINE, TODAY
from tests.workbench.conftest import SignIn

WEEK = dt.date(2026, 11, 9)
ANSWER = Drawn("web:anna", "Wo sind Sie?", "in <Hagen>", "Das passt.\n\nBildungsscheck",
               [("programme", "bildungsscheck-2-0"), ("kontakte", "gibt-es-nicht-mehr")])


@pytest.fixture
def store(app: web.Application) -> SpotCheckStore:
    """Two answers that wait."""
    app[TODAY] = lambda: dt.date(2026, 11, 20)
    made = SpotCheckStore(app[ENGINE])
    made.draw(WEEK, [ANSWER] * 2)
    return made


async def test_one_answer_after_the_other(store: SpotCheckStore, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    first, second = store.open_checks()
    assert "Stichprobe" in (await anna.get("/")).text
    seen = await anna.get("/stichprobe")
    assert "in <Hagen>" in seen.text and "Wo sind Sie?" in seen.text and "Noch 2 zu beurteilen" in seen.text
    assert 'href="/wissensbasis/programme/bildungsscheck-2-0"' in seen.html
    sent = await anna.post(f"/stichprobe/{first}", {"urteil": "richtig", "anmerkung": ""})
    assert (sent.status, sent.location) == (303, "/stichprobe")
    seen = await anna.get("/stichprobe")
    assert f"Antwort {second} " in seen.text and "Noch 1 zu beurteilen" in seen.text
    assert "Notiert: richtig" in seen.text
    await anna.post(f"/stichprobe/{second}", {"urteil": "teilweise", "anmerkung": "Die Frist fehlt"})
    seen = await anna.get("/stichprobe")
    assert "nichts zu beurteilen" in seen.text and "50 % (zwischen 9 und 91 %)" in seen.text


async def test_what_is_wrong_becomes_a_task_that_leads_back(store: SpotCheckStore, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    number = store.open_checks()[0]
    await anna.post(f"/stichprobe/{number}", {"urteil": "falsch", "anmerkung": "Seit 2026 gilt anderes"})
    tasks = await anna.get("/aufgaben")
    assert "Seit 2026 gilt anderes" in tasks.text and f'href="/stichprobe/{number}"' in tasks.html
    seen = await anna.get(f"/stichprobe/{number}")
    assert "Bisher: falsch , beurteilt von anna" in seen.text and "Seit 2026 gilt anderes" in seen.text


async def test_a_fault_needs_words_and_what_was_written_stays(store: SpotCheckStore, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    number = store.open_checks()[0]
    seen = await anna.post(f"/stichprobe/{number}", {"urteil": "falsch", "anmerkung": " "})
    assert seen.status == 422 and "was an der Antwort nicht stimmt" in seen.text
    assert (await anna.post(f"/stichprobe/{number}", {"urteil": "egal"})).status == 400
    assert len(store.open_checks()) == 2


async def test_an_answer_whose_words_are_gone(store: SpotCheckStore, staff: SignIn, app: web.Application) -> None:
    anna = await staff(Role.EDITOR)
    judged, other = store.open_checks()
    store.judge(judged, Verdict.RIGHT, "", "anna")
    store.purge(dt.datetime.now(dt.timezone.utc) + dt.timedelta(seconds=1))
    assert "ist gelöscht. Das Urteil war: richtig" in (await anna.get(f"/stichprobe/{judged}")).text
    assert (await anna.get(f"/stichprobe/{other}")).status == 404
    with app[ENGINE].connect() as connection:
        assert connection.execute(sa.text("select question from spot_check")).scalars().all() == [""]
