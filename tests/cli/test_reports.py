"""``python -m bot reports`` as staff use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli._inbox import TERMINAL, current_engine
from bot.records.audit import AuditLog, Filter
from bot.records.conversations import ConversationStore, Turn
from bot.records.feedback import FeedbackStore
from bot.records.reports import ReportKind, ReportStore

MAIL = "anna.muster@firma-hagen.de"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path))


def _reported(text: str = "Die Frist ist vorbei.\nSeit Mai.") -> str:
    return ReportStore(current_engine()).add(ReportKind.ERROR, "bildungsscheck-2-0", text, MAIL)


def test_an_open_report_is_shown_with_everything(capsys: pytest.CaptureFixture[str]) -> None:
    number = _reported()
    assert main(["reports"]) == 0
    shown = capsys.readouterr().out
    assert all(part in shown for part in (number, "bildungsscheck-2-0", "Seit Mai.", MAIL))


def test_what_is_done_is_not_shown_again(capsys: pytest.CaptureFixture[str]) -> None:
    number = _reported()
    assert main(["reports", "done", number.lower()]) == 0
    capsys.readouterr()
    assert main(["reports"]) == 0
    shown = capsys.readouterr().out
    assert number not in shown and MAIL not in shown
    noted = AuditLog(current_engine()).find(Filter(action="meldung.erledigt"))
    assert [(each.who, each.subject) for each in noted] == [(TERMINAL, number)]


def test_an_unknown_number_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "done", "M-XXXXXX"]) == 1
    assert "M-XXXXXX" in capsys.readouterr().err


def test_nothing_that_was_written_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _reported("harmlos \x1b[2J\x07\u202eEnde")
    assert main(["reports"]) == 0
    assert not any(sign in capsys.readouterr().out for sign in "\x1b\x07\u202e")


def test_ratings_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    engine = current_engine()
    ConversationStore(engine).append(Turn("anna", 0, [{"event": "user", "timestamp": 1.0, "text": "Hallo"}]))
    FeedbackStore(engine).rate("anna", "1", True)
    FeedbackStore(engine).rate("anna", "2", False, "veraltet")
    assert main(["reports"]) == 0
    assert "1 hilfreich, 1 nicht (Das ist veraltet: 1)" in capsys.readouterr().out
