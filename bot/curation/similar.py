"""Which sentences look alike: by the pieces of their words, so that typing errors and endings do not matter."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge_base.text import fold

ALIKE = 0.6
"""From this cosine on two sentences are one group."""
_AT_ONCE = 500


class Sentences:
    """Sentences to compare others with."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._vectors = vectors(texts) if texts else None

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
        from scipy.sparse import vstack

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
        parts = [each for each in (self._vectors, block[begun]) if each is not None]
        self._vectors = vstack(parts).tocsr()


def vectors(texts: Sequence[str]) -> Any:
    """Return a sparse matrix with one row of length one per text."""
    from sklearn.feature_extraction.text import HashingVectorizer  # a second to import

    made = HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), n_features=2**18, alternate_sign=False, preprocessor=fold)
    return made.transform(list(texts))
