"""The figures in a terminal."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from bot.__main__ import main
from bot.records.usage import Key, Measure, UsageStore

DAY = dt.date(2026, 11, 20)


def test_the_figures_of_some_days(
    catalogue_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    UsageStore(catalogue_engine).add({Key(DAY, Measure.TOPIC, "ki"): 1200, Key(DAY, Measure.TOPIC, "gruendung"): 3})
    monkeypatch.setenv("DATABASE_URL", catalogue_engine.url.render_as_string(hide_password=False))
    assert main(["usage", "--from", "14.11.2026", "--to", "2026-11-20"]) == 0
    said = capsys.readouterr().out
    assert "vom 14.11.2026 bis zum 20.11.2026" in said
    assert "1.200  Künstliche Intelligenz" in said and "unter 5  Gründung" in said
    assert main(["usage", "--from", "21.11.2026", "--to", "20.11.2026"]) == 1
    assert "liegt vor dem ersten" in capsys.readouterr().err
