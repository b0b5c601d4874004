"""``kb links``: a result that came from another machine is taken over; what is missing is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main

DEAD = {"url": "https://example.org/weg", "state": "tot", "note": "Die Seite gibt es nicht mehr.", "on": "2026-11-20"}


def test_a_result_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NAVIGATOR_VAR_DIR", str(tmp_path / "var"))
    file = tmp_path / "links.json"
    file.write_text(json.dumps([DEAD]), encoding="utf-8")
    assert main(["kb", "links", "--take", str(file)]) == 0
    out = capsys.readouterr().out
    assert "1 tot" in out and DEAD["url"] in out
    assert json.loads((tmp_path / "var" / "links.json").read_text(encoding="utf-8")) == [DEAD]


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "links", "--take", str(tmp_path / "nichts.json")]) == 1
    assert "gibt es nicht" in capsys.readouterr().err
