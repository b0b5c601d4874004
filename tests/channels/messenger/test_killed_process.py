"""A real process, killed again and again without warning: every message has one effect and is answered in order."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.database import open_engine
from bot.settings import REPOSITORY
from channels.messenger import post, shift
from knowledge_base.migrate import upgrade

PEOPLE, EACH = 20, 10
KILLS = 4
PARALLEL = 8
PATIENCE_SECONDS = 240.0
BEGIN = dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone.utc)


def write_letters(file: Path) -> list[dict[str, str]]:
    """200 messages, those of one person in the order in which they were sent."""
    letters = [
        {"id": f"{person}-{number}", "from": f"p{person}", "text": f"p{person} sagt {number}.",
         "at": (BEGIN + dt.timedelta(seconds=number)).isoformat()}
        for number in range(EACH) for person in range(PEOPLE)
    ]
    file.write_text("".join(json.dumps(letter) + "\n" for letter in letters), encoding="utf-8")
    return letters


@contextmanager
def working(url: str, letters: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a post office, and kill it at the end of the block."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.channels.messenger.post_process", url, str(letters)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(PATIENCE_SECONDS, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def read_lines(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith("\n"):
            yield json.loads(line)


def answers(delivered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in delivered if each["text"].startswith("Sie sagten: ")]


@pytest.mark.parametrize("seed", [1])
def test_kill_minus_nine_at_any_moment(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    url, file = f"sqlite:///{tmp_path / 'navigator.db'}", tmp_path / "letters.jsonl"
    engine = open_engine(url)
    upgrade(engine)
    letters = write_letters(file)
    delivered: list[dict[str, Any]] = []
    for _ in range(KILLS):
        with working(url, file) as process:
            more = chance.randint(1, 45)
            delivered += (line for _, line in zip(range(more), read_lines(process), strict=False))
    expected = {f"Sie sagten: {letter['text']}" for letter in letters}
    with working(url, file) as process:
        for line in read_lines(process):
            delivered.append(line)
            if expected <= {each["text"] for each in answers(delivered)}:
                break
    check_effects(engine, letters)
    check_answers(answers(delivered), letters)
    engine.dispose()


def check_effects(engine: sa.Engine, letters: list[dict[str, str]]) -> None:
    """Each message changed its conversation once, in the order of sending."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT data FROM conversation_event ORDER BY conversation_id, seq").all()
    said = [json.loads(row.data)["text"] for row in rows]
    assert sorted(said) == sorted(letter["text"] for letter in letters)
    for person in range(PEOPLE):
        own = [text for text in said if text.startswith(f"p{person} ")]
        assert own == [f"p{person} sagt {number}." for number in range(EACH)]


def check_answers(found: list[dict[str, Any]], letters: list[dict[str, str]]) -> None:
    """Everybody got every answer, in order; a doubled one has the same key, and there is one per kill at most."""
    assert all(f" {each['to']} " in each["text"] for each in found)
    first = list({each["key"]: each for each in found}.values())
    assert len(first) == len(letters)
    for person in range(PEOPLE):
        own = [each["text"] for each in first if each["to"] == f"p{person}"]
        assert own == [f"Sie sagten: p{person} sagt {number}." for number in range(EACH)]
    assert len(found) - len(first) <= KILLS * PARALLEL


def test_another_process_goes_on_within_ten_seconds() -> None:
    assert post.LEASE.total_seconds() + shift.LOOK_SECONDS < 10
    assert post.LEASE.total_seconds() > post.KEEP_SECONDS * 3
