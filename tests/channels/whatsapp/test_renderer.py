"""Whatever the bot says fits into WhatsApp, and every option can be chosen by tapping."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runtime.messages import BotMessage, Button, complete_answer
from channels.messenger.render import render
from channels.whatsapp.form import message_of
from channels.whatsapp.limits import LIMITS
from tests.channels.messenger.replies import all_replies
from tests.channels.whatsapp.graph_api import check
from tests.channels.whatsapp.test_form import choices


def show(reply: Sequence[BotMessage]) -> list[str]:
    """Send a reply as the post office does, and what is behind „Mehr“; return the tokens that can be tapped."""
    rendered = render(reply, LIMITS, lambda programme: f"https://navigator.example.de/foerderung/{programme}")
    tokens: list[str] = []
    for message in rendered.messages:
        type_, content = message_of(message)
        check({"type": type_, type_: content})
        tokens += [token for _, token, _ in choices(content)] if message.options else []
    assert tokens == [offered.token for offered in rendered.offered]
    for offered in rendered.offered:
        if offered.rest is not None:
            show([BotMessage.from_dict(offered.rest)])
    return tokens


def forms(reply: Sequence[BotMessage]) -> list[str]:
    """Whether the options of a reply are buttons or rows of a list."""
    messages = render(reply, LIMITS, lambda _: "").messages
    return [message_of(message)[1]["type"] for message in messages if message.options]


def test_every_recorded_reply_fits() -> None:
    replies = all_replies()

    shown = [len(show(reply)) for reply in replies]

    assert len(replies) >= 300
    assert sum(how == "button" for reply in replies for how in forms(reply)) >= 50
    assert max(shown) > 3 and sum(shown) >= sum(len(message.buttons) for reply in replies for message in reply)


buttons = st.builds(Button, st.text(min_size=1, max_size=120).filter(str.strip), st.just("/hilfe"))
bot_messages = st.builds(
    BotMessage, st.text(min_size=1, max_size=6000).filter(str.strip), st.lists(buttons, max_size=25).map(tuple),
    st.sampled_from([complete_answer({"kind": "info"}, {}),
                     complete_answer({"kind": "question", "asks": "employees"}, {}),
                     complete_answer({"kind": "programme", "programmes": [{"id": "bildungsscheck-2-0"}]}, {})]))


@settings(max_examples=200)
@given(st.lists(bot_messages, min_size=1, max_size=3))
def test_any_reply_fits(reply: list[BotMessage]) -> None:
    assert len(show(reply)) >= sum(len(message.buttons) for message in reply)
