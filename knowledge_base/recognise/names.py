"""Recognise named records by name, alias, abbreviation or paragraph; inflected, and with up to three slips."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.recognise.mention import Mention, Token, is_negated, tokenize, without_overlaps
from knowledge_base.text import is_german, stem

_MAX_WORDS = 7
_SHORT_WORD = 6
"""Names up to this length that are also ordinary German words must be written as in the catalogue („STARK“)."""
_FUZZY_FROM = 7
_SLIPS = ((14, 3), (10, 2), (_FUZZY_FROM, 1))
"""From so many letters on so many slips are forgiven."""
_MOST_SLIPS = 3
_LONG = 14
_BRACKETS = re.compile(r"\s*\(.*?\)")
_PARAGRAPH = re.compile(r"(?:§+|paragraf|paragraph)\s*(\d+\s?[a-z]?)\b", re.IGNORECASE)

Key = tuple[str, ...]


class NameRecogniser:
    """Finds named records of one kind. Built once per catalogue build.

    Args:
        entity: Name of the entity of the mentions, e.g. ``programme``.
        names: Pairs of a name as written in the catalogue and the id it stands for. Earlier pairs win.
        is_word: Whether a folded word is ordinary vocabulary. A name equal to one gets confidence 0.5, and such a
            word is no misspelt name.
    """

    def __init__(
        self, entity: str, names: Iterable[tuple[str, str]], is_word: Callable[[str], bool] = lambda word: False
    ) -> None:
        self._entity = entity
        self._is_word = is_word
        self._exact: dict[Key, tuple[str, str]] = {}
        self._stems: dict[Key, str] = {}
        self._paragraphs: dict[str, str] = {}
        self._by_length: dict[int, dict[str, str]] = defaultdict(dict)
        for name, record_id in names:
            self._add(name, record_id)
            self._add(_BRACKETS.sub("", name), record_id)

    def _add(self, name: str, record_id: str) -> None:
        for number in _PARAGRAPH.findall(name):
            self._paragraphs.setdefault(_paragraph(number), record_id)
        key = tuple(token.folded for token in tokenize(name))
        if not key or all(part.isdigit() for part in key):
            return
        self._exact.setdefault(key, (record_id, name))
        joined = "".join(key)
        if len(joined) >= _FUZZY_FROM:
            self._stems.setdefault(_stems(key), record_id)
            self._by_length[len(joined)].setdefault(joined, record_id)

    def find(self, text: str) -> list[Mention]:
        """Return the records named in ``text``: longest names first, negated ones left out."""
        tokens = tokenize(text)
        found = [*self._by_paragraph(text), *self._by_name(tokens)]
        if not any(mention.confidence == 1 for mention in found):
            found += self._by_resemblance(tokens)
        return without_overlaps(found)

    def _by_paragraph(self, text: str) -> list[Mention]:
        return [
            Mention(self._entity, self._paragraphs[_paragraph(m.group(1))], m.start(), m.end())
            for m in _PARAGRAPH.finditer(text)
            if _paragraph(m.group(1)) in self._paragraphs
        ]

    def _by_name(self, tokens: list[Token]) -> list[Mention]:
        found = []
        for index in range(len(tokens)):
            for width in range(min(_MAX_WORDS, len(tokens) - index), 0, -1):
                words = tokens[index : index + width]
                hit = self._lookup(words)
                if hit and not is_negated(tokens, index):
                    confidence = 0.5 if width == 1 and self._is_word(words[0].folded) else 1.0
                    found.append(Mention(self._entity, hit, words[0].start, words[-1].end, confidence))
                    break
        return found

    def _lookup(self, words: list[Token]) -> str | None:
        key = tuple(token.folded for token in words)
        if key not in self._exact:
            return self._stems.get(_stems(key))
        record_id, name = self._exact[key]
        ordinary = len(words) == 1 and len(key[0]) <= _SHORT_WORD and is_german(key[0])
        return None if ordinary and words[0].text != name else record_id

    def _by_resemblance(self, tokens: list[Token]) -> list[Mention]:
        found = []
        for index in range(len(tokens)):
            for width in range(min(4, len(tokens) - index), 0, -1):
                words = tokens[index : index + width]
                joined = "".join(token.folded for token in words)
                known = [is_german(token.text) or self._is_word(token.folded) for token in words]
                if len(joined) < _FUZZY_FROM or all(known):
                    continue
                hit = self._nearest(joined, most=_MOST_SLIPS if width == 1 else _several(joined))
                if hit and not is_negated(tokens, index):
                    found.append(Mention(self._entity, hit, words[0].start, words[-1].end, 0.9))
                    break
        return found

    def _nearest(self, word: str, most: int) -> str | None:
        """The record whose name is the fewest slips away, within what its length forgives."""
        allowed = min(most, next(slips for letters, slips in _SLIPS if len(word) >= letters))
        best: tuple[int, str] | None = None
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            names = self._by_length.get(length)
            if names:
                hit = process.extractOne(word, names.keys(), scorer=OSA.distance, score_cutoff=allowed)
                if hit is not None and (best is None or hit[1] < best[0]):
                    best = int(hit[1]), names[hit[0]]
        return best[1] if best else None


def _several(joined: str) -> int:
    """Slips forgiven across several words: few, because short words would become interchangeable."""
    return 2 if len(joined) >= _LONG else 1


def _stems(key: Key) -> Key:
    return tuple(stem(word) for word in key)


def _paragraph(number: str) -> str:
    return number.replace(" ", "").lower()
