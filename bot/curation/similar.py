"""Which sentences look alike: by the pieces of their words, so that typing errors and endings do not matter."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

ALIKE = 0.6
"""From this cosine on two sentences are one group."""
_AT_ONCE = 500


class Sentences:
    """Sentences to compare others with."""

    def __init__(self, texts: Sequence[str], earlier: Sentences | None = None) -> None:
        """Take the sentences.

        Args:
            texts: The sentences.
            earlier: What was read before: only what is new costs time.
        """
        self._row: dict[str, int] = dict(earlier._row) if earlier else {}
        known = earlier._matrix if earlier else None
        new = [text for text in dict.fromkeys(texts) if text not in self._row]
        self._row.update({text: len(self._row) + number for number, text in enumerate(new)})
        self._matrix: Any = _stacked([known, vectors(new) if new else None])
        self._vectors = self._matrix[[self._row[text] for text in texts]] if texts else None

    def nearest(self, text: str, number: int) -> list[tuple[int, float]]:
        """Return the positions of the most similar sentences with their similarity, the best first."""
        if self._vectors is None:
            return []
        scores = (self._vectors @ vectors([text]).T).toarray().ravel()
        best = scores.argsort(kind="stable")[::-1][:number]
        return [(int(each), float(scores[each])) for each in best if scores[each] > 0]


class Groups:
    """Puts sentences together that look alike. It remembers them: only what is new costs time."""

    def __init__(self) -> None:
        self._group: dict[int, int] = {}
        self._leaders: list[int] = []
        self._vectors: Any = None
        self._one = threading.Lock()

    def of(self, texts: Mapping[int, str]) -> Mapping[int, int]:
        """Return for each sentence, by its number, the number of the sentence that began its group."""
        with self._one:
            new = [number for number in texts if number not in self._group]
            for start in range(0, len(new), _AT_ONCE):
                self._add(new[start:start + _AT_ONCE], texts)
            return {number: self._group[number] for number in texts}

    def _add(self, numbers: Sequence[int], texts: Mapping[int, str]) -> None:
        block = vectors([texts[number] for number in numbers])
        if self._vectors is not None:
            scores = (block @ self._vectors.T).tocsr()
            for row, number in enumerate(numbers):
                found = scores.indptr[row], scores.indptr[row + 1]
                values = scores.data[slice(*found)]
                if len(values) and values.max() >= ALIKE:
                    self._group[number] = self._leaders[scores.indices[slice(*found)][values.argmax()]]
        alike = (block @ block.T).toarray() >= ALIKE
        begun = []
        for row, number in enumerate(numbers):
            if number in self._group:
                continue
            begun.append(row)
            for other in alike[row].nonzero()[0]:
                self._group.setdefault(numbers[other], number)
            self._group[number] = number
        self._leaders += [numbers[row] for row in begun]
        self._vectors = _stacked([self._vectors, block[begun] if begun else None])


def vectors(texts: Sequence[str]) -> Any:
    """Return a sparse matrix with one row of length one per text."""
    from sklearn.feature_extraction.text import HashingVectorizer  # a second to import

    made = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 4), n_features=2**18, alternate_sign=False)
    return made.transform([text.casefold() for text in texts])


def _stacked(parts: Sequence[Any]) -> Any:
    from scipy.sparse import vstack

    there = [part for part in parts if part is not None]
    return vstack(there).tocsr() if there else None
