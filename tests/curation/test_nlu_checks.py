"""Each check of the training data finds its broken example and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.curation.checks import CHECKS, check_nlu_data
from bot.curation.nlu_data import NEVER_TRAINED, Sentence, load_nlu_data
from bot.settings import REPOSITORY

_SENTENCES = [f"satz nummer {'x' * n} über förderung" for n in range(1, 30)]
_TESTS = [f"ganz anderer prüfsatz {'y' * n}" for n in range(1, 25)]


def _project(root: Path) -> Path:
    """A small project that passes all checks."""
    for folder in ("nlu_data/intents/bot", "nlu_data/responses", "nlu_data/dialogue", "tests/nlu/bot"):
        (root / folder).mkdir(parents=True)
    (root / "nlu_data/registry.yml").write_text(
        "intents:\n  hilfe: {title: Hilfe, topic: bot, importance: klein, answer: utter_hilfe}\n", encoding="utf-8"
    )
    (root / "domain.yml").write_text("intents: [hilfe]\nactions: []\n", encoding="utf-8")
    (root / "nlu_data/dialogue/rules.yml").write_text(
        "rules:\n  - rule: hilfe\n    steps:\n      - intent: hilfe\n      - action: utter_hilfe\n", encoding="utf-8"
    )
    (root / "nlu_data/responses/bot.yml").write_text(
        'responses:\n  utter_hilfe:\n    - text: "Gern."\n      buttons: [{title: Weiter, payload: /hilfe}]\n'
        "      custom: {answer: {kind: info}}\n",
        encoding="utf-8",
    )
    _training(root, _SENTENCES)
    _held_out(root, _TESTS)
    return root


def _training(root: Path, sentences: list[str], intent: str = "hilfe") -> None:
    lines = "\n".join(f"      - {s}" for s in sentences)
    (root / f"nlu_data/intents/bot/{intent}.yml").write_text(
        f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n{lines}\n', encoding="utf-8"
    )


def _held_out(root: Path, sentences: list[str]) -> None:
    lines = "\n".join(f'  - "{s}"' for s in sentences)
    (root / "tests/nlu/bot/hilfe.yml").write_text(f"intent: hilfe\nsentences:\n{lines}\n", encoding="utf-8")


def _break(root: Path, rule: str) -> None:
    texts = root / "nlu_data/responses/bot.yml"
    match rule:
        case "registry_agrees":
            (root / "domain.yml").write_text("intents: []\nactions: []\n", encoding="utf-8")
        case "enough_sentences":
            _training(root, _SENTENCES[:3])
        case "one_intent_per_sentence":
            _training(root, [*_SENTENCES, _SENTENCES[0].upper()])
        case "test_not_in_training":
            _held_out(root, [*_TESTS, _SENTENCES[0].replace("ü", "ue")])
        case "measured_only":
            fingerprint = Sentence("BESTE Währung der Welt?", "", 1).fingerprint
            (root / NEVER_TRAINED).write_text(f"# von außen\n{fingerprint}\n", encoding="utf-8")
            _training(root, [*_SENTENCES, "beste Waehrung der Welt"])
        case "personal_data":
            _training(root, [*_SENTENCES, "schreib an erika@example.org bitte"])
        case "texts_say_what_they_are":
            texts.write_text(texts.read_text("utf-8").replace("kind: info", "kind: irgendwas"), encoding="utf-8")
        case "figures_in_texts":
            texts.write_text(texts.read_text("utf-8").replace("Gern.", "Es gibt 500 Euro."), encoding="utf-8")


EXPECTED = {
    "registry_agrees": "„hilfe“ fehlt unter intents",
    "enough_sentences": "Nur 3 verschiedene Sätze – nötig sind 25",
    "one_intent_per_sentence": "steht schon in nlu_data/intents/bot/hilfe.yml:5",
    "test_not_in_training": "wird in nlu_data/intents/bot/hilfe.yml:5 trainiert",
    "measured_only": "darf nicht trainiert werden",
    "personal_data": "enthält eine E-Mail-Adresse",
    "texts_say_what_they_are": "sagt nicht, was der Text ist",
    "figures_in_texts": "enthält eine Zahl",
}


def test_every_check_has_an_example() -> None:
    assert set(EXPECTED) == set(CHECKS)


def test_a_sound_project_has_no_problems(tmp_path: Path) -> None:
    assert check_nlu_data(_project(tmp_path)) == []


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_the_broken_example_is_found(tmp_path: Path, rule: str) -> None:
    root = _project(tmp_path)
    _break(root, rule)
    found = [str(problem) for problem in check_nlu_data(root)]
    assert len(found) >= 1
    assert any(EXPECTED[rule] in line and line.startswith("[FEHLER] ") for line in found), found


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    root = _project(tmp_path)
    for rule in ("figures_in_texts", "registry_agrees", "personal_data"):
        _break(root, rule)
    assert len(check_nlu_data(root)) >= 3


def test_broken_yaml_is_one_line_with_its_place(tmp_path: Path) -> None:
    root = _project(tmp_path)
    (root / "nlu_data/responses/bot.yml").write_text("responses:\n  a: [1\n  b: 2\n", encoding="utf-8")
    assert any("nlu_data/responses/bot.yml:3: Kein gültiges YAML" in str(p) for p in check_nlu_data(root))


def test_the_sentences_of_outside_measurements_are_known() -> None:
    """Otherwise the rule could not find any of them."""
    assert len(load_nlu_data(REPOSITORY).measuring_only) >= 700
