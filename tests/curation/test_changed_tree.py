"""What the checks remember is never out of date: not even after a change that keeps size and time of a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.curation.changed_tree import Checker
from knowledge_base.checks import check_directory
from tests.curation.content import make_content
from tests.curation.training_content import make_training_content
from tests.knowledge_base.broken import SAMPLE, TODAY

CONTACT = "knowledge_base/catalogue/contacts/kursberatung-hagen.yml"
PROGRAMME = "knowledge_base/catalogue/programmes/land/kurszuschuss.yml"
TRAINING = "nlu_data/intents/kontakt/ort_finden.yml"
HELD_OUT = "tests/nlu/foerderung/kurs_zahlen.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_training_content(make_content(tmp_path / "inhalt"))


@pytest.fixture
def checker(root: Path) -> Checker:
    made = Checker(root, lambda: TODAY)
    made.warm()
    return made


def secretly(file: Path, old: str, new: str) -> None:
    """Change a file so that neither its size nor its time shows it."""
    before, text = file.stat(), file.read_text(encoding="utf-8")
    assert old in text and len(old.encode()) == len(new.encode())
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_a_secret_change_of_the_catalogue_is_seen(root: Path, checker: Checker) -> None:
    same = {PROGRAMME: (root / PROGRAMME).read_text(encoding="utf-8")}
    assert checker.check(same) == [] and checker.catalogue()[1] == []
    secretly(root / CONTACT, "confidence: high", "confidence: hohe")
    assert [problem.path for problem in checker.catalogue()[1]] == ["contacts/kursberatung-hagen.yml"]
    secretly(root / PROGRAMME, "confidence: high", "confidence: hohe")
    assert len(checker.catalogue()[1]) == 2
    for path in (CONTACT, PROGRAMME):
        secretly(root / path, "confidence: hohe", "confidence: high")
    assert checker.catalogue()[0] == check_directory(SAMPLE, TODAY)[0]


def test_a_secret_change_of_the_training_data_is_seen(root: Path, checker: Checker) -> None:
    """The sentence that is to be trained is held out by now."""
    text = (root / TRAINING).read_text(encoding="utf-8") + "      - Gibt es Geld am letzten Tag\n"
    assert checker.check({TRAINING: text}) == []
    secretly(root / HELD_OUT, "Gibt es Geld für den Lehrgang eins eins", "Gibt es Geld am letzten Tag".ljust(40))
    (problem,) = checker.check({TRAINING: text})
    assert problem.path == HELD_OUT and "trainiert" in problem.text


def test_what_was_broken_before_is_no_fault_of_a_change(root: Path, checker: Checker) -> None:
    (root / CONTACT).write_text("kaputt: [", encoding="utf-8")
    same = {PROGRAMME: (root / PROGRAMME).read_text(encoding="utf-8")}
    assert checker.check(same) == []
    broken = {PROGRAMME: same[PROGRAMME].replace("confidence: high", "confidence: hohe")}
    assert {problem.path for problem in checker.check(broken)} == {PROGRAMME}


def test_a_file_that_vanishes_is_missed_elsewhere(checker: Checker) -> None:
    assert PROGRAMME in {problem.path for problem in checker.check({CONTACT: None})}
