"""Sentences go where they are meant to, nothing else changes, and the checks stay green."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.curation import training_edits as training
from bot.curation.checks import check_nlu_data
from bot.curation.corpus import Corpus, Located
from bot.curation.training_edits import annotated, changed, lines_of, merged, moved, removed
from bot.curation.training_new_intent import OWN_TEXT, NewIntent, choices, new_intent
from bot.errors import NavigatorError
from bot.records.masking import MASK
from knowledge_base.problems import errors
from tests.curation.training_content import HELD_OUT, TRAINING, corpus_of, make_training_content, sentences, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_training_content(tmp_path)


def located(corpus: Corpus, intent: str, *at: int, measures: bool = False) -> list[Located]:
    found = corpus.sentences(intent, measures=measures)
    return [found[each] for each in at]


def texts(corpus: Corpus, intent: str, *, measures: bool = False) -> list[str]:
    return [each.sentence.text for each in corpus.sentences(intent, measures=measures)]


def test_the_content_is_sound(root: Path) -> None:
    assert check_nlu_data(root) == []


def test_sentences_are_added_for_training_and_for_measuring(root: Path) -> None:
    corpus = corpus_of(root)
    edits = [*training.added(corpus, "kurs_zahlen", ["Neu: was kostet's?", "# kein Kommentar"], measures=False),
             *training.added(corpus, "kurs_zahlen", ["- ganz: anders"], measures=True)]
    after = write(root, edits)
    assert texts(after, "kurs_zahlen") == [*TRAINING["kurs_zahlen"], "Neu: was kostet's?", "# kein Kommentar"]
    assert texts(after, "kurs_zahlen", measures=True)[-1] == "- ganz: anders"
    assert check_nlu_data(root) == []


@pytest.mark.parametrize(("text", "why"), [
    (TRAINING["ort_finden"][3].upper() + "!", "steht schon bei „Ort finden“"),
    (HELD_OUT["wetter_fragen"][2], "misst schon bei „Wetter“"),
    ("Schreiben Sie an anna@example.org", "E-Mail-Adresse"),
    ("x" * 501, "länger als 500"),
    (f"Ich heiße {MASK}", "Persönliches"),
    ("???", "leer"),
])
def test_what_cannot_be_added_says_why(root: Path, text: str, why: str) -> None:
    with pytest.raises(NavigatorError, match=why):
        training.added(corpus_of(root), "kurs_zahlen", [text], measures=False)


def test_a_sentence_that_is_given_twice_is_refused(root: Path) -> None:
    with pytest.raises(NavigatorError, match="zweimal"):
        training.added(corpus_of(root), "kurs_zahlen", ["Ganz neu", "ganz NEU!"], measures=False)


def test_sentences_are_taken_out(root: Path) -> None:
    corpus = corpus_of(root)
    after = write(root, removed(corpus, [*located(corpus, "ort_finden", 0, 5),
                                         *located(corpus, "ort_finden", 1, 3, measures=True)]))
    assert set(TRAINING["ort_finden"]) - set(texts(after, "ort_finden")) == {
        TRAINING["ort_finden"][0], TRAINING["ort_finden"][5]}
    assert set(HELD_OUT["ort_finden"]) - set(texts(after, "ort_finden", measures=True)) == {
        HELD_OUT["ort_finden"][1], HELD_OUT["ort_finden"][3]}


def test_moved_sentences_keep_what_somebody_read_in_them(root: Path) -> None:
    corpus = corpus_of(root)
    chosen = [*located(corpus, "ort_finden", 2), *located(corpus, "ort_finden", 0, measures=True)]
    after = write(root, moved(corpus, chosen, "wetter_fragen"))
    assert texts(after, "wetter_fragen")[-1] == TRAINING["ort_finden"][2]
    last = after.sentences("wetter_fragen", measures=True)[-1].sentence
    assert (last.text, last.entities) == (HELD_OUT["ort_finden"][0], {"topics": ["ki"]})
    assert check_nlu_data(root) == []


def test_a_sentence_gets_other_words(root: Path) -> None:
    corpus = corpus_of(root)
    (first,), (measuring,) = located(corpus, "ort_finden", 0), located(corpus, "ort_finden", 0, measures=True)
    after = write(root, [*changed(corpus, first, "Wo ist das?"), *changed(corpus, measuring, "Und die Adresse?")])
    assert "Wo ist das?" in texts(after, "ort_finden") and first.sentence.text not in texts(after, "ort_finden")
    assert after.sentences("ort_finden", measures=True)[0].sentence.entities == {"topics": ["ki"]}
    with pytest.raises(NavigatorError, match="nichts geändert"):
        changed(corpus, first, first.sentence.text)
    assert changed(corpus, first, first.sentence.text + "!"), "other spelling of itself is no second one"


def test_what_a_sentence_names_is_written_down(root: Path) -> None:
    corpus = corpus_of(root)
    after = write(root, annotated(corpus, *located(corpus, "ort_finden", 1, measures=True), {"place": "hagen"}))
    assert after.sentences("ort_finden", measures=True)[1].sentence.entities == {"place": "hagen"}
    cleared = write(root, annotated(after, *located(after, "ort_finden", 0, measures=True), None))
    assert cleared.sentences("ort_finden", measures=True)[0].sentence.entities is None


@pytest.mark.parametrize("source", ["ort_finden", "wetter_fragen"])
def test_an_intent_goes_into_another_and_leaves_nothing_behind(root: Path, source: str) -> None:
    corpus = corpus_of(root)
    after = write(root, merged(corpus, source, "kurs_zahlen"))
    assert len(texts(after, "kurs_zahlen")) == 72 and len(texts(after, "kurs_zahlen", measures=True)) == 48
    assert source not in after.data.registry
    assert check_nlu_data(root) == []


def test_an_intent_that_a_button_sends_stays(root: Path) -> None:
    registry = root / "nlu_data" / "registry.yml"
    registry.write_text(registry.read_text(encoding="utf-8").replace("ort_finden:", "mehr_zeigen:"), encoding="utf-8")
    with pytest.raises(NavigatorError, match="wird noch gebraucht, in .*nlu_data/buttons.yml"):
        merged(corpus_of(root), "mehr_zeigen", "kurs_zahlen")


NEW = NewIntent("Geld für Ärzte", "foerderung", "klein", "qualifizierung", "action_find_programmes",
                description="Wenn Ärzte fragen.", training=sentences("Was bekommt ein Arzt"),
                held_out=sentences("Zuschuss in der Praxis", 24))


def test_a_new_intent_is_complete(root: Path) -> None:
    after = write(root, new_intent(corpus_of(root), NEW))
    assert after.titles["geld_fuer_aerzte"] == "Geld für Ärzte"
    assert len(texts(after, "geld_fuer_aerzte")) == 36
    assert check_nlu_data(root) == []


def test_a_new_intent_with_a_text_of_its_own_and_sentences_of_another(root: Path) -> None:
    corpus = corpus_of(root)
    leaving = [*located(corpus, "ort_finden", 0, 1), *located(corpus, "ort_finden", 0, measures=True)]
    wanted = NewIntent(**{**NEW.__dict__, "answer": OWN_TEXT, "text": "Fragen Sie uns.", "plain_text": "Fragt uns."})
    after = write(root, new_intent(corpus, wanted, leaving))
    assert texts(after, "geld_fuer_aerzte")[:2] == list(TRAINING["ort_finden"][:2])
    assert [each["text"] for each in after.data.responses["utter_geld_fuer_aerzte"]] == [
        "Fragen Sie uns.", "Fragt uns."]
    assert errors(check_nlu_data(root)) == []


@pytest.mark.parametrize(("changes", "why"), [
    ({"title": " "}, "Titel fehlt"), ({"title": "ort finden"}, "gibt es schon"), ({"topic": "quatsch"}, "Listen"),
    ({"description": ""}, "wann diese Absicht"), ({"answer": OWN_TEXT}, "was der Bot antwortet"),
    ({"training": ()}, "Es fehlen Sätze"), ({"held_out": NEW.training}, "zweimal"),
])
def test_an_incomplete_intent_says_what_is_missing(root: Path, changes: dict[str, object], why: str) -> None:
    with pytest.raises(NavigatorError, match=why):
        new_intent(corpus_of(root), NewIntent(**{**NEW.__dict__, **changes}))  # type: ignore[arg-type]


def test_one_chooses_from_what_there_is(root: Path) -> None:
    offered = choices(corpus_of(root))
    assert set(offered["topic"]) == {"foerderung", "kontakt"}
    assert offered["answer"]["action_find_programmes"] == "wie bei „Kurs bezahlen“ und 1 weitere"


def test_lines_become_sentences() -> None:
    assert lines_of(" Ja  bitte \n\n[Hagen](place) \n") == ["Ja bitte", "Hagen (place)"]
