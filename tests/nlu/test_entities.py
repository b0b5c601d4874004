"""What a sentence names is understood at least as well as the floors say, and what the conversation makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.memory import Memory
from actions.understanding import Message, understand
from bot.curation.nlu_data import NluData, Sentence, load_nlu_data
from bot.evaluation.entities import KINDS, EntityReport, measure, measure_sentences
from bot.evaluation.pipeline import found
from bot.nlu.masking import MASKS, masked
from bot.settings import REPOSITORY
from knowledge_base.content import Catalogue
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.mention import Mention
from knowledge_base.recognise.recogniser import Recogniser

FLOORS = yaml.safe_load((Path(__file__).parent / "entities" / "floors.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def data() -> NluData:
    return load_nlu_data(REPOSITORY)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(REPOSITORY / "knowledge_base" / "catalogue")


@pytest.fixture(scope="module")
def recogniser(catalogue: Catalogue) -> Recogniser:
    return Recogniser(catalogue)


def _below(report: EntityReport, floors: dict[str, float]) -> dict[str, float]:
    assert set(floors) == set(KINDS)
    assert all(report.scores[kind].labelled >= 40 for kind in KINDS), "too few labels to judge"
    return {kind: report.scores[kind].f1 for kind, floor in floors.items() if report.scores[kind].f1 < floor}


def test_held_out_sentences_of_the_intents(data: NluData, catalogue: Catalogue, recogniser: Recogniser) -> None:
    report = measure(data, recogniser.find, catalogue.places)
    assert report.sentences >= 700
    assert _below(report, FLOORS["held_out"]) == {}


def test_sentences_written_for_entities(data: NluData, catalogue: Catalogue, recogniser: Recogniser) -> None:
    assert {kind: len(sentences) for kind, sentences in data.entities.items() if len(sentences) < 60} == {}
    assert set(data.entities) == set(KINDS)
    sentences = [sentence for found in data.entities.values() for sentence in found]
    report = measure_sentences(sentences, recogniser.find, catalogue.places)
    assert report.sentences == len(sentences), "every sentence here is annotated"
    assert _below(report, FLOORS["entities"]) == {}


def test_training_masks_what_a_conversation_masks(data: NluData, recogniser: Recogniser) -> None:
    texts = [sentence.text for sentences in data.entities.values() for sentence in sentences]
    all_found = [(text, found(text, recogniser.find)) for text in texts]
    assert sum(any(entity["entity"] in MASKS for entity in entities) for _, entities in all_found) > 100
    for text, entities in all_found:
        assert masked(text, found(text, recogniser.find_masked)) == masked(text, entities)


def test_labels_are_ids_of_the_catalogue(data: NluData, catalogue: Catalogue) -> None:
    places = {k.id for k in catalogue.places.kreise} | {r.id for r in catalogue.places.regions}
    places |= {gemeinde.id for kreis in catalogue.places.kreise for gemeinde in kreis.gemeinden}
    known = {
        "place": places,
        "place_ambiguous": places,
        "place_outside": {place.id for place in catalogue.places.outside},
        "programme": set(catalogue.programmes),
        "audience": {entry.id for entry in catalogue.vocabulary.audiences},
        "topics": {entry.id for entry in catalogue.vocabulary.topics},
    }
    unknown = [
        (sentence.path, sentence.line, value)
        for sentences in (*data.held_out.values(), *data.entities.values())
        for sentence in sentences
        for kind, labelled in (sentence.entities or {}).items()
        if kind in known
        for value in (labelled if isinstance(labelled, list) else [labelled])
        if str(value).removesuffix("?") not in known[kind]
    ]
    assert unknown == []


def _said(recogniser: Recogniser, *texts: str) -> Memory:
    memory = Memory()
    for text in texts:
        entities = [
            {"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "confidence_entity": m.confidence}
            for m in recogniser.find(text)
        ]
        memory = understand(memory, Message(text, None, entities))
    return memory


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (["Wir sind nicht in Dortmund, sondern in Unna."], "unna"),
        (["wir sitzen in herne", "quatsch, in hamm"], "hamm"),
        (["Bielefeld, Ostwestfalen"], "bielefeld"),
        (["Unser Sitz ist Osnabrück."], "outside:osnabrueck"),
        (["Gibt es in Holthausen eine Beratung?"], None),
        (["Das Wetter ist schlecht und die Lage auch."], None),
    ],
)
def test_the_place_of_a_conversation(recogniser: Recogniser, texts: list[str], place: str | None) -> None:
    assert _said(recogniser, *texts).place == place


def test_a_name_of_several_places_is_asked_back(recogniser: Recogniser) -> None:
    found = [
        m.value for m in recogniser.find("Gibt es in Holthausen eine Beratung?") if m.entity == "place_ambiguous"
    ]
    assert len(found) == 1
    assert {"herne", "duesseldorf"} <= set(found[0])


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("Das ist nicht für mich, sondern für meine Azubi.", "auszubildende"),
        ("Ich bin angestellt, es geht aber nicht um mich, sondern um meinen arbeitslosen Bruder.", "arbeitsuchende"),
        ("Wir möchten einen Geflüchteten einstellen.", "unternehmen"),
        ("Meine Tochter findet keine Lehrstelle, wir wohnen in Herne.", "auszubildende"),
        ("Bekommt man als Chefin etwas dazu, wenn man eine Arbeitslose nimmt?", "unternehmen"),
    ],
)
def test_for_whom_help_is_sought(recogniser: Recogniser, text: str, audience: str) -> None:
    assert _said(recogniser, text).audience == audience


def test_a_corrected_number_counts(recogniser: Recogniser) -> None:
    memory = _said(recogniser, "Wir sind nicht 30, sondern 13 Leute.")
    assert memory.facts["employees"] == 13


def test_a_refused_kind_is_not_wanted(recogniser: Recogniser) -> None:
    assert _said(recogniser, "Einen Kredit will ich nicht.").unwanted_kinds == ("darlehen",)


def test_a_benefit_that_somebody_gets_is_a_situation_and_only_asking_for_it_a_purpose(recogniser: Recogniser) -> None:
    gets = _said(recogniser, "Meine Klientin bezieht Bürgergeld.")
    assert (gets.facts["benefit"], gets.purposes) == ("grundsicherung", ())
    assert _said(recogniser, "Wie beantrage ich Bürgergeld?").purposes == ("lebensunterhalt",)
    assert _said(recogniser, "Meine Frau bekommt Elterngeld.").facts["employment"] == "elternzeit_pflege"


def test_the_office_somebody_works_for_is_not_the_one_that_is_sought(recogniser: Recogniser) -> None:
    def sure(text: str) -> set[str]:
        return {m.entity for m in recogniser.find(text) if m.confidence >= 0.8} & {"contact", "contact_kind"}

    assert sure("Ich bin Beraterin beim Jobcenter Hagen.") == set()
    assert sure("Bin beim Jobcenter Hagen.") == set()
    assert sure("Wie erreiche ich das Jobcenter Hagen?") == {"contact", "contact_kind"}
    assert sure("Ich bin in Hagen, welches Jobcenter ist zuständig?") == {"contact_kind"}


@pytest.mark.parametrize(
    ("text", "started"),
    [
        ("Den Auftrag hab ich schon vergeben", True),
        ("Das ist bereits eingebaut", True),
        ("Den Gewerbeschein hab ich schon", True),
        ("Ich habe noch nichts bestellt", False),
    ],
)
def test_whether_it_has_begun(recogniser: Recogniser, text: str, started: bool) -> None:
    assert _said(recogniser, text).facts["started"] is started


def test_what_is_measured(catalogue: Catalogue) -> None:
    """A Kreis counts as its Gemeinde, „?“ is neither right nor wrong, and what is not labelled is wrong."""
    sentences = [
        Sentence("a", "x.yml", 1, {"place": "luedenscheid", "topics": ["ki", "qualifizierung?"]}),
        Sentence("b", "x.yml", 2, {"employees": 12}),
        Sentence("c", "x.yml", 3, None),
    ]
    found = {
        "a": [Mention("place", "maerkischer-kreis", 0, 1), Mention("topic", "qualifizierung", 0, 1)],
        "b": [Mention("employees", 12, 0, 1), Mention("place", "hagen", 0, 1)],
        "c": [Mention("place", "hagen", 0, 1)],
    }

    report = measure_sentences(sentences, lambda text: found[text], catalogue.places)

    assert report.sentences == 2
    place, topic = report.scores["place"], report.scores["topic"]
    assert (place.labelled, place.found, place.right) == (1, 2, 1)
    assert (place.precision, place.recall, round(place.f1, 3)) == (0.5, 1.0, 0.667)
    assert (topic.labelled, topic.found, topic.right) == (1, 0, 0)
    assert {(miss.kind, miss.sentence.text) for miss in report.misses} == {
        ("topic", "a"),
        ("place", "b"),
        ("audience", "b"),
    }
