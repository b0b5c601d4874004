"""The components of the pipeline one by one, without a trained model of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.nlu.linear_model import Features, LinearModel, Shape

pytestmark = pytest.mark.model


def _message(text: str, ranking: list[tuple[str, float]], entities: list[dict[str, Any]]) -> Any:
    from rasa.shared.nlu.training_data.message import Message

    entries = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return Message({"text": text, "intent": entries[0], "intent_ranking": entries, "entities": entities})


def _intent_after(component: Any, message: Any) -> str:
    component.process([message])
    return str(message.get("intent")["name"])


def test_a_named_programme_is_never_off_topic() -> None:
    from bot.nlu.plausibility import PlausibilityGate

    gate = PlausibilityGate({"ruled_out_by_programme": ["nachbarthema"]})
    ranking = [("nachbarthema", 0.9), ("programm_ablauf", 0.05)]
    programme = {"entity": "programme", "value": "bab", "confidence_entity": 0.9}
    assert _intent_after(gate, _message("bab wo beantragen", ranking, [programme])) == "programm_ablauf"
    assert _intent_after(gate, _message("wo beantragen", ranking, [])) == "nachbarthema"


def test_who_with_office_and_place_asks_for_the_office() -> None:
    from bot.nlu.plausibility import PlausibilityGate

    gate = PlausibilityGate({"ruled_out_by_programme": []})
    named = [{"entity": "contact_kind", "value": "ihk"}, {"entity": "place", "value": "hagen"}]
    ranking = [("begriff_erklaeren", 0.5), ("kontakt_finden", 0.2)]
    assert _intent_after(gate, _message("Welche IHK gilt in Hagen?", ranking, named)) == "kontakt_finden"
    assert _intent_after(gate, _message("Die IHK in Hagen ist toll", ranking, named)) == "begriff_erklaeren"


def test_another_language_overrules_the_classifier() -> None:
    from bot.nlu.language_gate import LanguageGate

    message = _message("Where can I find help with my job?", [("kontakt_finden", 0.8)], [])
    assert _intent_after(LanguageGate(), message) == "fremdsprache"


def test_what_is_overruled_does_not_look_ambiguous() -> None:
    from bot.nlu.language_gate import LanguageGate

    message = _message("Where can I find help with my job?", [("fremdsprache", 0.99), ("kontakt_finden", 0.99)], [])
    LanguageGate().process([message])
    ranking = message.get("intent_ranking")
    assert [entry["name"] for entry in ranking] == ["fremdsprache", "kontakt_finden"]
    assert ranking[1]["confidence"] <= ranking[0]["confidence"] / 2


def test_names_are_masked_so_that_intents_are_learnt() -> None:
    from bot.nlu.masking import masked

    entities = [
        {"entity": "programme", "start": 8, "end": 14, "confidence_entity": 1.0},
        {"entity": "place", "start": 18, "end": 23},
    ]
    assert masked("Was ist go-dig in Hagen mit 12", entities).split() == [
        "was",
        "ist",
        "xprogramm",
        "in",
        "xort",
        "mit",
        "xzahl",
    ]


_TEXTS = [
    f"{words} {n}"
    for words in ("hallo guten tag", "welche foerderung gibt es", "bis wann antrag")
    for n in ("eins", "zwei", "drei", "vier", "fuenf")
]
_LABELS = [name for name in ("gruss", "suche", "frist") for _ in range(5)]


def test_the_model_learns_and_its_chances_sum_to_one() -> None:
    model = LinearModel.fit(_TEXTS, _LABELS, Shape())
    chances = model.chances("bis wann muss der antrag da sein")
    assert chances[0][0] == "frist"
    assert sum(chance for _, chance in chances) == pytest.approx(1)


def test_the_model_comes_back_from_its_files(tmp_path: Path) -> None:
    model = LinearModel.fit(_TEXTS, _LABELS, Shape())
    model.save(tmp_path)
    text = "welche foerderung"
    assert [name for name, _ in LinearModel.load(tmp_path).chances(text)] == [name for name, _ in model.chances(text)]
    assert LinearModel.load(tmp_path).chances(text)[0][1] == pytest.approx(model.chances(text)[0][1], abs=1e-4)


def test_one_text_has_the_features_that_training_gave_it() -> None:
    features = Features(Shape())
    for expected, text in zip(features.fit_transform(_TEXTS).toarray(), _TEXTS, strict=True):
        columns, values = features.row(text)
        found = np.zeros_like(expected)
        found[columns] = values
        assert found == pytest.approx(expected)


@pytest.mark.parametrize("text", ["xyz", "é", ""])
def test_a_text_of_unknown_words_has_finite_features(text: str) -> None:
    features = Features(Shape())
    features.fit_transform(_TEXTS)
    columns, values = features.row(text)
    assert len(columns) == len(values) and np.isfinite(values).all()


def test_two_classes_work_too() -> None:
    assert LinearModel.fit(_TEXTS[:10], _LABELS[:10], Shape()).chances("hallo")[0][0] == "gruss"
