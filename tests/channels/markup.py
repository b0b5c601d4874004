"""What a test can see of a page without a browser."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})
CODE_ATTRIBUTES = ("style", "srcdoc")
SCHEMES = ("/", "#", "https://", "http://", "tel:", "mailto:")


class Markup(HTMLParser):
    """Collects headings, links, labels, inline code; knows whether tags are balanced."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.title = ""
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[str] = []
        self.inline_code: list[str] = []
        self.unbalanced: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says."""
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append((int(tag[1]), ""))
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.append(given.get("id", "?"))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "link" or "src" in given:
            self.sources.append(given.get("src") or given.get("href", ""))
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline_code.append(tag)
        self.inline_code += [name for name in given if name.startswith("on") or name in CODE_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        """Add text to where it stands."""
        self.text += data
        if self._open and self._open[-1] == "title":
            self.title += data
        if self.headings and any(tag[0] == "h" and tag[1:].isdigit() for tag in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


def assert_sound(html: str) -> Markup:
    """Check what holds for every page and return what was seen."""
    page = Markup(html)
    levels = [level for level, _ in page.headings]
    assert page.unbalanced == []
    assert page.lang == "de"
    assert page.title.strip() and "–" in page.title
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), page.headings
    assert all(text.strip() for _, text in page.headings)
    assert page.inline_code == []
    assert [one for one in page.sources if not one.startswith("/") or one.startswith("//")] == []
    assert len(page.ids) == len(set(page.ids)), [one for one in page.ids if page.ids.count(one) > 1]
    assert set(page.fields) <= page.labelled
    assert all(link.startswith(SCHEMES) for link in page.links), page.links
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    return page
