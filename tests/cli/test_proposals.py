"""``python -m bot proposals`` as staff use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli._inbox import current_engine
from bot.records.accounts import AccountStore
from bot.records.rights import Role
from tests.curation.content import ANNA, make_content, open_content
from tests.curation.test_proposals import LOAN, propose


@pytest.fixture
def number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A proposal of Anna that waits, in a folder of its own."""
    root = make_content(tmp_path / "inhalt")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("NAVIGATOR_CONTENT_DIR", str(root))
    monkeypatch.setenv("NAVIGATOR_CONTENT_STORE", "dateien")
    engine = current_engine()
    accounts = AccountStore(engine)
    for name in ("anna", "ben"):
        accounts.add(name, name.capitalize(), [Role.EDITOR, Role.RELEASER], "Test")
    return propose(open_content(root, engine), by=ANNA).number


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["proposals", *arguments])
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_a_proposal_is_listed_shown_and_released(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, shown = _said(capsys, "list")
    assert status == 0 and number in shown and "Offene Vorschläge: 1" in shown
    assert "Name: Gründungsdarlehen → Startdarlehen" in _said(capsys, "show", number.lower())[1]
    status, shown = _said(capsys, "release", number, "--as", "anna")
    assert status == 1 and "zweite Person" in shown
    status, shown = _said(capsys, "release", number, "--as", "ben")
    assert status == 0 and "live" in shown
    assert "name: Startdarlehen" in (tmp_path / "inhalt" / LOAN).read_text(encoding="utf-8")


def test_it_is_rejected(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _said(capsys, "reject", number, "--as", "ben", "--why", "Die Quelle fehlt.")[0] == 0
    assert "Offene Vorschläge: 0" in _said(capsys, "list")[1]


def test_whoever_has_no_account_does_nothing(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, shown = _said(capsys, "release", number, "--as", "niemand")
    assert status == 1 and "gibt es nicht" in shown
