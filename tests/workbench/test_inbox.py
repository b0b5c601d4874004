"""The inbox as people use it: from a question that was not understood to a sentence in the training data."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot.instance import load_instance
from bot.records.rights import Role
from bot.records.unclear_turns import Why
from bot.settings import REPOSITORY, load_settings
from bot.workbench.app import create_app
from bot.workbench.keys import ENGINE
from bot.workbench.pages.inbox import INBOX
from bot.workbench.pages.proposals import CURATION
from tests.browser.workbench import own_content
from tests.records.test_unclear_turns import store_turn
from tests.workbench.conftest import SECRET, SignIn

PRINTER = "Kriegt man wat dazu wenn ich 3D Drucker anschaffen tu?"
FILE = "nlu_data/intents/foerderung/foerderung_digitalisierung.yml"
TWIN = "tests/nlu/foerderung/foerderung_digitalisierung.yml"


@pytest.fixture
def app(catalogue_engine: sa.Engine, tmp_path: Path) -> web.Application:
    """The workbench with a copy of the training data."""
    settings = load_settings({
        "NAVIGATOR_CONTENT_DIR": str(own_content(tmp_path / "inhalt")), "NAVIGATOR_VAR_DIR": str(tmp_path / "var"),
        "NAVIGATOR_INSTANCE": str(REPOSITORY / "instance.yml"), "NAVIGATOR_CONTENT_STORE": "dateien"})
    return create_app(settings, load_instance(settings), catalogue_engine, SECRET)


@pytest.fixture
def root(app: web.Application) -> Path:
    return app[CURATION].contents.root


def unclear(app: web.Application, *texts: str, why: Why = Why.CLARIFY) -> list[int]:
    """Let somebody ask; return the numbers of the turns, the oldest first."""
    engine: sa.Engine = app[ENGINE]
    for number, text in enumerate(texts):
        store_turn(engine, text, why, conversation=f"web:{why.value}-{number}-{text[:10]}")
    return [turn.id for turn in app[INBOX].store.open_turns()][-len(texts):]


async def test_from_the_question_to_the_training_file(staff: SignIn, app: web.Application, root: Path) -> None:
    anna, ben = await staff(Role.EDITOR), await staff(Role.RELEASER, name="ben")
    first, second = unclear(app, PRINTER, "Zuschuss fürn Plotter im Kopierladen?")
    assert "2 warten auf Sie" in (await anna.get("/")).text
    assert PRINTER in html.unescape((await anna.get("/posteingang")).html)
    for number in (first, second):
        sent = await anna.post(f"/posteingang/{number}/aufnehmen", {"absicht": "foerderung_digitalisierung"})
        assert sent.status == 303
    seen = await anna.get("/posteingang")
    assert "Vorgemerkt: 2" in seen.text and "Hier liegt nichts" in seen.text
    sent = await anna.post("/posteingang/vorschlagen")
    seen = await ben.get(sent.location)
    assert "Die Prüfung hat nichts gefunden" in seen.text, seen.text
    (token,) = re.findall(r'name="gesehen" value="(\d+)"', seen.html)
    assert (await ben.post(f"{sent.location}/freigeben", {"gesehen": token})).status == 303
    assert f"      - {PRINTER}\n" in (root / FILE).read_text(encoding="utf-8")
    assert "Zuschuss fürn Plotter im Kopierladen?" in (root / TWIN).read_text(encoding="utf-8")
    assert "Vorgemerkt: 0" in (await anna.get("/posteingang")).text


async def test_a_person_without_javascript_goes_through_the_list(staff: SignIn, app: web.Application) -> None:
    anna = await staff(Role.EDITOR)
    first, second = unclear(app, PRINTER, "was kostet ein hund")
    seen = await anna.get("/posteingang")
    assert f"/posteingang/{first}/aufnehmen" in seen.html
    (following,) = re.findall(r'name="weiter" value="(\d+)"', seen.html)
    assert following == str(second)
    sent = await anna.post(f"/posteingang/{first}/verwerfen", {"weiter": following})
    assert sent.location == f"/posteingang?satz={second}"
    assert f"/posteingang/{second}/aufnehmen" in (await anna.get(sent.location)).html
    back = await anna.post("/posteingang/zurueck")
    assert back.location == f"/posteingang?satz={first}"
    assert "Zurückgenommen" in (await anna.get(back.location)).text


async def test_the_same_words_are_decided_together_and_added_once(staff: SignIn, app: web.Application) -> None:
    anna = await staff(Role.EDITOR)
    first, *_, other = unclear(app, PRINTER, PRINTER.lower(), "Krieg ich wat dazu wenn ich 3D Drucker anschaffe?")
    assert "(3 ähnliche)" in (await anna.get("/posteingang")).text
    await anna.post(f"/posteingang/{first}/aufnehmen", {"vorschlag": "foerderung_ki", "auch": str(other)})
    planned = app[INBOX].store.planned("anna")
    assert [turn.id for turn in planned] == [first, other]
    assert app[INBOX].store.count() == 0


async def test_what_is_wrong_is_said(staff: SignIn, app: web.Application) -> None:
    anna = await staff(Role.EDITOR)
    known = next(iter(app[INBOX].corpora.now().data.training["danke"])).text
    there, personal, good = unclear(app, known, "Ich heiße Anna Muster und will Geld", PRINTER)
    for number, form, words in (
        (there, {"absicht": "foerderung_ki"}, "steht schon bei"), (personal, {"absicht": "danke"}, "gestrichen"),
        (good, {"absicht": "gibt es nicht"}, "gibt es nicht"), (good, {"absicht": "foerderung"}, "passt zu mehreren"),
        (good, {"absicht": ""}, "gibt es nicht"), (999, {"absicht": "danke"}, "schon entschieden"),
    ):
        seen = await anna.post(f"/posteingang/{number}/aufnehmen", form)
        assert seen.status == 422 and words in seen.text, (form, seen.text)
    assert app[INBOX].store.count() == 3
    assert (await anna.post("/posteingang/vorschlagen")).status == 422
    assert (await anna.post("/posteingang/zurueck")).status == 422


async def test_filter(staff: SignIn, app: web.Application) -> None:
    anna = await staff(Role.EDITOR)
    unclear(app, PRINTER)
    unclear(app, "was kostet ein hund", why=Why.NO_MATCH)
    seen = await anna.get("/posteingang?warum=ohne_treffer")
    assert "was kostet ein hund" in seen.text and PRINTER not in html.unescape(seen.html)
    assert (await anna.get("/posteingang?warum=quatsch&satz=x")).status == 200
