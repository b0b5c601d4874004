"""No limit of a keyboard is exceeded and no option gets lost, whatever the bot offers."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from channels.messenger.contract import Option
from channels.telegram.keyboard import CHOSEN, LONGEST_TITLE, ROW, keyboard, mark_chosen, short
from channels.telegram.limits import MOST_OPTIONS
from tests.channels.telegram.emulator import checked_markup

TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]) | st.just(" "), min_size=1,
                 max_size=200).map(str.strip).filter(bool)  # fmt: skip
TITLE_LISTS = st.lists(TITLES, min_size=1, max_size=MOST_OPTIONS)


def _options(titles: list[str]) -> list[Option]:
    return [Option(number, title, f"{number:022d}") for number, title in enumerate(titles, start=1)]


def _tokens(markup: InlineKeyboardMarkup) -> list[object]:
    return [button.callback_data for row in markup.inline_keyboard for button in row]


def test_without_options_there_are_no_buttons() -> None:
    assert keyboard([]) is None


@given(TITLE_LISTS)
def test_telegram_takes_every_keyboard_and_no_option_is_lost(titles: list[str]) -> None:
    markup = keyboard(_options(titles))

    assert markup
    checked_markup(json.loads(markup.to_json()))
    assert _tokens(markup) == [option.token for option in _options(titles)]


@given(TITLE_LISTS)
def test_titles_can_be_read(titles: list[str]) -> None:
    markup = keyboard(_options(titles))

    assert markup
    for row in markup.inline_keyboard:
        assert len(row) == 1 or sum(len(button.text) for button in row) <= ROW
    shown = [button.text for row in markup.inline_keyboard for button in row]
    for text, title in zip(shown, titles, strict=True):
        assert text == title or (len(text) <= LONGEST_TITLE < len(title) and title.startswith(text[:-1]))


@given(TITLE_LISTS, st.data())
def test_a_tick_marks_what_was_chosen_and_nothing_else(titles: list[str], data: st.DataObject) -> None:
    options = _options(titles)
    markup = keyboard(options)
    chosen = data.draw(st.sampled_from(options))
    assert markup

    marked = mark_chosen(markup, chosen.token)

    assert marked and _tokens(marked) == _tokens(markup)
    checked_markup(json.loads(marked.to_json()))
    ticked = [button.callback_data for row in marked.inline_keyboard for button in row if button.text[:2] == CHOSEN]
    assert chosen.token in ticked
    assert mark_chosen(marked, chosen.token) is None


def test_short_titles_share_a_row_and_long_ones_have_their_own() -> None:
    markup = keyboard(_options(["Ja", "Nein", "Weiß ich nicht", "Mit einem Menschen sprechen"]))

    assert markup
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [
        ["Ja", "Nein", "Weiß ich nicht"], ["Mit einem Menschen sprechen"]]


def test_a_long_title_ends_with_a_whole_word() -> None:
    title = "Mehr zu Förderung beschäftigter Arbeitnehmerinnen und Arbeitnehmer nach § 82 SGB III"

    assert short(title) == "Mehr zu Förderung beschäftigter Arbeitnehmerinnen und…"
    assert len(short("x" * 100)) == LONGEST_TITLE
