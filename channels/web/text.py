"""Texts of messages as HTML: paragraphs, lists and links. Everything else in a text is only text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

_LINK = re.compile(r"(https?://[^\s<>\"„“]*[^\s<>\"„“.,;:!?)])")
"""An address up to the last character that hardly is punctuation of the sentence around it."""
_ITEM = re.compile(r"[•*–-] +(?=\S)")
_BLANK_LINE = re.compile(r"\n\s*\n")


def to_html(text: str) -> Markup:
    """Return a text with blank lines as paragraphs, „• “ lines as lists and http(s) addresses as links."""
    return Markup("\n").join(part for block in _BLANK_LINE.split(text.strip()) for part in _block(block.splitlines()))


def _block(lines: list[str]) -> Iterator[Markup]:
    stripped = (line.strip() for line in lines)
    for is_list, group in groupby((line for line in stripped if line), key=lambda line: bool(_ITEM.match(line))):
        if is_list:
            items = [Markup("<li>{}</li>").format(with_links(_ITEM.sub("", line, count=1))) for line in group]
            yield Markup("<ul>{}</ul>").format(Markup("").join(items))
        else:
            yield Markup("<p>{}</p>").format(Markup("<br>").join(with_links(line) for line in group))


def with_links(text: str) -> Markup:
    """Return a line with its addresses as links; they open apart, so that the conversation stays."""
    parts = _LINK.split(text)
    return Markup("").join(_link(part) if number % 2 else escape(part) for number, part in enumerate(parts))


def _link(url: str) -> Markup:
    return Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>').format(url)
