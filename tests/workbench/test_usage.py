"""The page „Auswertung“: figures of a period, small groups hidden, and the same as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from aiohttp import web

from bot.records.rights import Role
from bot.records.spot_checks import Drawn, SpotCheckStore, Verdict
from bot.records.usage import Key, Measure, UsageStore
from bot.workbench.keys import STORE, TODAY
from tests.workbench.conftest import SignIn

DAY = dt.date(2026, 11, 20)
COUNTS = {
    Key(DAY, Measure.CHANNEL, "web"): 120, Key(DAY, Measure.TALK, "web"): 40, Key(DAY, Measure.TOPIC, "ki"): 30,
    Key(DAY, Measure.TOPIC, "gruendung"): 4, Key(DAY, Measure.AREA, "hagen"): 12, Key(DAY, Measure.HOUR, "14"): 120,
    Key(DAY - dt.timedelta(days=40), Measure.TOPIC, "ki"): 100,
}


@pytest.fixture
def counted(app: web.Application) -> web.Application:
    """The workbench with a few counters and one answer that was judged."""
    app[TODAY] = lambda: DAY
    UsageStore(app[STORE].engine).add(COUNTS)
    checks = SpotCheckStore(app[STORE].engine)
    checks.draw(DAY - dt.timedelta(days=4), [Drawn("a", "", "Frage", "Antwort", [])])
    checks.judge(checks.open_checks()[0], Verdict.RIGHT, "", "anna")
    return app


async def test_figures_of_the_last_30_days(counted: web.Application, staff: SignIn) -> None:
    seen = await (await staff(Role.READER)).get("/auswertung")
    assert seen.status == 200
    assert "Vom 22.10.2026 bis zum 20.11.2026" in seen.text
    assert "Künstliche Intelligenz 30" in seen.text and "unter 5" in seen.text and "Hagen 12" in seen.text
    assert "100 % von 1 beurteilten Antworten" in seen.text
    assert seen.html.count('role="img"') == seen.html.count("<title id=") >= 5
    assert "style=" not in seen.html and "<script>" not in seen.html


async def test_other_periods(counted: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.READER)
    for query, number in {"tage=90": 130, "von=01.10.2026&bis=31.10.2026": 100, "von=2026-10-01": 130,
                          "tage=99": 30}.items():
        assert f"Künstliche Intelligenz {number} " in (await anna.get(f"/auswertung?{query}")).text, query


async def test_a_period_that_is_none(counted: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.READER)
    for query, why in {"von=gestern": "ist kein Tag", "von=02.11.2026&bis=01.11.2026": "vor dem ersten",
                       "von=01.01.2020&bis=01.11.2026": "höchstens zwei Jahre"}.items():
        seen = await anna.get(f"/auswertung?{query}")
        assert seen.status == 422 and why in seen.text, query
    assert (await anna.get("/auswertung.csv?von=gestern")).status == 422


async def test_the_file_hides_small_groups_too(counted: web.Application, staff: SignIn) -> None:
    seen = await (await staff(Role.READER)).get("/auswertung.csv?tage=30")
    rows = list(csv.reader(io.StringIO(seen.html.removeprefix("\ufeff")), delimiter=";"))
    assert ["Themen (Gespräche)", "Künstliche Intelligenz", "30"] in rows
    assert ["Uhrzeit (Nachrichten)", "14 bis 15 Uhr", "120"] in rows
    small = [row[2] for row in rows if row[0].startswith("Themen") and "Gründ" in row[1]]
    assert small == ["unter 5"]
    assert "auswertung-2026-10-22-2026-11-20.csv" in seen.headers["Content-Disposition"]
