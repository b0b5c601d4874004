"""What the measurement of serving is made of, without servers."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from benchmarks.serving.load import Sample
from benchmarks.serving.processes import Command, running
from benchmarks.serving.projects import marked, write_connections, write_ours, write_stock
from benchmarks.serving.report import OURS, STOCK, rows, table
from benchmarks.serving.systems import LOCK
from benchmarks.serving.talks import PERIOD, load_talks, long_talk, messages
from bot.settings import REPOSITORY
from knowledge_base.recognise.mention import Mention


def figures(per_second: float, p95: float) -> dict[str, float]:
    return {"per_second": per_second, "p50": p95 / 2, "p95": p95, "p99": p95 * 2, "cpu_ms": p95}


def report() -> dict:
    both = {STOCK: figures(10, 400), OURS: figures(50, 80)}
    return {
        "together": dict.fromkeys(("1", "20", "100"), both), "rate": 6.0, "at_rate": {"20": both, "100": both},
        "single": {STOCK: [100.0] * 9, OURS: [20.0] * 9}, "turns": 32,
        "long": {STOCK: [[10.0 + turn for turn in range(32)]], OURS: [[10.0] * 32]},
        **dict.fromkeys(("memory_mb", "start_seconds", "training_cpu", "training_seconds"), {STOCK: 4.0, OURS: 1.0}),
    }


def test_table() -> None:
    found = {what: (stock, ours) for what, stock, ours, _ in rows(report())}
    assert found["messages/s, 20 at once"] == (10, 50)
    assert found["turn 32 against turn 5"] == (pytest.approx((14.5 + PERIOD) / 14.5), 1.0)
    assert "| messages/s, 20 at once | 10.0 | 50.0 | 5.00 | ≥ 5 |" in table(rows(report()))


def test_rounds_add_up() -> None:
    whole = Sample([10.0], 1, 1.0, 0.5)
    whole.add(Sample([30.0, 20.0], 0, 2.0, 0.1))
    assert whole.figures() == {
        "messages": 3, "failed": 1, "per_second": 1.0, "cpu_ms": pytest.approx(200), "p50": 20.0,
        "p95": pytest.approx(29), "p99": pytest.approx(29.8)}


def test_both_projects_hold_the_same(tmp_path: Path) -> None:
    training = [("Zuschuss in Hagen", "foerderung_allgemein"), ("Hallo", "begruessung")]
    write_ours(REPOSITORY, tmp_path / "ours", training)
    hagen = Mention("place", "hagen", 12, 17)
    marked_first = marked("Zuschuss in Hagen", [hagen, replace(hagen, start=14), replace(hagen, entity="number")])
    assert marked_first == 'Zuschuss in [Hagen]{"entity": "place", "value": "hagen"}'
    write_stock(REPOSITORY, tmp_path / "stock", [(marked_first, "foerderung_allgemein"), training[1]])
    ours, stock = (yaml.safe_load((tmp_path / file).read_text(encoding="utf-8"))["nlu"]
                   for file in ("ours/nlu_data/intents/some.yml", "stock/data/nlu.yml"))
    assert [each["intent"] for each in ours] == [each["intent"] for each in stock]
    assert (tmp_path / "ours" / "knowledge_base" / "catalogue" / "topics.yml").is_file()
    config = yaml.safe_load((tmp_path / "stock" / "config.yml").read_text(encoding="utf-8"))
    assert "DIETClassifier" in str(config["pipeline"]) and "bot." not in str(config), "it knows nothing of us"
    write_connections(tmp_path / "stock", tmp_path / "stock.db", 1234)
    assert "1234" in (tmp_path / "stock" / "endpoints.yml").read_text(encoding="utf-8")


def test_people_have_whole_conversations() -> None:
    talks = load_talks()
    assert len(talks) > 30 and all(isinstance(text, str) for talk in talks for text in talk)
    writing = messages(talks, "test", 0, 20)
    said = [next(writing) for _ in range(len(talks[0]) + 1)]
    assert [text for _, text in said[:-1]] == list(talks[0])
    assert (said[0][0], said[-1][0]) == ("test-000000", "test-000020")
    said_long = long_talk(talks, 200)
    assert len(said_long) == 200 and said_long[2:8] == said_long[194:200]


def test_children_are_measured_and_ended(tmp_path: Path) -> None:
    code = ("import subprocess, sys; words = [sys.executable, '-c', 'input()'];"
            "child = subprocess.Popen(words, stdin=subprocess.PIPE); print(child.pid, flush=True); child.wait()")
    log = tmp_path / "log"
    with running([Command([sys.executable, "-c", code], tmp_path)], log) as found:
        while not log.read_text(encoding="ascii"):
            os.sched_yield()
        child = int(log.read_text(encoding="ascii"))
        assert child in found.pids() and len(found.pids()) == 2
        assert found.memory_mb() > 1 and found.alive()
    assert not found.alive() and child not in found.pids()


def test_stock_has_its_own_pins() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    assert "\nrasa==3.6.21 " in lock and "\nsqlalchemy==1.4" in lock and "://" not in lock
