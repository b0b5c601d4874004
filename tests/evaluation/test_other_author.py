from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.other_author import other_author, read_texts
from bot.evaluation.pipeline import Pipeline
from tests.evaluation.made_up import pipeline

QUESTIONS = """
- {id: q-1, persona: kmu, text: guten tag zusammen}
- {id: q-2, text: welche frist gilt da}
- {id: q-3, text: nobody labelled me}
"""
DIALOGUES = """
- id: d-1
  turns:
    - text: moin
    - button: Weiter
    - text: kuchen backen
"""
LABELS = """
labels:
  q-1: gruss
  q-2: {intent: gruss, also: [programm_frist]}
  d-1-1: gruss
  d-1-3: programm_frist
  gone-1: gruss
"""


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    (tmp_path / "questions_x.yaml").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "dialogues_x.yaml").write_text(DIALOGUES, encoding="utf-8")
    file = tmp_path / "labels.yml"
    file.write_text(LABELS, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def bot() -> Pipeline:
    return pipeline()


def test_turns_are_numbered_with_their_buttons(labels: Path) -> None:
    assert read_texts(labels.parent)["d-1-3"] == "kuchen backen"
    assert "d-1-2" not in read_texts(labels.parent)


def test_strictly_only_the_first_reading_counts(labels: Path, bot: Pipeline) -> None:
    found = other_author(labels, labels.parent, bot)
    assert found is not None
    assert (found.strict.right, found.accepted.right, found.strict.total) == (2, 3, 4)
    assert found.without_text == 1


def test_misses_are_named_by_id_and_never_by_text(labels: Path, bot: Pipeline) -> None:
    found = other_author(labels, labels.parent, bot)
    assert found is not None
    assert [(miss.id, miss.understood) for miss in found.misses] == [("d-1-3", "ausser_themen")]
    assert "kuchen" not in str(found)


def test_without_texts_or_labels_nothing_is_measured(labels: Path, bot: Pipeline, tmp_path: Path) -> None:
    assert other_author(labels, tmp_path / "missing", bot) is None
    assert other_author(tmp_path / "missing.yml", labels.parent, bot) is None
