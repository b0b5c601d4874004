"""Where a text may be cut: between paragraphs, lines, sentences, words, and only then anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEAST = 0.5
"""A border counts if at least this share of the room is used; otherwise a finer one is taken."""
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in ("Abs", "Nr", "bzw", "Tel", "Mio", "Mrd", "Str", "Art"))
_BORDERS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(rf"(?<=[^\W\d_][^\W\d_][.!?:]){_ABBREVIATED} +(?=[A-ZÄÖÜ„(•])"),
    re.compile(r"\s"),
)
PARAGRAPH = _BORDERS[0]


def border(text: str, room: int) -> int:
    """Return how many characters of a text go into the room, cut where it hurts least; at least one.

    Args:
        text: Longer than the room.
        room: Most characters.
    """
    for kind in _BORDERS:
        ends = [match.start() for match in kind.finditer(text, 0, room + 1) if match.start() <= room]
        if ends and ends[-1] >= max(1, int(room * _LEAST)):
            return ends[-1]
    return max(1, room)


def split(text: str, limit: int) -> list[str]:
    """Return a text as pieces of at most ``limit`` characters; only blanks between them are lost."""
    return list(_pieces(text.strip(), limit))


def _pieces(text: str, limit: int) -> Iterator[str]:
    while len(text) > limit:
        end = border(text, limit)
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text
