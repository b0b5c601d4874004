"""What a messenger shows: no limit is ever exceeded, no option is lost, nothing but blanks vanishes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runtime.messages import BotMessage, Button, complete_answer
from channels.messenger.choosing import chosen, mark
from channels.messenger.contract import Limits
from channels.messenger.cutting import split
from channels.messenger.render import Rendered, asks_number, render
from channels.messenger.shortening import MORE
from tests.channels.messenger.replies import all_replies

SERVICES = {
    "buttons": Limits(text=4096, options=10),
    "few_buttons": Limits(text=1024, options=3, short=900),
    "numbered": Limits(text=4000, options=20, numbered=True),
    "narrow": Limits(text=300, options=2, short=300, numbered=True),
}
TEXTS = st.text(st.sampled_from("ab Ä.!?\n§1-„“"), min_size=1, max_size=3000).filter(str.strip).map(str.strip)
BUTTONS = st.lists(st.builds(Button, st.text("abcÄß12", min_size=1, max_size=60), st.just("/hilfe")),
                   max_size=12)
ASKS = st.sampled_from([None, "employees", "place"])
MESSAGES = st.builds(
    lambda text, buttons, asks: BotMessage(text, tuple(buttons), complete_answer({"asks": asks}, {})),
    TEXTS, BUTTONS, ASKS)
LIMITS = st.builds(Limits, text=st.integers(300, 5000), options=st.integers(1, 12), short=st.integers(200, 2000),
                   numbered=st.booleans())


def page_of(programme: str) -> str:
    return f"https://navigator.example.de/foerderung/{programme}"


def read_on(reply: Sequence[BotMessage], limits: Limits) -> list[Rendered]:
    """Render a reply and all that stands behind „Mehr“."""
    first = render(reply, limits, page_of)
    rests = [BotMessage.from_dict(option.rest) for option in first.offered if option.rest]
    return [first, *(part for rest in rests for part in read_on([rest], limits))]


def check(rendered: Rendered, limits: Limits) -> None:
    assert rendered.messages
    for message in rendered.messages:
        assert 0 < len(message.text) <= limits.text
        assert message.text.strip() == message.text
        assert len(message.options) <= limits.options
    options = [option for message in rendered.messages for option in message.options]
    assert [option.number for option in options] == list(range(1, len(options) + 1))
    assert [(o.number, o.title, o.token) for o in options] == [(o.number, o.title, o.token) for o in rendered.offered]
    assert all(len(option.token) == 22 for option in options)


def check_all(reply: Sequence[BotMessage], limits: Limits) -> None:
    """The reply and everything behind „Mehr“ fit, and each button is reached by its number and its token."""
    for rendered in read_on(reply, limits):
        check(rendered, limits)
        for option in rendered.offered:
            for typed in [str(option.number)] if option.by_digit else [mark(option.number), f"Nr. {option.number}"]:
                assert chosen(typed, rendered.offered) == option
    offered = [option.payload for option in render(reply, limits, page_of).offered if option.payload]
    assert offered == [button.payload for message in reply for button in message.buttons]


@pytest.mark.parametrize("name", SERVICES)
def test_every_reply_of_the_bot_fits(name: str) -> None:
    replies = all_replies()
    assert len(replies) >= 300
    assert sum(len(message.text) > 1200 for reply in replies for message in reply) >= 50
    for reply in replies:
        check_all(reply, SERVICES[name])


@given(reply=st.lists(MESSAGES, min_size=1, max_size=3), limits=LIMITS)
@settings(max_examples=150, deadline=None)
def test_any_reply_fits(reply: list[BotMessage], limits: Limits) -> None:
    check_all(reply, limits)


@given(text=TEXTS, limit=st.integers(20, 400))
@settings(max_examples=150, deadline=None)
def test_pieces_lose_nothing_but_blanks(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", SERVICES)
def test_every_word_of_a_long_answer_can_be_read(name: str) -> None:
    """Behind „Mehr“ stands the rest; only the source and the question may come twice."""
    long = [message for reply in all_replies() for message in reply if len(message.text) > 1200]
    assert len(long) >= 50
    for message in long:
        shown = " ".join(part.text for rendered in read_on([message], SERVICES[name]) for part in rendered.messages)
        assert set(message.text.split()) <= set(shown.split())


def test_a_text_is_cut_between_sentences_and_not_behind_an_abbreviation() -> None:
    text = "Das zahlt die Agentur für Arbeit. Es gilt § 82 Abs. 1 Nr. 3 SGB III. Fragen Sie vor dem Kurs nach."
    assert split(text, 75) == [
        "Das zahlt die Agentur für Arbeit. Es gilt § 82 Abs. 1 Nr. 3 SGB III.", "Fragen Sie vor dem Kurs nach."]
    assert split("Sie zahlen das selbst. Es gilt Abs. Eins der Regel.", 40)[0] == "Sie zahlen das selbst."


def programme(text: str, asks: str | None = None) -> BotMessage:
    answer = {"kind": "programme", "asks": asks, "programmes": [{"id": "go-inno"}],
              "sources": [{"url": "https://example.org/quelle", "checked_on": "2026-11-21"}]}
    return BotMessage(text, (Button("Hilfe", "/hilfe"),), complete_answer(answer, {}))


LONG = "Das ist ein Satz über das Programm. " * 60


def test_a_shortened_answer_keeps_source_page_and_question() -> None:
    said = programme(f"{LONG}\nStand: 21.11.2026. Quelle: https://example.org/quelle\n\nWo sind Sie?", asks="place")
    (message,) = render([said], SERVICES["buttons"], page_of).messages
    assert len(message.text) <= 1200
    assert "Stand: 21.11.2026. Quelle: https://example.org/quelle" in message.text
    assert "Alles dazu: https://navigator.example.de/foerderung/go-inno" in message.text
    assert message.text.endswith("\n\nWo sind Sie?")
    assert [option.title for option in message.options] == [MORE, "Hilfe"]


def test_without_public_pages_there_is_no_link() -> None:
    (message,) = render([programme(LONG)], SERVICES["buttons"], lambda programme: "").messages
    assert "Alles dazu" not in message.text


def test_a_number_that_is_asked_for_chooses_nothing() -> None:
    said = programme("Wie viele Menschen arbeiten bei Ihnen?", asks="employees")
    assert asks_number(said) and not asks_number(programme("Wo?", asks="place"))
    rendered = render([said], SERVICES["numbered"], page_of)
    assert rendered.messages[0].text.endswith("A – Hilfe")
    assert chosen("1", rendered.offered) is None
    for typed in ("A", "a)", "Nr. 1", "nummer 1"):
        assert chosen(typed, rendered.offered) == rendered.offered[0]


@pytest.mark.parametrize("said", ["1", "1.", " 1) ", "1\ufe0f\u20e3", "#1", "hilfe", " HILFE "])
def test_an_option_is_chosen_by_number_or_title(said: str) -> None:
    offered = render([programme("Ja?")], SERVICES["buttons"], page_of).offered
    assert chosen(said, offered) == offered[0]


@pytest.mark.parametrize("said", ["2", "11", "1 Person", "Hilf", "", "eins"])
def test_other_words_choose_nothing(said: str) -> None:
    assert chosen(said, render([programme("Ja?")], SERVICES["buttons"], page_of).offered) is None


def test_options_that_fit_under_no_message_come_behind() -> None:
    said = BotMessage("Ja?", tuple(Button(f"Titel {n}", "/hilfe") for n in range(5)), complete_answer({}, {}))
    messages = render([said], SERVICES["few_buttons"], page_of).messages
    assert [len(message.options) for message in messages] == [3, 2]


def test_of_a_text_without_a_letter_only_its_options_are_sent() -> None:
    answer = complete_answer({"kind": "info"}, {})
    blank, asking = BotMessage("\r", (), answer), BotMessage(" ", (Button("Ja", "/ja"),), answer)
    limits = SERVICES[next(iter(SERVICES))]

    assert render([blank], limits, page_of).messages == ()
    [message] = render([asking], limits, page_of).messages
    assert [option.title for option in message.options] == ["Ja"]
    assert message.text.strip()
