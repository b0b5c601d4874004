from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.database import open_engine
from knowledge_base.content import Catalogue
from knowledge_base.schema.misc import Term
from knowledge_base.search import CONTACT, EVENT, PROGRAMME, TERM, SearchIndex, reindex
from knowledge_base.search.stopwords import STOPWORDS
from knowledge_base.text import fold
from tests.knowledge_base.small import catalogue, contact, event, programme

FILLER = [programme(f"angebot-{n}", search_phrases=[f"förderung zuschuss geld nummer{n}"]) for n in range(20)]


def sample() -> Catalogue:
    return catalogue(
        [*FILLER,
         programme("virenwache", purposes=["it_sicherheit"], search_phrases=["hacker haben uns gesperrt"]),
         programme("zimmerhilfe", search_phrases=["zimmer während der lehre", "ausbildungsplatz weit weg"]),
         programme("kurspass", summary={"text": "Zuschuss zur Weiterbildung im Beruf."},
                   exclusions=[{"text": "Keine Segelscheine."}]),
         programme("steuerhilfe", aliases=["§ 82"], search_phrases=["lehrgangsgebühren absetzen"])],
        [contact("lotsendienst", search_phrases=["wer hilft beim lesen von bescheiden"])],
        [event("roboterabend")],
        [Term.model_validate({"id": "tilgung", "term": "Tilgung", "text": {"text": "Rückzahlung eines Kredits."},
                              "plain": "Geld zurückzahlen."})])


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return loaded(open_engine("sqlite://"), sample())


def loaded(engine: sa.Engine, content: Catalogue) -> SearchIndex:
    with engine.begin() as connection:
        reindex(connection, content)
    with engine.begin() as connection:
        return SearchIndex.load(connection)


def first(index: SearchIndex, text: str, *kinds: str) -> str | None:
    found = index.search(text, kinds or (PROGRAMME,), limit=1)
    return found[0].id if found else None


@pytest.mark.parametrize(("text", "record"), [
    ("Zimmer für die Lehre gesucht", "zimmerhilfe"),
    ("wir brauchen eine firewall", "virenwache"),
    ("mein sohn sucht einen ausbildungsplatz", "zimmerhilfe"),
    ("ausbildungsplätze", "zimmerhilfe"),
    ("ausbildugsplatz", "zimmerhilfe"),
    ("weiterbidlung fürs büro", "kurspass"),
    ("weiterbildungskosten", "kurspass"),
    ("was ist mit §82?", "steuerhilfe"),
    ("paragraph 82", "steuerhilfe"),
    ("gebühren", "steuerhilfe"),
    ("gebühr für den lehrgang", "steuerhilfe"),
    ("virenwache", "virenwache"),
])
def test_everyday_words_lead_to_the_record(index: SearchIndex, text: str, record: str) -> None:
    assert first(index, text) == record


@pytest.mark.parametrize("text", ["", "???", "gibt es da bitte was für mich", "quantenchromodynamik", "12 345"])
def test_chat_and_unknown_words_find_nothing(index: SearchIndex, text: str) -> None:
    assert index.search(text) == []


def test_common_words_do_not_outvote_a_telling_one(index: SearchIndex) -> None:
    assert first(index, "förderung zuschuss geld förderung für eine firewall") == "virenwache"


def test_what_is_excluded_is_no_reason_to_be_found(index: SearchIndex) -> None:
    assert first(index, "segelschein") is None


def test_a_german_word_the_catalogue_lacks_is_not_corrected(index: SearchIndex) -> None:
    assert first(index, "zimmern") == "zimmerhilfe"
    assert first(index, "zimmet") == "zimmerhilfe"
    assert first(index, "himmel") is None


def test_words_that_name_the_place_can_be_left_out(index: SearchIndex) -> None:
    assert index.search("firewall", ignore=frozenset({"firewall"})) == []


def test_each_kind_is_found(index: SearchIndex) -> None:
    assert first(index, "bescheide lesen", CONTACT) == "lotsendienst"
    assert first(index, "roboterabend", EVENT) == "roboterabend"
    assert first(index, "kredit zurückzahlen rückzahlung", TERM) == "tilgung"
    assert first(index, "bescheide lesen", PROGRAMME, TERM, EVENT) is None


def test_scores_lie_between_zero_and_one_and_say_what_matched(index: SearchIndex) -> None:
    found = index.search("zimmer und firewall", limit=5)
    assert {hit.id for hit in found} == {"zimmerhilfe", "virenwache"}
    assert all(0 < hit.score <= 1 for hit in found)
    assert {hit.id: hit.matched for hit in found} == {"zimmerhilfe": ("zimmer",), "virenwache": ("firewall",)}


def test_the_limit_holds_and_equal_hits_come_by_id(index: SearchIndex) -> None:
    found = index.search("förderung", limit=3)
    assert [hit.id for hit in found] == ["angebot-0", "angebot-1", "angebot-10"]


def test_a_new_index_replaces_the_old_one() -> None:
    engine = open_engine("sqlite://")
    older = loaded(engine, catalogue([programme("alt", search_phrases=["dampfmaschine"])]))
    assert first(older, "dampfmaschine") == "alt"
    newer = loaded(engine, catalogue([programme("neu", search_phrases=["solaranlage"])]))
    assert (first(newer, "dampfmaschine"), first(newer, "solaranlage")) == (None, "neu")


def test_without_an_index_nothing_is_found() -> None:
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        assert SearchIndex.load(connection).search("kurs") == []


def test_stopwords_are_folded() -> None:
    assert len(STOPWORDS) > 300
    assert [word for word in STOPWORDS if fold(word) != word] == []


def test_postgresql_ranks_like_sqlite(index: SearchIndex, postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    other = loaded(engine, sample())
    engine.dispose()
    for text in ("zimmer lehre firewall", "weiterbidlung", "förderung geld zuschuss", "kredit"):
        assert other.search(text) == index.search(text)
        assert other.search(text)
