"""Trainingsdaten as people see them: a list, one intent, one sentence; what one changes becomes a proposal."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from aiohttp import FormData, web

from bot.curation.model_reports import ModelReport, confusions, counts, f1_scores, write_report
from bot.curation.models_loaded import LoadedModel, Parse
from bot.instance import load_instance
from bot.records.editorial_tasks import TaskKind, TaskStore
from bot.records.model_choices import ModelChoices
from bot.records.proposals import State
from bot.records.rights import Role
from bot.settings import load_settings
from bot.web.csrf import FIELD, TOKENS
from bot.workbench.app import create_app
from bot.workbench.keys import ENGINE, PARSE, SETTINGS
from bot.workbench.pages.proposals import CURATION
from bot.workbench.pages.training_data_try import OTHER
from tests.curation.training_content import HELD_OUT, TRAINING, make_training_content, sentences
from tests.workbench.browsing import Seen, see
from tests.workbench.conftest import SECRET, SignIn

INTENT = "/trainingsdaten/absicht/ort_finden"
MODEL = "20261121-120000-abcdefabcdef.tar.gz"
OTHER_MODEL = MODEL.replace("120000", "130000")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_training_content(tmp_path / "inhalt")


@pytest.fixture
def app(root: Path, tmp_path: Path, catalogue_engine: sa.Engine) -> web.Application:
    """The workbench on training data of its own."""
    settings = load_settings({
        "NAVIGATOR_CONTENT_DIR": str(root), "NAVIGATOR_VAR_DIR": str(tmp_path / "var"),
        "NAVIGATOR_INSTANCE": str(Path("instance.yml").absolute()), "NAVIGATOR_CONTENT_STORE": "dateien"})
    return create_app(settings, load_instance(settings), catalogue_engine, SECRET)


def proposed(app: web.Application, seen: Seen) -> tuple[str, dict[str, str | None], list[str]]:
    """Return title, files after it and errors of the proposal that a form led to."""
    assert seen.status == 303, seen.text
    look = app[CURATION].proposals.look(seen.location.rpartition("/")[2])
    assert look.proposal.state is State.SUBMITTED
    return look.proposal.title, dict(look.after), [problem.text for problem in look.errors]


def ids(seen: Seen) -> dict[str, str]:
    """Return the sentences of a page with what names them."""
    return {html.unescape(text): name for name, text in re.findall(r'<label for="([tm]-[0-9a-f]{20})">(.*?)</label>',
                                                                   seen.html)}


async def test_the_list_shows_quality_and_what_is_missing(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.READER)
    assert "Noch ist kein Modell gemessen" in (await anna.get("/trainingsdaten")).text
    said = ("ort_finden", "kurs_zahlen", "nlu_fallback", "kurs_zahlen")
    readings = {"ort_finden": [(f"Satz {number}", intent) for number, intent in enumerate(said)]}
    folder = app[SETTINGS].model_dir
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(b"")
    write_report(folder, ModelReport(MODEL, "", "", "", 4, 1, 0.4, counts(readings), "", 0, [], [], [],
                                     f1_scores(readings), confusions(readings)))
    seen = await anna.get("/trainingsdaten")
    assert "Kurs bezahlen (2), fragt nach (1)" in seen.text
    assert "Wird zu oft verwechselt" in seen.text and "Neue Absicht" not in seen.text
    narrowed = await anna.get("/trainingsdaten?hinweise=1&suche=ort")
    assert "1 von 3 Absichten" in narrowed.text and "Wetter" not in narrowed.text
    assert "1 von 4 Prüfsätzen" in (await anna.get(INTENT)).text


async def test_sentences_are_added(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    sent = await anna.post(INTENT + "/ergaenzen", {"saetze": "Wo ist was?\n\nwo isses denn", "wohin": "training"})
    title, after, wrong = proposed(app, sent)
    assert title == "2 Sätze für „Ort finden“" and not wrong
    assert (after["nlu_data/intents/kontakt/ort_finden.yml"] or "").endswith("- Wo ist was?\n      - wo isses denn\n")
    assert "Noch nicht entschieden: 2 Sätze" in (await anna.get(INTENT)).text


async def test_what_cannot_be_added_stays_in_the_form(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    typed = f"Ganz neu\n{TRAINING['wetter_fragen'][0]}"
    seen = await anna.post(INTENT + "/ergaenzen", {"saetze": typed, "wohin": "messen"})
    assert seen.status == 422 and "steht schon bei „Wetter“" in seen.text and "Ganz neu" in seen.text
    assert (await anna.post(INTENT + "/ergaenzen", {"saetze": " "})).status == 422


async def test_chosen_sentences_are_moved_or_taken_out(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    known = ids(await anna.get(INTENT))
    assert len(known) == 36
    chosen = [("satz", known[TRAINING["ort_finden"][at]]) for at in (1, 2)]
    _, after, wrong = proposed(app, await anna.post(INTENT + "/auswahl", [*chosen, ("tun", "verschieben"),
                                                                          ("ziel", "wetter")]))
    assert not wrong and len(after) == 2
    assert TRAINING["ort_finden"][2] in (after["nlu_data/intents/kontakt/wetter_fragen.yml"] or "")
    title, _, _ = proposed(app, await anna.post(INTENT + "/auswahl", [*chosen, ("tun", "streichen")]))
    assert title == "2 Sätze bei „Ort finden“ streichen"
    assert "kein Satz ausgewählt" in (await anna.post(INTENT + "/auswahl", {"tun": "streichen"})).text
    assert "gibt es nicht" in (await anna.post(INTENT + "/auswahl", [*chosen, ("ziel", "quatsch")])).text


async def test_intents_are_put_together(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    title, after, wrong = proposed(app, await anna.post(INTENT + "/zusammenlegen", {"ziel": "Kurs bezahlen"}))
    assert title == "„Ort finden“ mit „Kurs bezahlen“ zusammenlegen" and not wrong
    assert after["nlu_data/intents/kontakt/ort_finden.yml"] is None


async def test_one_sentence_is_changed(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    path = f"/trainingsdaten/satz/{ids(await anna.get(INTENT))[TRAINING['ort_finden'][0]]}"
    assert "Ein Beispiel der Absicht „Ort finden“" in (await anna.get(path)).text
    _, after, wrong = proposed(app, await anna.post(path, {"text": "Wo denn nur?"}))
    assert "Wo denn nur?" in str(after) and not wrong
    assert "misst schon" in (await anna.post(path, {"text": HELD_OUT["ort_finden"][4]})).text
    assert (await anna.get("/trainingsdaten/satz/t-00000000000000000000")).status == 404


async def test_typing_shows_what_is_nearly_the_same(staff: SignIn) -> None:
    anna, path = await staff(Role.READER), "/trainingsdaten/pruefen"
    seen = await anna.post(path, {"absicht": "kurs_zahlen", "saetze": "wo finde ich Haus das eins eins\negal"})
    assert "Widerspruch: steht bei „Ort finden“" in seen.text and "dieselben Wörter" in seen.text
    same = await anna.post(path, {"absicht": "ort_finden", "text": "Wo finde ich das Hauss eins eins"})
    assert "schon hier" in same.text and "dieselben Wörter" not in same.text
    assert "gibt es noch nicht" in (await anna.post(path, {"text": "Rotkohl"})).text


async def test_a_long_list_has_pages(staff: SignIn, root: Path) -> None:
    file = root / "nlu_data/intents/kontakt/ort_finden.yml"
    lines = "".join(f"      - Satz {'x' * number}\n" for number in range(1, 151))
    file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")
    anna = await staff(Role.EDITOR)
    assert "Beispiele: 186" in (await anna.get(INTENT)).text
    assert "Seite 2 von 2" in (await anna.get(INTENT + "?seite=9")).text
    assert len(ids(await anna.get(INTENT + "?suche=satz+x&seite=2"))) == 50
    assert len(ids(await anna.get(INTENT + "?art=messen"))) == 24


NEW = {"titel": "Haus kaufen", "thema": "kontakt", "gewicht": "klein", "zustaendig": "redaktion",
       "antwort": "action_find_programmes", "beschreibung": "Wenn jemand ein Haus kaufen will.",
       "saetze": "\n".join(sentences("Ich will ein Haus kaufen")),
       "pruefsaetze": "\n".join(sentences("Hauskauf", 24))}


async def test_a_new_intent_of_chosen_sentences(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    known = ids(await anna.get(INTENT))
    chosen = [("satz", known[TRAINING["ort_finden"][at]]) for at in (0, 1)]
    form = await anna.post("/trainingsdaten/neu", [*chosen, ("vorab", "1")])
    assert "Diese Sätze wandern hierher (2)" in form.text and form.status == 200
    title, after, wrong = proposed(app, await anna.post("/trainingsdaten/neu", [*chosen, *NEW.items()]))
    assert title == "Neue Absicht „Haus kaufen“" and not wrong and len(after) == 6
    few = await anna.post("/trainingsdaten/neu", {**NEW, "pruefsaetze": "Nur einer"})
    assert few.status == 422 and "nötig sind 20" in few.text and "Nur einer" in few.text


async def test_a_task_of_the_inbox_leads_to_a_new_intent(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    number = TaskStore(app[ENGINE]).add(TaskKind.INTENT, "Wie kaufe ich ein Haus?", "Häuser", "Anna")
    assert f"/trainingsdaten/neu?aufgabe={number}" in (await anna.get("/aufgaben")).html
    assert "Wie kaufe ich ein Haus?" in (await anna.get(f"/trainingsdaten/neu?aufgabe={number}")).text
    _, _, wrong = proposed(app, sent := await anna.post("/trainingsdaten/neu", {**NEW, "aufgabe": number}))
    assert not wrong and number in (await anna.get(sent.location)).text


PARSED = {"text": "Geld in Hagen", "intent": {"name": "nlu_fallback", "confidence": 0.7},
          "intent_ranking": [{"name": "nlu_fallback", "confidence": 0.7}, {"name": "ort_finden", "confidence": 0.2}],
          "entities": [{"start": 8, "end": 13, "entity": "place", "value": "hagen"}]}


async def test_a_sentence_is_tried_with_both_models(app: web.Application, staff: SignIn) -> None:
    loaded: list[str] = []

    def load(model: Path) -> Parse:
        loaded.append(model.name)
        if "fffff" in model.name:
            raise OSError("not a model")
        return parse

    async def parse(text: str) -> Mapping[str, Any]:
        return {**PARSED, "intent": {"name": "kurs_zahlen"}}

    async def running(text: str) -> Mapping[str, Any]:
        return PARSED

    broken = MODEL.replace("abcdef", "ffffff")
    app[SETTINGS].model_dir.mkdir(parents=True)
    for name in (MODEL, OTHER_MODEL, broken):
        (app[SETTINGS].model_dir / name).write_bytes(b"")
    ModelChoices(app[ENGINE]).choose(MODEL, "system", "System", None)
    app[OTHER] = LoadedModel(load)
    app[PARSE] = running
    anna = await staff(Role.READER)
    seen = await anna.get(f"/trainingsdaten/probe?satz=Geld+in+Hagen&modell={OTHER_MODEL}")
    assert "fragt nach , denn nichts ist sicher genug" in seen.text and "Ort finden 20 %" in seen.text
    assert "„Hagen“ ist Ort hagen" in seen.text and "Zum Vergleich Kurs bezahlen" in seen.text
    await anna.get(f"/trainingsdaten/probe?satz=Noch+einer&modell={OTHER_MODEL}")
    assert loaded == [OTHER_MODEL], "it stays loaded"
    assert "lässt sich nicht laden" in (await anna.get(f"/trainingsdaten/probe?satz=Geld&modell={broken}")).text
    assert "Antwortet gerade" not in (await anna.get("/trainingsdaten/probe")).text


async def test_chosen_words_become_what_a_sentence_names(app: web.Application, root: Path, staff: SignIn) -> None:
    file = root / "tests/nlu/kontakt/ort_finden.yml"
    sentence = "Wo ist die Stelle in Bad Salzuflen?"
    file.write_text(file.read_text(encoding="utf-8") + f'  - "{sentence}"\n', encoding="utf-8")
    anna = await staff(Role.EDITOR)
    path = f"/trainingsdaten/satz/{ids(await anna.get(INTENT + '?art=messen'))[sentence]}/gemeintes"
    assert "Bisher hat das niemand angegeben" in (await anna.get(path)).text
    chosen = [("wort", "5"), ("wort", "6"), ("art", "place"), ("tun", "zuordnen"), ("angabe", "topics=ki")]
    seen = await anna.post(path, chosen)
    assert "Ort: Bad Salzuflen" in seen.text and "Thema: Künstliche Intelligenz" in seen.text
    unknown = await anna.post(path, [("wort", "0"), ("art", "programme"), ("tun", "zuordnen")])
    assert unknown.status == 422 and "als Programm nicht bekannt" in unknown.text
    _, after, wrong = proposed(app, await anna.post(path, [
        ("angabe", "place=bad-salzuflen"), ("angabe", "topics=ki"), ("darf", "topics=ki"), ("tun", "vorschlagen")]))
    written = yaml.safe_load(after["tests/nlu/kontakt/ort_finden.yml"] or "")["sentences"][-1]
    assert written == {"text": sentence, "entities": {"place": "bad-salzuflen", "topics": ["ki?"]}} and not wrong


async def test_only_what_measures_is_annotated(staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    trained = next(iter(ids(await anna.get(INTENT)).values()))
    assert (await anna.get(f"/trainingsdaten/satz/{trained}/gemeintes")).status == 404


async def test_a_table_is_looked_at_before_it_becomes_a_proposal(app: web.Application, staff: SignIn) -> None:
    anna = await staff(Role.EDITOR)
    saved = await anna.get("/trainingsdaten/datei/saetze.csv?absicht=ort_finden")
    assert saved.status == 200 and "ort_finden.csv" in saved.headers["Content-Disposition"]
    assert (await anna.get("/trainingsdaten/datei/saetze.csv?absicht=quatsch")).status == 404
    lines = saved.html.splitlines()
    text = "\n".join([*lines[:1], *lines[2:], "ort_finden;;training;Wo ist es neu?"])
    form = FormData({FIELD: app[TOKENS].token(f"werkbank.{anna.person.id}"), "ganz": "1"})
    form.add_field("datei", text.encode(), filename="sätze.csv", content_type="text/csv")
    seen = await see(anna.client, "POST", "/trainingsdaten/datei", data=form, headers={"Accept": "text/html"})
    assert "Das würde sich ändern: 2" in seen.text and "Neu: 1 Wo ist es neu?" in seen.text
    hidden = dict(re.findall(r'name="(zeilen|zahl|ganz)" value="([^"]*)"', seen.html))
    sent = {name: html.unescape(value) for name, value in hidden.items()}
    _, after, wrong = proposed(app, await anna.post("/trainingsdaten/datei/vorschlagen", sent))
    assert TRAINING["ort_finden"][0] not in str(after) and "Wo ist es neu?" in str(after) and not wrong
    assert "inzwischen" in (await anna.post("/trainingsdaten/datei/vorschlagen", {**sent, "zahl": "7"})).text.lower()
    for forged in ("", "{}", '[["quatsch", 0, "x"]]', "[[1]]"):
        assert (await anna.post("/trainingsdaten/datei/vorschlagen", {"zeilen": forged})).status == 422
