from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.evaluation import baseline
from bot.evaluation.stock_results import last_stock, measure_stock


@pytest.fixture
def inputs(tmp_path: Path) -> Any:
    tests = tmp_path / baseline.FOLDER
    tests.mkdir(parents=True)
    (tests / "background.yml").write_text("sentences: [ei kochen, {text: katze}]\n", encoding="utf-8")
    return SimpleNamespace(root=tmp_path, xsid=tmp_path / "xsid", data="the sentences")


def _accept(root: Path, day: str) -> None:
    (root / baseline.FOLDER / baseline.ACCEPTED).write_text(json.dumps({"stock": {"day": day}}), encoding="utf-8")


def test_what_was_measured_is_kept(inputs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def train_and_measure(*given: Any) -> Any:
        calls.append(given)
        return SimpleNamespace(as_dict=lambda: {"time_ratio": 0.2})

    stock = SimpleNamespace(Benchmark=SimpleNamespace, train_and_measure=train_and_measure)
    monkeypatch.setitem(sys.modules, "bot.evaluation.stock", stock)
    measured = measure_stock(inputs, tmp_path / "var", "2026-01-02")
    assert measured == {"day": "2026-01-02", "time_ratio": 0.2} == last_stock(tmp_path, tmp_path / "var")
    assert calls == [("the sentences", ["ei kochen", "katze"], None, tmp_path)]


def test_the_newer_numbers_count(inputs: Any, tmp_path: Path) -> None:
    assert last_stock(tmp_path, tmp_path / "var") is None
    _accept(tmp_path, "2026-01-02")
    assert last_stock(tmp_path, tmp_path / "var") == {"day": "2026-01-02"}
    (tmp_path / "var").mkdir()
    for day in ("2026-01-01", "2026-01-03"):
        (tmp_path / "var" / "stock.json").write_text(json.dumps({"day": day}), encoding="utf-8")
        assert last_stock(tmp_path, tmp_path / "var") == {"day": max(day, "2026-01-02")}
