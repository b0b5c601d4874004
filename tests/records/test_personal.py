"""What counts as personal in a text, and what must stay whole."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.de import idnr

from bot.curation.nlu_data import load_nlu_data
from bot.records.masking import MASK, without_personal
from bot.records.personal import Kind, find_personal
from bot.settings import REPOSITORY
from knowledge_base.store import KnowledgeStore

_QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
AROUND = st.sampled_from([
    ("", ""), ("Meine Frage: ", ", danke!"), ("Wir sind 12 Leute. ", " Wie hoch ist § 82?"), ("(", ")"), ("", ".")])
NAMES = st.sampled_from(
    ["Anna Muster", "Anna von Muster", "Karl-Heinz Meier-Schmidt", "Yılmaz Özdemir", "Zoë", "anna muster"])


@pytest.mark.parametrize(("text", "stored"), [
    ("ich heisse anna und suche geld", f"ich heisse {MASK} und suche geld"),
    ("Mein Name ist Anna von Muster, helft mir", f"Mein Name ist {MASK}, helft mir"),
    ("anna muster hier. Ich heiße Anna Muster. Frau Muster halt.",
     f"{MASK} {MASK} hier. Ich heiße {MASK}. Frau {MASK} halt."),
    ("Frau Dr. Müller-Lüdenscheid sagte nein", f"Frau Dr. {MASK} sagte nein"),
    ("Mit freundlichen Grüßen Karl Meier", f"Mit freundlichen Grüßen {MASK}"),
    ("Schreiben Sie an max (at) example (dot) org", f"Schreiben Sie an {MASK}"),
    ("Handy: 171/3920001", f"Handy: {MASK}"),
    ("+49 (0) 2331 4887814 geht auch", f"{MASK} geht auch"),
    ("IBAN AT61 1904 3002 3457 3201", f"IBAN {MASK}"),
    ("DE00 1111 2222 3333 4444 55 ist mein Konto", f"{MASK} ist mein Konto"),
    ("Steuernummer 133/8150/8159", f"Steuernummer {MASK}"),
    ("Kundennummer: 345D678901", f"Kundennummer: {MASK}"),
    ("SV-Nummer 65 170839 J 008", f"SV-Nummer {MASK}"),
    ("Bahnhofstr.5, 58095 Hagen", f"{MASK}, 58095 Hagen"),
    ("Am Markt 3, 58095 Hagen", f"{MASK}, 58095 Hagen"),
    ("Unter den Linden 5a 10117 Berlin", f"{MASK} 10117 Berlin"),
])
def test_what_is_struck_out(text: str, stored: str) -> None:
    assert without_personal(text) == stored


@pytest.mark.parametrize("text", [
    "Wie heißt das Programm?", "Förderung für Frauen", "ich bin Frau und suche Arbeit", "Frau Mitte 50 sucht Arbeit",
    "Mein Name ist egal", "Grüß Gott aus Bayern", "500 Euro Bildungsscheck 2.0", "Der Weg zum Meister dauert 3 Jahre",
    "vom 01.01.2026 bis 30.06.2026", "ab 1.4.2026 und bis 03/2026", "§ 82 Abs. 3 Satz 1 SGB III",
    "Ausbildungsplatz 2026", "10.000-20.000 Euro im Jahr 2025/2026", "Am Donnerstag 18 Uhr",
    "Ein Arbeitsplatz 50 % gefördert",
    "WZ 62.01.0 und DIN EN ISO 9001", "Auf dem Weg 3 Monate verloren", "bring 3 Leute mit", "01067 Dresden",
    "0,5 Mio. oder 0.75 Mio. Euro", "1000000000 Euro Umsatz",
])
def test_what_stays(text: str) -> None:
    assert without_personal(text) == text


def test_sentences_of_the_training_data_stay() -> None:
    data = load_nlu_data(REPOSITORY)
    sentences = [each.text for each in itertools.chain(*data.training.values())][::7]
    assert len(sentences) > 2000
    lost = [text for text in sentences if without_personal(text) != text]
    assert len(lost) <= 3, lost  # „mein Name ist Gerda“ stands there, too


def test_names_of_programmes_and_places_stay(shared_store: KnowledgeStore) -> None:
    catalogue = shared_store.catalogue()
    names = [each.name for each in (*catalogue.programmes.values(), *catalogue.contacts.values())]
    names += [each.name for kreis in catalogue.places.kreise for each in kreis.gemeinden]
    assert len(names) > 600
    asked = [f"Gibt es {name} noch?" for name in names]
    assert [text for text in asked if without_personal(text) != text] == []


@_QUICK
@given(around=AROUND, amount=st.integers(0, 10**9), post_code=st.integers(1001, 99998), law=st.integers(1, 500),
       people=st.integers(1, 5000), year=st.integers(2020, 2035), month=st.integers(1, 12), day=st.integers(1, 28))
def test_numbers_of_the_field_stay(
    around: tuple[str, str], amount: int, post_code: int, law: int, people: int, year: int, month: int, day: int
) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    for said in (f"{dotted} Euro", f"{amount} €", f"Wir sitzen in {post_code:05} Hagen", f"§ {law} SGB III",
                 f"{people} Beschäftigte", f"{day:02}.{month:02}.{year}", f"{day}.{month}.{year}",
                 f"{month:02}/{year}", f"{law}%", f"{people}-{people + 10} Leute", f"seit {year}",
                 f"{amount} Euro für {people} Leute in {year}"):
        text = said.join(around)
        assert without_personal(text) == text


@_QUICK
@given(around=AROUND, digits=st.text("0123456789", min_size=7, max_size=9),
       start=st.sampled_from(["0171 ", "+49 171/", "0049171", "(02331) "]))
def test_phone_numbers_go(around: tuple[str, str], digits: str, start: str) -> None:
    assert without_personal((start + digits).join(around)) == MASK.join(around)


@_QUICK
@given(around=AROUND, bank=st.text("0123456789", min_size=18, max_size=18), spaced=st.booleans())
def test_accounts_go(around: tuple[str, str], bank: str, spaced: bool) -> None:
    check = 98 - int(bank + "131400") % 97
    number = f"DE{check:02}{bank}"
    shown = " ".join(number[at:at + 4] for at in range(0, 22, 4)) if spaced else number
    assert [each.kind for each in find_personal(shown.join(around))] == [Kind.IBAN]
    assert without_personal(shown.join(around)) == MASK.join(around)


@_QUICK
@given(around=AROUND, start=st.sampled_from("3456"), rest=st.text("0123456789", min_size=14, max_size=14))
def test_cards_go_and_other_long_numbers_stay(around: tuple[str, str], start: str, rest: str) -> None:
    number = start + rest
    good = number + luhn.calc_check_digit(number)
    shown = " ".join(good[at:at + 4] for at in range(0, 16, 4))
    assert without_personal(shown.join(around)) == MASK.join(around)
    wrong = number + str((int(good[-1]) + 1) % 10)
    assert not any(each.kind is Kind.CARD for each in find_personal(wrong))


@_QUICK
@given(around=AROUND, number=st.sampled_from(["86095742719", "68987530413", "24519843604", "56021491734"]),
       spaced=st.booleans())
def test_tax_ids_go(around: tuple[str, str], number: str, spaced: bool) -> None:
    shown = f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}" if spaced else number
    assert idnr.is_valid(number)
    assert without_personal(shown.join(around)) == MASK.join(around)


@_QUICK
@given(name=NAMES,
       before=st.sampled_from(["ich heiße ", "Ich heisse ", "Mein Name ist ", "mein Name: ", "Hier spricht Frau "]),
       after=st.sampled_from(["", ".", ", ich suche Geld", "! Wie hoch ist der Zuschuss?", " und wir sind 12 Leute"]))
def test_names_go(name: str, before: str, after: str) -> None:
    assert without_personal(before + name + after) == before + MASK + after


@_QUICK
@given(st.text())
def test_any_text_is_read_and_nothing_is_left_to_strike_out(text: str) -> None:
    found = find_personal(text)
    assert all(each.start < each.end for each in found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
