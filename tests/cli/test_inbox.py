"""``python -m bot inbox`` as staff use it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli._inbox import current_engine
from bot.records.accounts import AccountStore
from bot.records.rights import Role
from tests.browser.workbench import own_content
from tests.records.test_unclear_turns import store_turn

PRINTER = "Kriegt man wat dazu wenn ich 3D Drucker anschaffen tu?"


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two questions in a folder of its own, and somebody who edits."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("NAVIGATOR_CONTENT_DIR", str(own_content(tmp_path / "inhalt")))
    monkeypatch.setenv("NAVIGATOR_CONTENT_STORE", "dateien")
    engine = current_engine()
    AccountStore(engine).add("anna", "Anna", [Role.EDITOR], "Test")
    AccountStore(engine).add("rita", "Rita", [Role.READER], "Test")
    for text in (PRINTER, "Was kostet ein Hund?"):
        store_turn(engine, text, conversation=f"web:{text}")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command; return its status and what it said."""
    status = main(["inbox", *arguments])
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_from_the_list_to_the_proposal(capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(capsys, "list")[1]
    first, second = re.findall(r"^ *(\d+)  ", shown, re.MULTILINE)
    assert PRINTER in shown and "Offene Sätze: 2" in shown
    assert "Ähnlich: " in said(capsys, "show", first)[1]
    assert "zum Trainieren" in said(capsys, "add", first, "foerderung_digitalisierung", "--as", "anna")[1]
    assert said(capsys, "undo", "--as", "anna")[0] == 0
    assert said(capsys, "add", first, "Förderung für Digital", "--as", "anna")[0] == 0
    assert "bei den Aufgaben" in said(capsys, "task", second, "--as", "anna", "--note", "Amt fragen")[1]
    number = re.findall(r"A-[A-Z]{6}", said(capsys, "tasks")[1])
    assert said(capsys, "done", number[0].lower(), "--as", "anna")[0] == 0
    assert "Offene Aufgaben: 0" in said(capsys, "tasks")[1]
    status, shown = said(capsys, "propose", "--as", "anna")
    assert status == 0 and "1 Satz aus dem Posteingang" in shown
    assert "Offene Sätze: 0" in said(capsys, "list")[1]


def test_what_is_wrong_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        (("show", "99"), "gibt es nicht"), (("add", "1", "gibt es nicht", "--as", "anna"), "gibt es nicht"),
        (("discard", "1", "--as", "rita"), "fehlt Ihnen eine Rolle"),
        (("propose", "--as", "anna"), "nichts vorgemerkt"),
        (("done", "A-XXXXXX", "--as", "anna"), "gibt es nicht"), (("undo", "--as", "niemand"), "gibt es nicht"),
    ):
        status, shown = said(capsys, *arguments)
        assert status == 1 and words in shown, (arguments, shown)
