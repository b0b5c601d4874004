"""No limit of WhatsApp is ever exceeded, and no option is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.messenger.contract import Option, Outgoing
from channels.whatsapp.form import SHORTER, message_of
from channels.whatsapp.limits import LIMITS
from tests.channels.whatsapp.graph_api import check

titles = st.text(min_size=1, max_size=200).filter(str.strip) | st.sampled_from(["Ja", "Nein", "Mehr", "A" * 20])
tokens = st.text("abcXYZ019-_", min_size=22, max_size=22)


@st.composite
def messages(draw: st.DrawFn) -> Outgoing:
    text = draw(st.text(min_size=1, max_size=LIMITS.text).filter(str.strip))
    offered = draw(st.lists(st.tuples(titles, tokens), max_size=LIMITS.options, unique_by=lambda pair: pair[1]))
    return Outgoing(text, tuple(Option(number, *pair) for number, pair in enumerate(offered, 1)))


def choices(content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Title, id and description of everything that can be tapped."""
    action = content["action"]
    if "buttons" in action:
        return [(button["reply"]["title"], button["reply"]["id"], "") for button in action["buttons"]]
    return [(row["title"], row["id"], row.get("description", "")) for section in action["sections"]
            for row in section["rows"]]


@given(messages())
def test_every_message_is_within_the_limits_and_offers_every_option(message: Outgoing) -> None:
    type_, content = message_of(message)

    check({"type": type_, type_: content})
    if message.options:
        assert content["body"]["text"] == message.text
        assert [token for _, token, _ in choices(content)] == [option.token for option in message.options]
    else:
        assert content == {"body": message.text, "preview_url": False}


def token_of(content: dict[str, Any], title: str) -> str:
    """What is sent by tapping the option with this title."""
    names = (title, SHORTER.get(title))
    [token] = [token for name, token, below in choices(content) if name in names or below == title]
    return token


def offer(*titles_: str) -> tuple[str, list[tuple[str, str, str]]]:
    options = tuple(Option(number, title, f"{number:022}") for number, title in enumerate(titles_, 1))
    _, content = message_of(Outgoing("Wählen Sie.", options))
    return content["type"], choices(content)


def test_three_short_titles_are_buttons() -> None:
    assert offer("Ja", "Nein", "Weiß ich nicht") == ("button", [
        ("Ja", f"{1:022}", ""), ("Nein", f"{2:022}", ""), ("Weiß ich nicht", f"{3:022}", "")])


@pytest.mark.parametrize("titles_", [("Ja", "Nein", "Vielleicht", "Nie"), ("A" * 21,)])
def test_more_or_longer_titles_are_a_list(titles_: tuple[str, ...]) -> None:
    how, rows = offer(*titles_)

    assert (how, [title for title, _, _ in rows]) == ("list", list(titles_))


def test_what_stands_under_many_answers_has_a_short_title() -> None:
    human = "Mit einem Menschen sprechen"

    assert offer("Ja", human) == ("button", [("Ja", f"{1:022}", ""), (SHORTER[human], f"{2:022}", "")])
    assert offer("Ja", "Nein", "Vielleicht", human)[1][-1] == (SHORTER[human], f"{4:022}", human)
    assert offer(human, SHORTER[human])[0] == "list"


def test_titles_that_look_alike_are_numbered() -> None:
    how, rows = offer("Ja", "Ja", "Mehr")

    assert (how, [title for title, _, _ in rows]) == ("list", ["Nr. 1 – Ja", "Nr. 2 – Ja", "Nr. 3 – Mehr"])


def test_a_title_that_had_to_be_cut_stands_whole_below() -> None:
    whole = "Mit der Regionalagentur Märkische Region sprechen"

    [(title, _, description)] = offer(whole)[1]

    assert (title, description) == ("Mit der Regionalagentur…", whole)
