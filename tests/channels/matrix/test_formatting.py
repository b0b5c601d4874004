"""What we send: whole, safe, and never larger than the server takes."""

from __future__ import annotations

import json
import math
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.messages import BotMessage, Button, complete_answer
from channels.matrix.formatting import content_of, token_of
from channels.matrix.limits import LIMITS
from channels.messenger.contract import Option, Outgoing
from channels.messenger.render import render
from tests.channels.messenger.replies import all_replies

EVENT_BYTES = 65_536
AROUND_BYTES = 1_500
"""What server and encryption add around a content."""
TAGS = {"p", "br", "ul", "li", "a"}
TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1)


def _page_of(programme: str) -> str:
    return f"https://navigator.example.de/foerderung/{programme}"


def _size(content: dict[str, Any]) -> int:
    """Bytes of the encrypted event: JSON in ASCII, then Base64."""
    return math.ceil(len(json.dumps(content)) / 3) * 4 + AROUND_BYTES


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def _check(message: Outgoing) -> None:
    content = content_of(message)
    assert content["body"] == message.text and len(message.text) <= LIMITS.text
    assert _size(content) <= EVENT_BYTES
    html = _Tags(content.get("formatted_body", ""))
    assert html.tags <= TAGS and all(link.startswith(("https://", "http://")) for link in html.links)
    for option in message.options:
        assert token_of(content, option.number) == option.token
        assert f" – {option.title}" in message.text


def test_every_reply_of_the_conversations_fits_and_loses_no_option() -> None:
    replies = all_replies()
    assert len(replies) >= 300
    for reply in replies:
        rendered = render(reply, LIMITS, _page_of)
        assert rendered.messages
        for message in rendered.messages:
            _check(message)
        shown = [option.token for message in rendered.messages for option in message.options]
        assert shown == [offered.token for offered in rendered.offered]
        assert sum(len(message.buttons) for message in reply) <= len(shown)


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=40)), min_size=1, max_size=3))
def test_any_reply_fits(parts: list[tuple[str, list[str]]]) -> None:
    answer = complete_answer({"kind": "info"}, {})
    reply = [BotMessage(text, tuple(Button(title, "/hilfe") for title in titles), answer) for text, titles in parts]
    for message in render(reply, LIMITS, _page_of).messages:
        content = content_of(message)
        assert len(message.text) <= LIMITS.text and _size(content) <= EVENT_BYTES


@given(st.sampled_from(["😀", "&", "\x00", "ä", "https://a.de/& ", "<b>", "“"]))
def test_the_longest_text_fits_whatever_it_is_made_of(part: str) -> None:
    text = (part * LIMITS.text)[:LIMITS.text]
    options = tuple(Option(number, "x", "t" * 22) for number in range(1, LIMITS.options + 1))

    assert _size(content_of(Outgoing(text, options))) <= EVENT_BYTES


def test_links_lists_and_breaks_become_html_and_nothing_else_does() -> None:
    html = content_of(Outgoing("<b>Hallo</b>\nSiehe https://a.de/x?y=1&z=2.\n• eins\n• zwei"))["formatted_body"]

    found = _Tags(html)
    assert found.links == ["https://a.de/x?y=1&z=2"] and found.tags == TAGS
    assert "<b>Hallo</b>" in found.words
