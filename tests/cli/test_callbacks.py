"""``python -m bot callbacks`` as staff use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli._inbox import TERMINAL, current_engine
from bot.records.audit import AuditLog, Filter
from bot.records.callbacks import CallbackStore

PHONE = "0171 3920001"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path))


def _sent() -> str:
    store = CallbackStore(current_engine())
    store.draft("anna", way="telefon", address=PHONE, about={"thema": "Weiterbildung", "programme": ["A", "B"]})
    sent = store.send("anna")
    assert sent is not None
    return sent.number


def test_an_open_request_is_shown_with_everything(capsys: pytest.CaptureFixture[str]) -> None:
    number = _sent()
    assert main(["callbacks"]) == 0
    shown = capsys.readouterr().out
    assert all(part in shown for part in (number, PHONE, "Weiterbildung", "A; B"))


def test_what_is_done_is_not_shown_again(capsys: pytest.CaptureFixture[str]) -> None:
    number = _sent()
    assert main(["callbacks", "done", number.lower()]) == 0
    capsys.readouterr()
    assert main(["callbacks"]) == 0
    shown = capsys.readouterr().out
    assert number not in shown and PHONE not in shown
    noted = AuditLog(current_engine()).find(Filter(action="rueckruf.erledigt"))
    assert [(each.who, each.subject) for each in noted] == [(TERMINAL, number)]


def test_an_unknown_number_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["callbacks", "done", "R-XXXXXX"]) == 1
    assert "R-XXXXXX" in capsys.readouterr().err
