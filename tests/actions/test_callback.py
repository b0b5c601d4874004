"""The call-back: what is asked, what is shown before consent, what is kept, and that nothing gets lost on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from actions.callback_words import agrees, read_address, read_time, read_way, refuses, stops
from actions.memory import Memory
from bot.database import open_engine
from bot.instance import HumanHandoff
from bot.records.callbacks import CallbackRequest, State
from tests.actions.talk import Talk, services

PHONE = "0170 1234567"
WISH = "Können Sie mich anrufen?"


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    opened = open_engine("sqlite://")
    yield opened
    opened.dispose()


@pytest.fixture
def talk(engine: sa.Engine) -> Talk:
    about = Memory(topics=("qualifizierung",), place="hagen", programme="kurszuschuss", goal="programme")
    return Talk(services(engine), about)


def _request(talk: Talk) -> CallbackRequest | None:
    return talk.services.callbacks.find("anna")


def _until_consent(talk: Talk) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    talk.say(PHONE, "datenschutz")
    assert talk.say("vormittags", "angaben_machen").asks == "callback_consent"


def test_from_the_wish_to_the_number(talk: Talk) -> None:
    assert talk.say(WISH, "rueckruf_wuenschen").asks == "callback_address"
    assert talk.say(PHONE, "datenschutz").asks == "callback_time"
    shown = talk.say("vormittags", "angaben_machen")
    for part in (PHONE, "vormittags", "Weiterbildung", "Hagen", "Kurszuschuss", talk.services.instance.agency.name):
        assert part in shown.text
    assert talk.services.callbacks.open_requests() == []

    said = talk.say("Ja, gern", "zustimmung")

    sent = talk.services.callbacks.open_requests()
    assert [(each.way, each.address, each.best_time) for each in sent] == [("telefon", PHONE, "vormittags")]
    assert sent[0].number in said.text
    assert sent[0].about == {"thema": "Weiterbildung", "ort": "Hagen", "programme": ["Kurszuschuss"]}
    assert talk.memory.asked is None


def test_without_a_way_in_the_words_it_is_asked_and_buttons_do(talk: Talk) -> None:
    assert talk.say("", "rueckruf_wuenschen").asks == "callback_way"
    assert talk.press("E-Mail").asks == "callback_address"
    assert talk.say("an erika@agentur-beispiel.de bitte", "datenschutz").asks == "callback_consent"
    talk.press("abschicken")
    sent = talk.services.callbacks.open_requests()
    assert [(each.way, each.address) for each in sent] == [("email", "erika@agentur-beispiel.de")]


def test_everything_in_one_message(talk: Talk) -> None:
    shown = talk.say(f"Rufen Sie mich unter {PHONE} an, am besten ab 16 Uhr", "rueckruf_wuenschen")
    assert shown.asks == "callback_consent"
    assert "ab 16 Uhr" in shown.text


def test_the_person_may_be_reached_at_once_too(talk: Talk) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    opening = talk.replies[0]
    assert opening.kind == "handoff"
    assert talk.services.instance.agency.phone in opening.text


def test_no_address_gets_into_the_memory(talk: Talk) -> None:
    _until_consent(talk)
    talk.press("abschicken")
    assert "1234567" not in repr(talk.memory)


@pytest.mark.parametrize("typed", ["0170", "01701", "das ist die 123456", "erika@", "erika(at)x@y"])
def test_what_is_no_address_is_asked_again(talk: Talk, typed: str) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    reply = talk.say(typed, "datenschutz")
    assert "callback_address" in (reply.asks, talk.memory.asked)
    request = _request(talk)
    assert request is not None and request.address is None


@pytest.mark.parametrize("words", ["abbrechen", "Nein danke", "ach, doch nicht", "stopp"])
@pytest.mark.parametrize("answers", [[], [PHONE], [PHONE, "vormittags"]])
def test_called_off_at_any_point_everything_is_erased(talk: Talk, words: str, answers: list[str]) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    for each in answers:
        talk.say(each, "angaben_machen")
    talk.say(words, "ablehnung")
    assert _request(talk) is None
    assert talk.memory.asked is None


def test_another_question_is_answered_and_the_call_back_waits(talk: Talk) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    talk.say("Wie hoch ist der Kurszuschuss?", "programm_hoehe", programme="kurszuschuss")
    assert [reply.kind for reply in talk.replies] == ["programme", "question"]
    assert talk.say(PHONE, "datenschutz").asks == "callback_time"


def test_a_fixed_text_in_between_keeps_the_call_back_too(talk: Talk) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    talk.say("Was passiert mit meinen Daten?", "datenschutz")
    assert talk.replies[0].response == "utter_datenschutz"
    assert talk.memory.asked == "callback_address"


def test_after_an_interruption_with_its_own_question_a_button_leads_back(talk: Talk) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    talk.say(PHONE, "datenschutz")
    talk.memory = Memory(asked="place")
    assert talk.say("", "rueckruf_wuenschen").asks == "callback_time"


def test_starting_over_erases_what_was_not_sent(talk: Talk) -> None:
    _until_consent(talk)
    talk.say("von vorne", "neu_anfangen")
    assert _request(talk) is None


def test_starting_over_keeps_what_was_sent(talk: Talk) -> None:
    _until_consent(talk)
    talk.press("abschicken")
    talk.say("von vorne", "neu_anfangen")
    assert _request(talk) is not None


def test_starting_over_while_a_sent_request_is_on_the_table_keeps_it(talk: Talk) -> None:
    _until_consent(talk)
    talk.press("abschicken")
    assert talk.say(WISH, "rueckruf_wuenschen").asks == "callback_existing"
    talk.say("von vorne", "neu_anfangen")
    assert _request(talk) is not None


def test_a_repeated_message_makes_no_second_request(talk: Talk) -> None:
    _until_consent(talk)
    first = talk.press("abschicken").text
    again = talk.say("", "rueckruf_wuenschen", callback_step="senden").text
    assert again == first
    assert len(talk.services.callbacks.open_requests()) == 1


def test_a_second_wish_shows_the_first_and_can_take_it_back(talk: Talk) -> None:
    _until_consent(talk)
    talk.press("abschicken")
    request = _request(talk)
    assert request is not None
    assert request.number in talk.say(WISH, "rueckruf_wuenschen").text
    talk.press("zurückziehen")
    assert _request(talk) is None


@pytest.mark.parametrize(
    "words", ["Ja?", "ja aber an eine andere Nummer", "passt das für mich", "ja aber noch was", "gut"]
)
def test_only_a_plain_yes_is_consent(talk: Talk, words: str) -> None:
    _until_consent(talk)
    talk.say(words, "zustimmung")
    assert talk.services.callbacks.open_requests() == []


def test_an_address_or_time_can_be_corrected_before_consent(talk: Talk) -> None:
    _until_consent(talk)
    assert "0171 7654321" in talk.say("Nein, 0171 7654321", "ablehnung").text
    assert "nach 17 Uhr" in talk.say("lieber nach 17 Uhr", "angaben_machen").text
    request = _request(talk)
    assert request is not None and request.state is State.DRAFT


def test_not_knowing_a_time_means_any_time(talk: Talk) -> None:
    talk.say(WISH, "rueckruf_wuenschen")
    talk.say(PHONE, "datenschutz")
    assert talk.say("weiß nicht", "weiss_nicht").asks == "callback_consent"


def test_an_agency_that_calls_nobody_back_is_named_with_its_number(engine: sa.Engine) -> None:
    talk = Talk(services(engine, human_handoff=HumanHandoff(callback=False)))
    assert talk.say(WISH, "rueckruf_wuenschen").kind == "handoff"
    assert _request(talk) is None


@pytest.mark.parametrize(
    ("text", "way", "value"),
    [
        ("Meine Nummer: 02331/4887814, danke", "telefon", "02331/4887814"),
        ("+49 170 1234567", "telefon", "+49 170 1234567"),
        ("Schreiben Sie an info@Beispiel-GmbH.de.", "email", "info@beispiel-gmbh.de"),
    ],
)
def test_addresses_are_read(text: str, way: str, value: str) -> None:
    found = read_address(text)
    assert found is not None
    assert (found.way, found.value) == (way, value)


@pytest.mark.parametrize("text", ["Wir sind 250 Leute", "58095 Hagen", "am 12.11.2026", "a@b", "1234567890123456"])
def test_what_is_no_address_is_not_read(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("am besten zwischen 9 und 11 Uhr", "am besten zwischen 9 und 11 Uhr"),
        ("Dienstag", "Dienstag"),
        ("übermorgen früh", "übermorgen früh"),
        ("egal", "egal"),
        ("Wie hoch ist der Zuschuss?", None),
        ("Für 12 Leute", None),
    ],
)
def test_times_are_read(text: str, time: str | None) -> None:
    assert read_time(text) == time


def test_words_for_ways_and_decisions() -> None:
    said = ("ich will angerufen werden", "per E-Mail", "nicht anrufen, lieber mailen", "Hagen")
    assert [read_way(text) for text in said] == ["telefon", "email", "email", None]
    assert agrees("Ja, bitte abschicken") and not agrees("nein")
    assert refuses("nö") and not refuses("nicht vor 10 Uhr")
    assert stops("Abbruch!") and not stops("ab 10 Uhr")
