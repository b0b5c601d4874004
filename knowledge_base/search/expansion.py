"""From a word of a question to stems of the catalogue: itself, parts of compounds, beginnings, corrected slips."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge_base.search.analysis import PART_WEIGHT, Compounds
from knowledge_base.text import fold, is_german, stem, trigrams

_BEGINNING_WEIGHT = 0.6
"""„digital“ for „digitalisierung“: probably meant."""
_SLIP_WEIGHT = 0.8
"""„weiterbidlung“ for „weiterbildung“: almost surely meant."""
_SHORTEST_BEGINNING = 5
_SHORTEST_SLIP = 5
_TWO_SLIPS_FROM = 8
_MOST_BEGINNINGS = 30
_FEWEST_SHARED = 2


class Expander:
    """Knows all stems and words of the catalogue; answers are remembered.

    Args:
        stems: All stems that have postings.
        words: All folded words of the catalogue.
    """

    def __init__(self, stems: Collection[str], words: Collection[str]) -> None:
        self._stems = frozenset(stems)
        self._sorted = sorted(self._stems)
        self._words = sorted(words)
        self._compounds = Compounds(self._words)
        self._by_trigram: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            for gram in trigrams(word):
                self._by_trigram[gram].append(number)
        self.expand = lru_cache(maxsize=20_000)(self._expand)

    def _expand(self, word: str) -> tuple[tuple[str, float], ...]:
        """The stems a word stands for, with weights up to 1; empty if the catalogue knows nothing like it."""
        found = self._known(word)
        if not found and len(word) >= _SHORTEST_SLIP and not is_german(word):
            found = self._corrected(fold(word))
        return tuple(sorted(found.items()))

    def _known(self, word: str) -> dict[str, float]:
        whole = stem(word)
        found: dict[str, float] = {}
        for part in self._compounds.parts(word):
            if part in self._stems:
                found[part] = PART_WEIGHT
        if whole in self._stems:
            found[whole] = 1.0
        else:
            found.update(dict.fromkeys(self._beginning_with(whole), _BEGINNING_WEIGHT))
        return found

    def _beginning_with(self, whole: str) -> list[str]:
        if len(whole) < _SHORTEST_BEGINNING:
            return []
        start = bisect_left(self._sorted, whole)
        found = []
        for candidate in self._sorted[start:start + _MOST_BEGINNINGS]:
            if not candidate.startswith(whole):
                break
            found.append(candidate)
        return found

    def _corrected(self, folded: str) -> dict[str, float]:
        """The stems of the nearest words of the catalogue, one slip away, for long words two."""
        allowed = 2 if len(folded) >= _TWO_SLIPS_FROM else 1
        shared = Counter(number for gram in trigrams(folded) for number in self._by_trigram.get(gram, ()))
        near: dict[int, list[str]] = defaultdict(list)
        for number, count in shared.items():
            candidate = self._words[number]
            if count < _FEWEST_SHARED or abs(len(candidate) - len(folded)) > allowed:
                continue
            distance = OSA.distance(folded, candidate, score_cutoff=allowed)
            if distance <= allowed and len(candidate) >= _SHORTEST_SLIP - 1:
                near[distance].append(candidate)
        if not near:
            return {}
        found: dict[str, float] = {}
        for candidate in near[min(near)]:
            for one, weight in self._known(candidate).items():
                found[one] = max(found.get(one, 0.0), weight * _SLIP_WEIGHT)
        return found
