"""From text to stems: the same steps for catalogue and question, so that both meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from knowledge_base.search.stopwords import STOPWORDS
from knowledge_base.text import fold, is_german, split_compound, stem, words

PART_WEIGHT = 0.5
"""What a part of a compound counts beside the whole word."""
_PARAGRAPH = "paragraph"
_SHORTEST = 2
_SHORTEST_WORD_TO_SPLIT = 8
_SHORTEST_UNUSED_PART = 5


def content_words(text: str) -> Iterator[str]:
    """Yield the words that carry meaning, with umlauts. Numbers count only behind „§“: „§ 82“ → „paragraph82“."""
    previous = ""
    for word in words(text):
        if word.isdigit():
            if previous.startswith(_PARAGRAPH):
                yield _PARAGRAPH + word
        elif len(word) >= _SHORTEST and word != _PARAGRAPH and fold(word) not in STOPWORDS:
            yield word
        previous = word


def weighted_stems(text: str, known: Container[str]) -> dict[str, float]:
    """Count the stems of a text; parts of compounds count ``PART_WEIGHT``."""
    counts: dict[str, float] = defaultdict(float)
    for word in content_words(text):
        counts[stem(word)] += 1
        for part in compound_parts(word, known):
            counts[part] += PART_WEIGHT
    return counts


def compound_parts(word: str, known: Container[str]) -> list[str]:
    """The stems of the parts of a compound; empty if it is none."""
    folded = fold(word).removesuffix("innen")
    if len(folded) < _SHORTEST_WORD_TO_SPLIT:
        return []
    whole = stem(word)
    return [part for part in map(stem, split_compound(folded, known)) if part != whole]


class Parts:
    """The words a compound may be made of: meaningful German words, short ones only if the catalogue uses them.

    The dictionary knows enough short syllables to split almost anything; those of the catalogue are safe.
    """

    def __init__(self, catalogue_words: Iterable[str]) -> None:
        self._used = frozenset(catalogue_words)

    def __contains__(self, word: object) -> bool:
        return (isinstance(word, str) and word.isalpha() and word not in STOPWORDS
                and (word in self._used or len(word) >= _SHORTEST_UNUSED_PART) and is_german(word))
