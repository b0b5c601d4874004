"""Words of a held-out sentence become labels, and labels come back as they were."""

from __future__ import annotations

import pytest

from bot.curation.nlu_data import load_nlu_data
from bot.curation.record_form.choices import Choices, choices_of
from bot.curation.training_entities import Label, entities_of, label_from, labels_of, names, read, title_of
from bot.errors import NavigatorError
from bot.settings import REPOSITORY
from knowledge_base.content import Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.recogniser import Recogniser


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(REPOSITORY / "knowledge_base" / "catalogue")


@pytest.fixture(scope="module")
def recogniser(catalogue: Catalogue) -> Recogniser:
    return Recogniser(catalogue)


@pytest.fixture(scope="module")
def choices(catalogue: Catalogue) -> Choices:
    return choices_of(catalogue)


@pytest.mark.parametrize(("words", "kind", "value"), [
    ("in Kreuztal", "place", "kreuztal"), ("45879", "place", "gelsenkirchen"), ("Kreis Heinsberg", "place",
                                                                                "kreis-heinsberg"),
    ("bildungschek", "programme", "bildungsscheck-2-0"), ("künstlicher Intelligenz", "topics", "ki"),
    ("Azubi", "audience", "auszubildende"), ("12 Leute", "employees", "12"), ("7", "employees", "7"),
])
def test_words_are_read(recogniser: Recogniser, choices: Choices, words: str, kind: str, value: str) -> None:
    assert read(words, kind, recogniser.find, choices) == [Label(kind, value)]


@pytest.mark.parametrize(("words", "kind"), [("Rotkohl", "place"), ("", "place"), ("Hagen", "quatsch")])
def test_what_is_nothing_of_the_kind_is_refused(
    recogniser: Recogniser, choices: Choices, words: str, kind: str
) -> None:
    with pytest.raises(NavigatorError, match="Wählen Sie|nicht bekannt"):
        read(words, kind, recogniser.find, choices)


def test_every_label_of_the_repository_survives_the_form() -> None:
    annotated = [each.entities for found in load_nlu_data(REPOSITORY).held_out.values() for each in found
                 if each.entities is not None]
    assert len(annotated) > 500
    for entities in annotated:
        labels = labels_of(entities)
        sent = [label_from(each.id, each.certain) for each in labels]
        assert labels_of(entities_of(sent)) == labels, entities


def test_labels_are_written_as_the_files_have_them() -> None:
    assert entities_of([Label("topics", "ki"), Label("employees", "12"), Label("place", "hagen"),
                        Label("place", "herne", certain=False)]) == {
        "topics": ["ki"], "employees": 12, "place": ["hagen", "herne?"]}
    assert entities_of([]) == {}


def test_people_read_names(choices: Choices) -> None:
    assert title_of(Label("topics", "ki"), choices) == "Thema: Künstliche Intelligenz"
    assert title_of(Label("employees", "12"), choices) == "Beschäftigte: 12"
    assert len(names(choices)) > 500


@pytest.mark.parametrize("text", ["", "place", "quatsch=1", "place=<script>"])
def test_forged_labels_are_refused(text: str) -> None:
    with pytest.raises(NavigatorError):
        label_from(text)
