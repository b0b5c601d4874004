"""The page of the models: what is fit is activated, what is worse is blocked, back is one click."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot.curation.model_reports import Flip, ModelReport, write_report
from bot.curation.training_job import Progress
from bot.instance import load_instance
from bot.records.audit import Filter
from bot.records.model_choices import ModelChoices
from bot.records.rights import Role
from bot.settings import load_settings
from bot.workbench.app import create_app
from bot.workbench.keys import AUDIT, ENGINE
from bot.workbench.pages.models import JOB
from tests.workbench.conftest import SECRET, SignIn

OLD, GOOD, BAD, BARE = (f"2026112{day}-120000-abcdefabcdef.tar.gz" for day in range(4))
REPORT = ModelReport(GOOD, "2026-11-21T12:00:00+00:00", "Anna Beispiel", "Neue Sätze", 10, 9, 0.9,
                     {"foerderung_ki": (9, 10)}, OLD, 8, [], [Flip("foerderung_ki", "Geld für KI?", "krise",
                                                                  "foerderung_ki")], [])
WORSE = replace(REPORT, model=BAD, right=5, better=[], problems=["„Krise“: 1 von 9 Prüfsätzen richtig."],
                worse=[Flip("krise", "Hilfe!", "krise", "nlu_fallback")])


@pytest.fixture
def app(catalogue_engine: sa.Engine, tmp_path: Path) -> web.Application:
    """A workbench with four models, the oldest of which answers."""
    settings = load_settings({"NAVIGATOR_VAR_DIR": str(tmp_path)})
    settings.model_dir.mkdir()
    for name in (OLD, GOOD, BAD, BARE):
        (settings.model_dir / name).write_bytes(b"")
    write_report(settings.model_dir, REPORT)
    write_report(settings.model_dir, WORSE)
    ModelChoices(catalogue_engine).choose(OLD, "system", "System", None)
    return create_app(settings, load_instance(settings), catalogue_engine, SECRET)


def active(app: web.Application) -> str | None:
    return ModelChoices(app[ENGINE]).active()


async def test_activate_and_go_back(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.RELEASER)
    one = await anna.get(f"/modelle/{GOOD}")
    assert "9 von 10" in one.text and "Geld für KI?" in one.text and "Dieses Modell aktivieren" in one.text
    assert (await anna.post(f"/modelle/{GOOD}/aktivieren")).status == 303
    assert active(app) == GOOD
    seen = await anna.get("/modelle")
    assert "Zurück zum Modell davor (20261120-120000)" in seen.text
    assert (await anna.post(f"/modelle/{OLD}/aktivieren")).status == 303
    assert active(app) == OLD
    entries = app[AUDIT].find(Filter(action="modell.aktiviert", who="anna"))
    assert [(each.before, each.after) for each in entries] == [(GOOD, OLD), (OLD, GOOD)]


@pytest.mark.parametrize(("name", "why"), [(BAD, "gesperrt"), (BARE, "nicht geprüft"), (OLD, "antwortet schon")])
async def test_what_must_not_answer_is_refused(app: web.Application, staff: SignIn, name: str, why: str) -> None:
    anna = await staff(Role.RELEASER)
    assert "Dieses Modell aktivieren" not in (await anna.get(f"/modelle/{name}")).text
    seen = await anna.post(f"/modelle/{name}/aktivieren")
    assert why in seen.text
    assert active(app) == OLD


async def test_a_blocked_model_shows_why(staff: SignIn) -> None:
    anna = await staff(Role.RELEASER)
    seen = await anna.get(f"/modelle/{BAD}")
    assert "1 von 9 Prüfsätzen" in seen.text
    assert "Hilfe!" in seen.text and "fragt nach" in seen.text


async def test_who_only_reads_starts_nothing(staff: SignIn) -> None:
    berta = await staff(Role.EDITOR, name="berta")
    seen = await berta.get("/modelle")
    assert "kann aktiviert werden" in seen.text and "Training starten" not in seen.text


async def test_the_part_reloads_the_page_when_the_training_ended(
    app: web.Application, staff: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await staff(Role.RELEASER)
    monkeypatch.setattr(app[JOB], "progress", lambda: Progress("Anna", "", "2026-11-21", 1, 1, running=True))
    running = await anna.get("/modelle/stand", **{"HX-Request": "true"})
    assert "Trainieren – läuft" in running.text and "HX-Refresh" not in running.headers
    monkeypatch.setattr(app[JOB], "progress", lambda: Progress("Anna", "", "2026-11-21", 1, 4, model=GOOD))
    assert (await anna.get("/modelle/stand", **{"HX-Request": "true"})).headers["HX-Refresh"] == "true"
    assert f"/modelle/{GOOD}" in (await anna.get("/modelle")).html


async def test_starting_holds_the_present_model(
    app: web.Application, staff: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(app[JOB], "start", lambda who, note: started.append((who, note)))
    anna = await staff(Role.RELEASER)
    assert (await anna.post("/modelle/training", {"notiz": "Neue Sätze"})).status == 303
    assert started == [("Anna Beispiel", "Neue Sätze")]
    assert active(app) == OLD
