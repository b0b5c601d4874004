"""``python -m bot kb …`` as staff use it: German, one line for an expected error, no traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from knowledge_base import access
from tests.knowledge_base.broken import SAMPLE


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content directory with the sample catalogue and an empty database."""
    shutil.copytree(SAMPLE, tmp_path / "knowledge_base" / "catalogue")
    for name in ("DATABASE_URL", "NAVIGATOR_INSTANCE", "NAVIGATOR_MODEL_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NAVIGATOR_CONTENT_DIR", str(tmp_path))
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path / "var"))
    access.store.cache_clear()
    yield tmp_path
    if access.store.cache_info().currsize:
        access.store().engine.dispose()
    access.store.cache_clear()


def spoil(content: Path) -> None:
    file = content / "knowledge_base/catalogue/contacts/jobcenter-hagen.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: jobcenter\n", ""), encoding="utf-8")


def test_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "check"]) == 0

    assert "3 Programme, 2 Kontakte" in capsys.readouterr().out


def test_check_names_file_and_line(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content)

    assert main(["kb", "check"]) == 1

    out = capsys.readouterr().out
    assert "[FEHLER] contacts/jobcenter-hagen.yml:1: " in out
    assert "1 Fehler" in out


def test_build_then_show_and_find(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "build"]) == 0
    assert main(["kb", "build"]) == 0
    out = capsys.readouterr().out
    assert "Stand 1" in out
    assert "unverändert" in out

    assert main(["kb", "show", "kurszuschuss"]) == 0
    assert main(["kb", "show", "jobcenter-hagen"]) == 0
    out = capsys.readouterr().out
    assert "höchstens 1.500 Euro" in out
    assert "02331 4711" in out

    assert main(["kb", "find", "zahlt jemand meinen kurs", "--place", "Hagen"]) == 0
    out = capsys.readouterr().out
    assert "kurszuschuss" in out
    assert "alter-kurszuschuss" not in out


@pytest.mark.parametrize(("arguments", "words"), [
    (["kb", "show", "nichts"], "nichts"),
    (["kb", "find", "kurs", "--place", "Timbuktu"], "Timbuktu"),
])  # fmt: skip
def test_what_is_not_there_is_one_german_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kb", "build"]) == 0

    assert main(arguments) == 1

    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_before_the_first_build_the_way_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "show", "kurszuschuss"]) == 1
    assert "db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade"]) == 0
    access.store.cache_clear()
    assert main(["kb", "show", "kurszuschuss"]) == 1
    assert "kb build" in capsys.readouterr().err


def test_a_broken_catalogue_is_not_built(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content)

    assert main(["kb", "build"]) == 1

    assert "contacts/jobcenter-hagen.yml:1" in capsys.readouterr().err


def test_stale_lists_what_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "stale", "--ahead", "36500"]) == 0

    out = capsys.readouterr().out
    assert "jobcenter-hagen" in out
    assert "Einträge sind zu prüfen" in out


def test_audit_draws_then_refuses_what_is_unfinished(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "audit"]) == 0
    assert main(["kb", "audit", "--sample", "2", "--seed", "5"]) == 0
    out = capsys.readouterr().out
    assert "noch kein fertiges Prüfblatt" in out

    sheets = list((content / "knowledge_base" / "audits").glob("*-5.yml"))
    assert len(sheets) == 1
    assert main(["kb", "audit", "--take", str(sheets[0])]) == 1
    assert "noch nicht fertig" in capsys.readouterr().err


def test_audit_reports_a_finished_sheet(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "audit", "--sample", "1", "--seed", "5"]) == 0
    sheet = next((content / "knowledge_base" / "audits").glob("*-5.yml"))
    done = sheet.read_text(encoding="utf-8").replace("verdict: null", "verdict: richtig")
    sheet.write_text(done.replace("reader: null", "reader: zweitlesung"), encoding="utf-8")

    assert main(["kb", "audit", "--take", str(sheet)]) == 0
    assert main(["kb", "audit"]) == 0
    assert capsys.readouterr().out.count("0 von 1 Einträgen mit Fehler") == 2
