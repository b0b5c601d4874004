"""Numbers in the words of users."""

import pytest

from knowledge_base.recognise.number_words import words_to_digits
from knowledge_base.recognise.numbers import find_numbers

CASES = [
    ("ham 12 leute in lüdenscheid", {"employees": 12}),
    ("Wir sind zwölf Leute", {"employees": 12}),
    ("wir sind zu sechst", {"employees": 6}),
    ("Betrieb mit 1.200 Beschäftigten", {"employees": 1200}),
    ("10 bis 20 Beschäftigte", {"employees_range": [10, 20]}),
    ("unter zehn mitarbeiter", {"employees_range": [1, 9]}),
    ("bin solo-selbstständig", {"employees": 1}),
    ("Ich bin 67, frisch in Rente", {"age": 67}),
    ("mein sohn (18) fängt an", {"age": 18}),
    ("57, seit 3 jahren raus", {"age": 57, "months_unemployed": 36}),
    ("der kurs kostet 890 euro", {"costs_eur": 890.0}),
    ("kostet elfhundert euro", {"costs_eur": 1100.0}),
    ("fünfzehn tausend euro", {"costs_eur": 15000.0}),
    ("wir haben 15k übrig", {"costs_eur": 15000.0}),
    ("ich versteuer so 31000 im jahr", {"taxable_income_eur": 31000.0}),
    ("ich verdiene 60000 euro brutto", {}),
    ("jahresumsatz 2 mio", {"turnover_eur": 2000000.0}),
    ("laden erst seit acht monaten", {"firm_age_years": 8 / 12}),
    ("Kurs mit 120 Stunden", {"course_hours": 120}),
    ("Verzeihung, 27 natürlich", {"number": 27.0}),
    ("ein Kurs für eine Mitarbeiterin", {}),
    ("zwischen 20 und 30 Leuten", {"employees_range": [20, 30]}),
    ("höchstens neun Personen", {"employees_range": [1, 9]}),
    ("ab 250 Beschäftigten", {"employees_range": [250, 100000]}),
    ("50 bis 249", {"employees_range": [50, 249]}),
    ("zwei dutzend Kollegen", {"employees": 24}),
    ("knapp hundert beschäftigte", {"employees": 100}),
    ("Elf-Mann-Betrieb", {"employees": 11}),
    ("zweimannbetrieb", {"employees": 2}),
    ("zu acht in Hilden", {"employees": 8}),
    ("eine Angestellte und ich", {"employees": 2}),
    ("Team von 17 in Halver", {"employees": 17}),
    ("fünfzehn, davon drei in Teilzeit", {"employees": 15}),
    ("Spedition, 26 Fahrer", {"employees": 26}),
    ("waren 80 leute, jetzt sind wir 55", {"employees": 55}),
    ("unsere 20 Leute schulen", {"employees": 20}),
    ("Schulungskosten für 8 Mitarbeitende", {}),
    ("wir wollen fünf neue Mitarbeiter einstellen", {}),
    ("drei unserer Gesellen wollen den Meister machen", {}),
    ("Berufsrückkehrerin, 48, gelernte Bankkauffrau", {"age": 48}),
    ("Maschinenbau, 45, Hagen", {}),
    ("gründerin mit einer app idee, 29 jahre", {"age": 29}),
]


@pytest.mark.parametrize(("text", "facts"), CASES)
def test_numbers_become_facts(text: str, facts: dict[str, object]) -> None:
    assert {m.entity: m.value for m in find_numbers(text) if m.entity != "number" or "number" in facts} == facts


def test_positions_point_at_the_number() -> None:
    text = "Wir sind 12 Leute."
    mention = find_numbers(text)[0]
    assert text[mention.start : mention.end] == "12 Leute"


def test_positions_point_at_the_words_of_a_number() -> None:
    text = "Wir sind zwölf Leute in Herne."
    mention = find_numbers(text)[0]
    assert text[mention.start : mention.end] == "zwölf Leute"


def test_articles_stay_words() -> None:
    assert words_to_digits("eine Frau und einen Kurs, sieben Tage") == "eine Frau und einen Kurs, 7 Tage"


@pytest.mark.parametrize("text", ["Wie viel zahlt § 82?", "was sagt Artikel 4", "Paragraf 16 meine ich", "SGB 3"])
def test_the_number_of_a_law_says_nothing_about_anybody(text: str) -> None:
    assert find_numbers(text) == []


def test_a_decimal_is_not_read_from_its_middle() -> None:
    assert find_numbers("der Scheck 2.0") == []


@pytest.mark.parametrize("words", ["{}", "{} Leute", "{} Euro", "wir sind {}"])
def test_no_number_is_infinite(words: str) -> None:
    text = words.format("9" * 400)
    assert all(value < 10**16 for mention in find_numbers(text)
               for value in (mention.value if isinstance(mention.value, list) else [mention.value]))
