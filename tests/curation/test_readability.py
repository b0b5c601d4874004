"""Long sentences are named, hard texts and their hardest words too; nothing is said about very short ones."""

from __future__ import annotations

import pytest

from bot.curation.readability import _syllables, grade, hints

EASY = ("Wir helfen Ihnen gern. Sie sagen uns, was Sie tun. Wir sagen, wer Geld gibt. Das kostet Sie nichts. "
        "Rufen Sie an.")
HARD = ("Zuwendungsfähig sind ausschließlich qualifizierungsbezogene Personalkosten sozialversicherungspflichtig "
        "beschäftigter Arbeitnehmerinnen und Arbeitnehmer kleiner und mittlerer Unternehmen entsprechend der jeweils "
        "einschlägigen Förderrichtlinie des zuständigen Landesministeriums.")


@pytest.mark.parametrize(("word", "number"), [
    ("Haus", 1), ("Beratung", 3), ("Universität", 5), ("Bayern", 2), ("Tee", 1), ("Qualifizierung", 5), ("Straße", 2),
    ("hm", 1)])
def test_syllables(word: str, number: int) -> None:
    assert _syllables(word) == number


def test_years_at_school() -> None:
    assert grade(EASY) == 4
    assert grade(HARD) == 15
    assert grade("Nur vier kurze Wörter.") is None


def test_long_sentences_are_named() -> None:
    words = "Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn. Gut so."
    assert hints(words, plain=False) == []
    assert len(hints(words, plain=True)) == 1 and "13 Wörter" in hints(words, plain=True)[0]


def test_hard_texts_are_named_with_their_hardest_words() -> None:
    found = hints(HARD, plain=False)
    assert any("15 Schuljahre" in each and "sozialversicherungspflichtig" in each for each in found)
    assert hints(EASY, plain=True) == []


def test_what_the_bot_puts_in_is_no_word() -> None:
    assert grade(EASY) == grade(EASY.replace("Geld", "{amount}"))
