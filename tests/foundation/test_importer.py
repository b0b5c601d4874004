"""Sentences are read once and copied cheaply, but a copy is a message of its own."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from bot.importer import NavigatorImporter, Sentence


@pytest.fixture
def importer(tmp_path: Path) -> NavigatorImporter:
    intents = tmp_path / "nlu_data" / "intents"
    intents.mkdir(parents=True)
    (intents / "gruss.yml").write_text(
        'version: "3.1"\nnlu:\n  - intent: gruss\n    examples: |\n      - hallo\n      - moin\n', encoding="utf-8"
    )
    return NavigatorImporter("config.yml", "domain.yml", [str(tmp_path / "nlu_data")])


def test_the_files_are_read_once_whatever_language_is_asked_for(importer: NavigatorImporter) -> None:
    data = importer.get_nlu_data("de")
    assert data is importer.get_nlu_data()
    assert sorted(example.get("text") for example in data.training_examples) == ["hallo", "moin"]


def test_copies_made_by_rasa_do_not_change_what_was_read(importer: NavigatorImporter) -> None:
    read = importer.get_nlu_data()
    merged = read.merge(read)
    assert len(merged.training_examples) == 2
    for example in merged.training_examples:
        assert isinstance(example, Sentence)
        example.set("entities", [{"entity": "place"}], add_to_output=True)
    assert all(example.get("entities") is None for example in read.training_examples)
    assert all("entities" not in example.output_properties for example in read.training_examples)


def test_the_fingerprint_follows_the_values() -> None:
    sentence = Sentence({"text": "hallo", "intent": "gruss"})
    before = sentence.fingerprint()
    sentence.set("intent", sentence.get("intent"))
    assert sentence.fingerprint() == deepcopy(sentence).fingerprint() == before
    sentence.set("intent", "abschied")
    assert sentence.fingerprint() != before
    assert sentence.fingerprint() == Sentence({"text": "hallo", "intent": "abschied"}).fingerprint()
