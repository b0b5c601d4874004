"""``python -m bot models`` and ``pause`` as staff use them; the training itself is in ``test_training_job.py``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli._inbox import current_engine
from bot.curation.model_reports import Area, Flip, ModelReport, write_report
from bot.records.accounts import AccountStore
from bot.records.model_choices import ModelChoices
from bot.records.rights import Role

OLD, GOOD, BAD = (f"2026112{day}-120000-abcdefabcdef.tar.gz" for day in range(3))
REPORT = ModelReport(GOOD, "", "Anna", "Neue Sätze", 10, 9, 0.9, {}, OLD, 8, [],
                     [Flip("krise", "Hilfe!", "nlu_fallback", "krise")], [],
                     areas=[Area("Aufgezeichnete Gespräche", 5, 6, 6, ["programm, tippfehler: „bildungschek“"])])
TEXT = "Das wird gerade überarbeitet. Rufen Sie uns bitte an."


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three models, and somebody who may activate them."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path))
    folder = tmp_path / "models"
    folder.mkdir()
    for name in (OLD, GOOD, BAD):
        (folder / name).write_bytes(b"")
    write_report(folder, REPORT)
    write_report(folder, replace(REPORT, model=BAD, problems=["„Krise“: 1 von 9 Prüfsätzen richtig."]))
    engine = current_engine()
    AccountStore(engine).add("anna", "Anna", [Role.RELEASER], "Test")
    AccountStore(engine).add("rita", "Rita", [Role.EDITOR], "Test")
    ModelChoices(engine).choose(OLD, "system", "System", None)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command; return its status and what it said."""
    status = main(list(arguments))
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_look_compare_activate_and_go_back(capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(capsys, "models", "list")[1]
    assert f"{OLD}  antwortet" in shown and f"{BAD}  gesperrt, 9 von 10" in shown and "Neue Sätze" in shown
    compared = said(capsys, "models", "compare", "20261121")[1]
    assert "Besser: „Hilfe!“ (krise): nlu_fallback → krise" in compared and "bildungschek" in compared
    assert said(capsys, "models", "activate", GOOD, "--as", "anna")[0] == 0
    assert ModelChoices(current_engine()).active() == GOOD
    assert said(capsys, "models", "back", "--as", "anna") == (0, f"Zurück zu {OLD}.\n")
    assert ModelChoices(current_engine()).active() == OLD


@pytest.mark.parametrize(("arguments", "why"), [
    (("models", "activate", BAD, "--as", "anna"), "gesperrt: „Krise“"),
    (("models", "activate", GOOD, "--as", "rita"), "fehlt dafür eine Rolle"),
    (("models", "activate", GOOD, "--as", "niemand"), "Ein Konto „niemand“"),
    (("models", "train", "--as", "rita"), "fehlt dafür eine Rolle"),
    (("models", "back", "--as", "rita"), "fehlt dafür eine Rolle"),
    (("models", "compare", OLD), "nicht geprüft"), (("models", "compare", "2026"), "passt zu mehreren"),
    (("pause", "set", "kanal", "web", TEXT, "--as", "rita"), "fehlt dafür eine Rolle"),
    (("pause", "set", "quatsch", "web", TEXT, "--as", "anna"), "möglich sind programm"),
    (("pause", "end", "kanal", "web", "--as", "anna"), "nicht mehr pausiert"),
])
def test_what_must_not_be_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    status, shown = said(capsys, *arguments)
    assert status == 1 and why in shown
    assert ModelChoices(current_engine()).active() == OLD


def test_pause_and_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "pause", "set", "absicht", "veranstaltungen", TEXT, "--as", "anna")[0] == 0
    assert f"Absicht veranstaltungen, von Anna: {TEXT}" in said(capsys, "pause", "list")[1]
    assert said(capsys, "pause", "end", "absicht", "veranstaltungen", "--as", "anna")[0] == 0
    assert said(capsys, "pause", "list")[1] == "Pausiert: 0\n"
