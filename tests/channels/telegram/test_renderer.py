"""Whatever the bot says fits into Telegram, and every option can be pressed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runtime.messages import BotMessage, Button, complete_answer
from channels.messenger.render import render
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.keyboard import keyboard
from tests.channels.messenger.replies import all_replies
from tests.channels.telegram.emulator import checked_markup, checked_text


def show(reply: Sequence[BotMessage]) -> list[str]:
    """Cut a reply as the post office does, and what is behind „Mehr“; return the tokens that can be pressed."""
    rendered = render(reply, TelegramAdapter.limits, lambda programme: f"https://n.example.de/foerderung/{programme}")
    tokens: list[str] = []
    for message in rendered.messages:
        checked_text(message.text)
        markup = keyboard(message.options)
        if markup:
            checked_markup(json.loads(markup.to_json()))
            tokens += [str(button.callback_data) for row in markup.inline_keyboard for button in row]
    assert tokens == [offered.token for offered in rendered.offered]
    for offered in rendered.offered:
        if offered.rest is not None:
            show([BotMessage.from_dict(offered.rest)])
    return tokens


def test_every_recorded_reply_fits() -> None:
    replies = all_replies()

    shown = [len(show(reply)) for reply in replies]

    assert len(replies) >= 300
    assert max(shown) > 3 and sum(shown) >= sum(len(message.buttons) for reply in replies for message in reply)


LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\U0001f600 \n.")
BUTTONS = st.builds(Button, st.text(LETTERS, min_size=1, max_size=200).filter(str.strip), st.just("/hilfe"))
MESSAGES = st.builds(
    BotMessage, st.text(LETTERS, min_size=1, max_size=6000).filter(str.strip),
    st.lists(BUTTONS, max_size=45).map(tuple),
    st.sampled_from([complete_answer({"kind": "info"}, {}),
                     complete_answer({"kind": "question", "asks": "employees"}, {}),
                     complete_answer({"kind": "programme", "programmes": [{"id": "bildungsscheck-2-0"}]}, {})]))


@settings(max_examples=200, deadline=None)
@given(st.lists(MESSAGES, min_size=1, max_size=3))
def test_any_reply_fits(reply: list[BotMessage]) -> None:
    assert len(show(reply)) >= sum(len(message.buttons) for message in reply)
