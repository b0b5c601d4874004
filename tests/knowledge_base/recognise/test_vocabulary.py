"""The notation of the vocabulary, on a small one; and the vocabulary of the catalogue keeps to it."""

from __future__ import annotations

import re

import pytest

from bot.settings import REPOSITORY
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.recognise.vocabulary import VocabularyRecogniser
from knowledge_base.schema.misc import Vocabulary, VocabularyEntry


def _entry(entry_id: str, *words: str, **implies: str) -> VocabularyEntry:
    return VocabularyEntry(id=entry_id, label=entry_id, words=list(words), implies=implies)


@pytest.fixture(scope="module")
def vocabulary() -> VocabularyRecogniser:
    return VocabularyRecogniser(
        Vocabulary(
            topics=[
                _entry("kurs", "weiterbild*", "*kurs", "lehrgang", "meister + machen", "maschine?"),
                _entry("digital", "*digitalis*", "online shop*", "produktionshalle*"),
                _entry("gruendung", "gründen - aus", "keine arbeit"),
            ],
            audiences=[
                _entry("unternehmen", "firma?", "einstellen!", "unser azubi", "wir + lehrling!"),
                _entry("auszubildende", "azubi*", "lehrling*"),
                _entry("zugewanderte", "geflüchtet*"),
            ],
            purposes=[_entry("software", "erp", "rechner?", topic="digital")],
            sectors=[],
            programme_kinds=[_entry("darlehen", "kredit")],
            persons=[_entry("child", "für mein sohn")],
        )
    )


def _sure(vocabulary: VocabularyRecogniser, text: str, entity: str) -> set[object]:
    return {m.value for m in vocabulary.find(text) if m.entity == entity and m.confidence >= 0.8}


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Weiterbildungen in Hagen", {"kurs"}),
        ("ein Schweißkurs", {"kurs"}),
        ("Lehrgangsgebühr", set()),
        ("Prozessdigitalisierung", {"digital"}),
        ("Onlineshops", set()),
        ("Online-Shops", {"digital"}),
        ("online, Shop zu", set()),
        ("produktions halle", {"digital"}),
        ("Meister in Vollzeit machen", {"kurs"}),
        ("Mein Meister ist krank. Was soll ich machen?", set()),
        ("ich will gründen", {"gruendung"}),
        ("aus persönlichen Gründen", set()),
        ("keine Weiterbildung", set()),
        ("keine teure Weiterbildung", set()),
        ("weiß nicht, welche Weiterbildung", {"kurs"}),
        ("nicht nur Weiterbildung", {"kurs"}),
        ("keiner Arbeit", {"gruendung"}),
        ("Weitrbildung", {"kurs"}),
        ("lehrgnag", {"kurs"}),
        ("ein neues ERP", {"digital"}),
        ("neuer Rechner", set()),
    ],
)
def test_words_beginnings_ends_phrases_and_combinations(
    vocabulary: VocabularyRecogniser, text: str, topics: set[str]
) -> None:
    assert _sure(vocabulary, text, "topic") == topics


@pytest.mark.parametrize(
    ("text", "audiences"),
    [
        ("unseren Azubi", {"unternehmen", "auszubildende"}),
        ("einen Geflüchteten einstellen", {"unternehmen"}),
        ("wir finden keinen Lehrling", {"unternehmen"}),
        ("Lehrling, wir wohnen hier", {"auszubildende"}),
        ("nicht für mich in meiner Firma, sondern für den Azubi", {"auszubildende"}),
        ("für mich als Azubi", {"auszubildende"}),
    ],
)
def test_who_decides_for_whom_help_is_sought(
    vocabulary: VocabularyRecogniser, text: str, audiences: set[str]
) -> None:
    assert _sure(vocabulary, text, "audience") == audiences


def test_a_weak_word_is_less_sure_than_a_clear_one(vocabulary: VocabularyRecogniser) -> None:
    found = {m.value: m.confidence for m in vocabulary.find("Firma mit Azubi") if m.entity == "audience"}
    assert found["unternehmen"] < 0.9 < found["auszubildende"]


@pytest.mark.parametrize("text", ["kein Kredit", "Kredit will ich keinen"])
def test_a_refused_kind_of_programme_is_remembered_as_refused(vocabulary: VocabularyRecogniser, text: str) -> None:
    assert [(m.entity, m.value) for m in vocabulary.find(text)] == [("unwanted_kind", "darlehen")]


def test_the_sides_of_combinations_are_single_words() -> None:
    """A phrase or a hyphen inside a combination would never be found."""
    vocabulary = load_catalogue(REPOSITORY / "knowledge_base" / "catalogue").vocabulary
    words = [word for _, entries in vocabulary for entry in entries for word in entry.words]
    combinations = [word for word in words if " + " in word or " - " in word]
    assert len(combinations) > 200
    sides = [side for word in combinations for side in re.split(r" [+-] |/", word.rstrip("?!"))]
    assert [side for side in sides if not re.fullmatch(r"\*?\w+\*?", side)] == []


def test_for_whom_help_is_sought_from_now_on(vocabulary: VocabularyRecogniser) -> None:
    assert [(m.entity, m.value) for m in vocabulary.find("jetzt für meinen Sohn")] == [("person", "child")]
    assert vocabulary.find("nicht für meinen Sohn") == []


def test_a_word_that_is_exactly_a_place_is_no_misspelt_other_word() -> None:
    words = Vocabulary(topics=[_entry("stelle", "bewerbungen")], audiences=[], purposes=[], sectors=[])
    assert [m.value for m in VocabularyRecogniser(words).find("Beverungen")] == ["stelle"]
    assert not VocabularyRecogniser(words, {"beverungen"}).find("Beverungen")


def test_what_a_button_says_is_understood_when_somebody_types_it() -> None:
    catalogue = load_catalogue(REPOSITORY / "knowledge_base" / "catalogue")
    find = Recogniser(catalogue).find
    purposes = catalogue.vocabulary.purposes
    assert len(purposes) > 30
    assert [p.label for p in purposes if p.id not in {m.value for m in find(p.label) if m.entity == "purpose"}] == []


def test_a_town_that_is_also_a_word_is_the_town_and_a_number_in_a_name_is_the_name() -> None:
    find = Recogniser(load_catalogue(REPOSITORY / "knowledge_base" / "catalogue")).find
    assert {(m.entity, m.value) for m in find("Ich wohne in Löhne")} == {("place", "loehne")}
    assert "audience" in {m.entity for m in find("Wer zahlt die Löhne?")}
    assert "number" not in {m.entity for m in find("Was zahlt Aktion 100?")}
