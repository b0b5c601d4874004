from __future__ import annotations

import pytest

from bot.evaluation.judged import judge
from bot.evaluation.robustness import NOISES, robustness, with_typos, without_punctuation, without_umlauts
from tests.evaluation.made_up import TRAINING, pipeline

TEXT = "Wer fördert den Meisterkurs in Hagen, wenn ich über fünfzig bin und schon lange arbeite? " * 20


def test_typos_are_the_same_at_every_run() -> None:
    assert with_typos("Zuschuss für die Weiterbildung", 0.5) == with_typos("Zuschuss für die Weiterbildung", 0.5)
    assert with_typos("Bildungsscheck", 1) == "Ndlnusgsshceekk"


def test_about_as_many_letters_are_mistyped_as_asked_for() -> None:
    from rapidfuzz.distance import DamerauLevenshtein

    letters = sum(letter.isalpha() for letter in TEXT)
    assert 0.03 * letters < DamerauLevenshtein.distance(TEXT, with_typos(TEXT)) < 0.07 * letters
    assert with_typos(TEXT, 0) == TEXT


def test_only_letters_are_mistyped() -> None:
    assert with_typos("§ 82, 38.000 € (50 %)!", 1) == "§ 82, 38.000 € (50 %)!"


def test_different_texts_get_different_mistakes() -> None:
    assert with_typos("aaaaaaaaaaaaaaaa b", 0.5)[:10] != with_typos("aaaaaaaaaaaaaaaa c", 0.5)[:10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was kostet das? Bis wann!", "Was kostet das Bis wann"),
        ("38.000 Euro, 1,5 Jahre.", "38.000 Euro 1,5 Jahre"),
        ("go-digital – oder MID?", "go-digital oder MID"),
        ("„Mein Chef“ (Hagen) sagt: nein", "Mein Chef Hagen sagt nein"),
        ("Gründer:innen, Azubi*s", "Gründer innen Azubi*s"),
    ],
)
def test_punctuation_between_words_vanishes(text: str, expected: str) -> None:
    assert without_punctuation(text) == expected


def test_umlauts_are_typed_as_two_letters() -> None:
    assert without_umlauts("Übergröße für Ältere") == "Uebergroesse fuer Aeltere"


def test_the_loss_is_the_difference_to_the_clean_sentences() -> None:
    bot = pipeline()
    sentences = judge(bot, TRAINING)
    found = {loss.name: loss for loss in robustness(sentences, bot)}
    assert found.keys() == NOISES.keys()
    assert found["lower"].loss == 0  # the classifier folds case
    assert all(loss.accuracy + loss.loss == pytest.approx(found["lower"].accuracy) for loss in found.values())
