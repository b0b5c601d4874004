import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.text import fold, german_date, nfc, split_compound, stem, tokens, trigrams, words
from tests.knowledge_base.small import TODAY


@pytest.mark.parametrize(("one", "other"), [
    ("Förderung", "foerderung"), ("Straße", "STRASSE"), ("Unternehmer:innen", "Unternehmer"),
    ("Gründer*in", "Gründer"), ("MitarbeiterInnen", "Mitarbeiter"), ("Bewerber(innen)", "Bewerber"),
    ("Berufsrückkehrer/-innen", "Berufsrückkehrer"), ("Café", "cafe"), ("Solo-Selbstständige", "solo selbstständige"),
    ("§82", "Paragraph 82"), ("Forschung & Entwicklung", "Forschung und Entwicklung"), ("geht’s", "gehts"),
])
def test_two_spellings_of_a_name_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("Schule", "Schüle", "Schulen", "Hagen", "Haagen", "KI")}) == 6


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_tokens_hold_no_blank_and_no_punctuation(text: str) -> None:
    assert all(token and not set(token) & set(" -_.,;§") for token in tokens(text))


def test_letters_and_digits_are_parted() -> None:
    assert tokens("NIS-2") == tokens("nis2") == ["nis", "2"]


def test_words_keep_their_umlauts() -> None:
    assert words("Zuschüsse für Gründer:innen") == ["zuschüsse", "für", "gründer"]


def test_decomposed_letters_are_composed() -> None:
    assert nfc("o\u0308") == "ö"
    assert tokens("Fo\u0308rderung") == tokens("Förderung")


@pytest.mark.parametrize("forms", [
    "zuschuss zuschüsse zuschuesse zuschüssen", "betrieb betriebe betrieben betriebes", "firma firmen",
    "kurs kurse kursen kurses", "prüfung prüfungen pruefung", "fachkraft fachkräfte fachkraefte",
    "umschulen umschulung umschult umgeschult", "migrant migranten migrantin migrantinnen", "haus häuser häusern",
    "digital digitale digitalen digitaler", "arzt ärzte ärztin aerzte", "beraten berät beratung",
])
def test_forms_of_a_word_share_their_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [
    ("kosten", "kasten"), ("meister", "miete"), ("lohn", "lehre"), ("kredit", "kreis"), ("büro", "bürge"),
])
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


KNOWN = {"lehrgang", "kosten", "ausbildung", "platz", "weiterbildung", "gebuehr", "kurs", "hand", "werk", "betrieb"}


@pytest.mark.parametrize(("word", "parts"), [
    ("lehrgangskosten", ["lehrgang", "kosten"]), ("ausbildungsplatz", ["ausbildung", "platz"]),
    ("kursgebuehr", ["kurs", "gebuehr"]), ("weiterbildungskurskosten", ["weiterbildung", "kurs", "kosten"]),
    ("handwerksbetrieb", ["hand", "werk", "betrieb"]),
])
def test_a_compound_falls_into_known_parts(word: str, parts: list[str]) -> None:
    assert split_compound(word, KNOWN) == parts


@pytest.mark.parametrize("word", ["kosten", "xyzkosten", "kostenx", "", "platzhirsch"])
def test_what_is_no_compound_of_known_parts_is_not_split(word: str) -> None:
    assert split_compound(word, KNOWN) == []


def test_trigrams_of_similar_words_overlap() -> None:
    assert len(trigrams("ausbildung") & trigrams("ausbidlung")) >= 4
    assert not trigrams("kurs") & trigrams("amt")


def test_dates_are_written_in_german() -> None:
    assert german_date(TODAY) == "22. November 2026"
