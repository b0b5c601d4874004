"""Read a misspelt word as the word of the vocabulary it is one or two slips away from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge_base.text import is_german

_SHORTEST = 6
_LONG = 10
"""From so many letters on two slips are forgiven, else one."""


class Spelling:
    """Corrects words that no dictionary knows. The first letter must be right: it mostly is, and it saves time.

    Args:
        whole: Words that are known as a whole.
        starts: Beginnings of words; what follows stays as it was typed.
    """

    def __init__(self, whole: Iterable[str], starts: Iterable[str]) -> None:
        self._whole: dict[str, list[str]] = defaultdict(list)
        self._starts: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in whole:
            if len(word) >= _SHORTEST:
                self._whole[word[0]].append(word)
        for start in starts:
            if len(start) >= _SHORTEST:
                self._starts[start[0], len(start)].append(start)
        self._lengths = sorted({length for _, length in self._starts})

    def corrected(self, word: str) -> str:
        """Return the word as it was probably meant, or as it is."""
        if len(word) < _SHORTEST or not word.isalpha() or is_german(word):
            return word
        slips = 1 if len(word) < _LONG else 2
        best: tuple[float, str] | None = None
        hit = process.extractOne(word, self._whole.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        if hit is not None:
            best = hit[1], hit[0]
        for length in self._lengths:
            starts = self._starts.get((word[0], length))
            if starts is None or length > len(word) + slips:
                continue
            allowed = slips if length >= _LONG else 1
            for cut in range(length - 1, min(length + 1, len(word)) + 1):
                near = process.extractOne(word[:cut], starts, scorer=OSA.distance, score_cutoff=allowed)
                if near is not None and (best is None or near[1] < best[0]):
                    best = near[1], near[0] + word[cut:]
        return best[1] if best else word
