"""From text to stems: the same steps for catalogue and question, so that both meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge_base.search.stopwords import STOPWORDS
from knowledge_base.text import fold, is_german, split_compound, stem, words

PART_WEIGHT = 0.5
"""What a part of a compound counts beside the whole word."""
_PARAGRAPH = "paragraph"
_SHORTEST = 2
_SHORTEST_WORD_TO_SPLIT = 8
_SHORTEST_UNUSED_PART = 6


folded_word = lru_cache(maxsize=200_000)(fold)
"""``fold`` for single words, which come again and again."""


def content_words(text: str) -> Iterator[str]:
    """Yield the words that carry meaning, with umlauts. Numbers count only behind „§“: „§ 82“ → „paragraph82“."""
    previous = ""
    for word in words(text):
        if word.isdigit():
            if previous.startswith(_PARAGRAPH):
                yield _PARAGRAPH + word
        elif len(word) >= _SHORTEST and word != _PARAGRAPH and folded_word(word) not in STOPWORDS:
            yield word
        previous = word


class Compounds:
    """Splits compounds into the words they may be made of; answers are remembered.

    A part is a meaningful German word, a short one only if the catalogue uses it: the dictionary knows enough short
    syllables to split almost anything.

    Args:
        catalogue_words: All folded words of the catalogue.
    """

    def __init__(self, catalogue_words: Iterable[str]) -> None:
        self._used = frozenset(catalogue_words)
        self.parts = lru_cache(maxsize=200_000)(self._parts)

    def __contains__(self, word: object) -> bool:
        return (isinstance(word, str) and word.isalpha() and word not in STOPWORDS
                and (word in self._used or len(word) >= _SHORTEST_UNUSED_PART) and is_german(word))

    def _parts(self, word: str) -> tuple[str, ...]:
        """The stems of the parts of a compound; empty if it is none."""
        folded = folded_word(word).removesuffix("innen")
        if len(folded) < _SHORTEST_WORD_TO_SPLIT:
            return ()
        whole = stem(word)
        return tuple(part for part in map(stem, split_compound(folded, self)) if part != whole)


def weighted_stems(text: str, compounds: Compounds) -> dict[str, float]:
    """Count the stems of a text; parts of compounds count ``PART_WEIGHT``."""
    counts: dict[str, float] = defaultdict(float)
    for word in content_words(text):
        counts[stem(word)] += 1
        for part in compounds.parts(word):
            counts[part] += PART_WEIGHT
    return counts
