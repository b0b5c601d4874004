"""Texts as HTML: whatever stands in a text, only our own few tags come out."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.web.text import to_html

PIECES = st.sampled_from([
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "javascript:alert(1)",
    "https://example.org/a?b=1&c=2", "http://x", 'https://x/"onclick=', "https://x/<b>", "&lt;b&gt;", "&amp;", "'",
    "• Punkt", "- Strich", "\n", "\n\n", " ", "Grüße", "\u202e", "]]>", "<!--", "{{ 7 * 7 }}", "</p>",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=12).map("".join)


class Read(HTMLParser):
    """Reads HTML back: tags with attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.other = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other += 1

    handle_decl = handle_pi = unknown_decl = handle_comment


def _bare(text: str) -> str:
    """A text without blanks and the signs in front of list items."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "•-–*")


@given(TEXTS)
def test_any_text_stays_text(text: str) -> None:
    read = Read(str(to_html(text)))
    assert read.other == 0
    assert {tag for tag, _ in read.tags} <= {"p", "br", "ul", "li", "a"}
    for tag, attributes in read.tags:
        if tag == "a":
            assert set(attributes) == {"href", "target", "rel"}
            assert str(attributes["href"]).startswith(("https://", "http://"))
        else:
            assert attributes == {}
    assert _bare(read.text) == _bare(text)


@pytest.mark.parametrize(("text", "html"), [
    ("Ein Satz.", "<p>Ein Satz.</p>"),
    ("Eins\nZwei", "<p>Eins<br>Zwei</p>"),
    ("Eins\n\n\nZwei", "<p>Eins</p>\n<p>Zwei</p>"),
    ("Das geht nicht:\n• Eins\n• Zwei\nSchluss", "<p>Das geht nicht:</p>\n<ul><li>Eins</li><li>Zwei</li></ul>\n"
                                                 "<p>Schluss</p>"),
    ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
    ("- 5 Grad", "<ul><li>5 Grad</li></ul>"),
    ("-5 Grad", "<p>-5 Grad</p>"),
    ("", ""),
])  # fmt: skip
def test_paragraphs_and_lists(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(("text", "url"), [
    ("Quelle: https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
    ("(siehe http://example.org)", "http://example.org"),
    ("„https://example.org/x“", "https://example.org/x"),
])  # fmt: skip
def test_addresses_become_links_without_the_punctuation_around(text: str, url: str) -> None:
    links = [attributes for tag, attributes in Read(str(to_html(text))).tags if tag == "a"]
    assert [(link["href"], link["rel"]) for link in links] == [(url, "noopener noreferrer")]


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "www.example.org", "https://"])
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in to_html(text)
