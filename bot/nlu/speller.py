"""Put mistyped words right before they are classified: towards words of the training data, one mistake at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from knowledge_base.text import is_german

_LETTERS = 4
"""Shorter words have too many neighbours."""
_OFTEN = 2
"""A word that occurs less may be a mistake itself."""


class Speller:
    """Finds the frequent word that differs in one letter, by an index of words with one letter left out (SymSpell).

    Only words are changed that neither the training data nor the dictionary know, so that clean text stays as it is.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take the words of the folded training texts with their frequency."""
        self.counts = dict(counts)
        self._near: dict[str, list[str]] = {}
        for word, count in self.counts.items():
            if count >= _OFTEN and len(word) >= _LETTERS:
                for form in _shortened(word):
                    self._near.setdefault(form, []).append(word)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Speller:
        """Count the words of folded texts."""
        return cls(Counter(word for text in texts for word in text.split()))

    def corrected(self, text: str) -> str:
        """Return a folded text with unknown words replaced by known ones where one mistake explains them."""
        return " ".join(self._word(word) for word in text.split())

    def _word(self, word: str) -> str:
        if word in self.counts or len(word) < _LETTERS or is_german(word):
            return word
        near = {found for form in _shortened(word) for found in self._near.get(form, ())}
        fitting = [found for found in near if OSA.distance(word, found, score_cutoff=1) <= 1]
        return max(fitting, key=lambda found: (self.counts[found], found), default=word)


def _shortened(word: str) -> set[str]:
    """The word itself and every form that lacks one letter."""
    return {word, *(word[:position] + word[position + 1 :] for position in range(len(word)))}
