"""Recognise named records by name, alias, abbreviation or paragraph; inflected, and with up to three slips."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.recognise.mention import (
    INSTEAD,
    NEGATIONS,
    Mention,
    Token,
    is_negated,
    tokenize,
    without_overlaps,
)
from knowledge_base.text import is_german, stem

_MAX_WORDS = 7
_SHORT_WORD = 7
"""Names up to this length that are also ordinary German words must be written as in the catalogue („STARK“)."""
_FUZZY_FROM = 7
_SLIPS = ((14, 3), (10, 2), (_FUZZY_FROM, 1))
"""From so many letters on so many slips are forgiven."""
_MOST_SLIPS = 3
_MOST_WORDS_MISSPELT = 4
_LONG = 14
_BRACKETS = re.compile(r"\s*\(.*?\)")
_NUMBER = r"(\d+\s?[a-z]?)\b"
_PARAGRAPH = re.compile(
    rf"(?:§+|paragraf\w*|paragraph\w*|par\.)\s*{_NUMBER}|\b{_NUMBER}(?=\s(?:abs\S*\s\d+\s)?sgb\b)", re.I
)
_JOINING = re.compile(
    r"fuern?|d(?:er|ie|as|en|em|es)|vo[nm]|zu[rm]?|beim?|in|im|am|an|a|ein(?:e|en|em|er|es)?|mein\w*|unser\w*"
)
"""Words that may stand inside a name or be missing: „Digitalkredit (der) KfW“."""
_ENDING = re.compile(r"(?<=\w{4})(?:ern|e[mnrs]|[ens])$")

Key = tuple[str, ...]


def _reads_as_a_word(name: str) -> bool:
    """Whether the name is short and written as words are („STARK“, „Wegweiser“); „BAföG“ is not."""
    return len(name) <= _SHORT_WORD and name in (name.upper(), name.lower(), name.capitalize())


class NameRecogniser:
    """Finds named records of one kind. Built once per catalogue build.

    Args:
        entity: Name of the entity of the mentions, e.g. ``programme``.
        names: Pairs of a name as written in the catalogue and the id it stands for. Earlier pairs win.
        is_word: Whether a folded word is ordinary vocabulary. A name equal to one gets confidence 0.5.
        is_known: Whether a folded word is no misspelt name, because it is ordinary vocabulary.
    """

    def __init__(
        self,
        entity: str,
        names: Iterable[tuple[str, str]],
        is_word: Callable[[str], bool] = lambda word: False,
        is_known: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self._entity = entity
        self._is_word = is_word
        self._is_known = is_known
        self._exact: dict[Key, tuple[str, str]] = {}
        self._inflected: dict[Key, str] = {}
        self._joined: dict[str, str] = {}
        self._widths: dict[str, int] = defaultdict(int)
        self._paragraphs: dict[str, str] = {}
        self._by_length: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        for name, record_id in names:
            self._add(name, record_id)
            self._add(_BRACKETS.sub("", name), record_id)

    def _add(self, name: str, record_id: str) -> None:
        for match in _PARAGRAPH.finditer(name):
            self._paragraphs.setdefault(_paragraph(match), record_id)
        tokens = tokenize(name)
        key = tuple(token.folded for token in tokens)
        if not key or all(part.isdigit() for part in key):
            return
        self._exact.setdefault(key, (record_id, name))
        self._widen(key)
        joined = "".join(key)
        if len(joined) >= _FUZZY_FROM:
            for inflected in zip(*(_forms(token.folded) for token in _content(tokens)), strict=True):
                self._inflected.setdefault(inflected, record_id)
                self._widen(inflected)
            self._by_length[joined[0], len(joined)].setdefault(joined, record_id)
            self._joined.setdefault(joined, record_id)

    def _widen(self, key: Key) -> None:
        """Note how long names are that begin with this word, so that no others are tried."""
        if key:
            self._widths[key[0]] = min(_MAX_WORDS, max(self._widths[key[0]], len(key)))

    def find(self, text: str, tokens: Sequence[Token] | None = None) -> list[Mention]:
        """Return the records named in ``text``: longest names first, negated ones left out.

        „Was gibt es statt der Bildungsprämie?“ names the one that is to be replaced, if no other is named.
        """
        tokens = tokenize(text) if tokens is None else tokens
        found = self._find(text, tokens, NEGATIONS)
        if found or not any(token.folded in INSTEAD for token in tokens):
            return found
        return self._find(text, tokens, NEGATIONS - INSTEAD)

    def _find(self, text: str, tokens: Sequence[Token], negations: Set[str]) -> list[Mention]:
        found = [*self._by_paragraph(text)]
        named = (*self._written_out(tokens), *self._written_otherwise(tokens), *self._written_apart(tokens))
        for words, record_id in named:
            if not is_negated(tokens, tokens.index(words[0]), negations):
                confidence = 0.5 if len(words) == 1 and self._is_word(words[0].folded) else 1.0
                found.append(Mention(self._entity, record_id, words[0].start, words[-1].end, confidence))
        if not any(mention.confidence == 1 for mention in found):
            found += self._by_resemblance(tokens, negations)
        return without_overlaps(found)

    def _by_paragraph(self, text: str) -> Iterator[Mention]:
        for match in _PARAGRAPH.finditer(text):
            record_id = self._paragraphs.get(_paragraph(match))
            if record_id is not None:
                yield Mention(self._entity, record_id, match.start(), match.end())

    def _written_out(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
        """Names as they stand in the catalogue. One that is also a German word must be written the same way."""
        for index, first in enumerate(tokens):
            for width in range(min(self._widths.get(first.folded, 0), len(tokens) - index), 0, -1):
                words = tokens[index : index + width]
                record_id, name = self._exact.get(tuple(token.folded for token in words), ("", ""))
                ordinary = width == 1 and _reads_as_a_word(name) and is_german(first.folded)
                if record_id and (not ordinary or first.text == name):
                    yield words, record_id
                    break

    def _written_otherwise(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
        """Names in another inflection, with or without the small words between."""
        content = _content(tokens)
        forms = [_forms(token.folded) for token in content]
        for index in range(len(content)):
            widest = max(self._widths.get(forms[index][0], 0), self._widths.get(forms[index][1], 0))
            for width in range(min(widest, len(content) - index), 0, -1):
                words = content[index : index + width]
                if words[0].sentence != words[-1].sentence:
                    continue
                keys = (tuple(form[kind] for form in forms[index : index + width]) for kind in (0, 1))
                record_id = next((self._inflected[key] for key in keys if key in self._inflected), None)
                if record_id:
                    yield words, record_id
                    break

    def _written_apart(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
        """Names whose parts are written as words of their own: „aufstiegs stipendium“."""
        for index in range(len(tokens)):
            for width in range(2, min(_MOST_WORDS_MISSPELT, len(tokens) - index) + 1):
                words = tokens[index : index + width]
                record_id = self._joined.get("".join(token.folded for token in words))
                if record_id:
                    yield words, record_id

    def _by_resemblance(self, tokens: Sequence[Token], negations: Set[str]) -> list[Mention]:
        known = [is_german(t.text) or self._is_word(t.folded) or self._is_known(t.folded) for t in tokens]
        found = []
        for index in range(len(tokens)):
            if all(known[index : index + _MOST_WORDS_MISSPELT]):
                continue
            for width in range(min(_MOST_WORDS_MISSPELT, len(tokens) - index), 0, -1):
                words = tokens[index : index + width]
                if all(known[index : index + width]) or _is_small(words[-1]):
                    continue
                joined = "".join(token.folded for token in words)
                hit = self._nearest(joined, most=_MOST_SLIPS if width == 1 else _several(joined))
                if hit and not is_negated(tokens, index, negations):
                    found.append(Mention(self._entity, hit, words[0].start, words[-1].end, 0.9))
                    break
        return found

    def _nearest(self, word: str, most: int) -> str | None:
        """The record whose name is the fewest slips away: within what its length forgives, same first letter."""
        allowed = min(most, next((slips for letters, slips in _SLIPS if len(word) >= letters), 0))
        best: tuple[int, str] | None = None
        for length in range(len(word) - allowed, len(word) + allowed + 1) if allowed else ():
            names = self._by_length.get((word[0], length))
            if names:
                hit = process.extractOne(word, names.keys(), scorer=OSA.distance, score_cutoff=allowed)
                if hit is not None and (best is None or hit[1] < best[0]):
                    best = int(hit[1]), names[hit[0]]
        return best[1] if best else None


def _several(joined: str) -> int:
    """Slips forgiven across several words: few, because short words would become interchangeable."""
    return 2 if len(joined) >= _LONG else 1


def _is_small(token: Token) -> bool:
    """Whether no name ends in the word: „die“, „was“."""
    return len(token.folded) <= 3 and token.text.islower()


def _content(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if not _JOINING.fullmatch(token.folded)]


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, str]:
    """A word without inflection, by the dictionary and by its ending alone („beschleunigt“ is an adjective too)."""
    return stem(word), _ENDING.sub("", word)


def _paragraph(match: re.Match[str]) -> str:
    return (match[1] or match[2]).replace(" ", "").lower()
