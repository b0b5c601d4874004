"""The linear model behind the intent classifier, and its file format: numbers and words, no code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.speller import Speller

Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int64]

_WORDS, _NUMBERS = "words.json", "numbers.npz"
_TOLERANCE = 0.01
"""Of the solver; a hundred times finer the same sentences are right, a quarter later."""
_SHARPNESS = np.geomspace(0.5, 20.0, 200)
"""Candidates for the factor that turns distances into chances."""


@dataclass(frozen=True)
class Shape:
    """Hyperparameters."""

    c: float = 0.6
    """Inverse strength of regularisation."""
    word_ngrams: tuple[int, int] = (1, 2)
    char_ngrams: tuple[int, int] = (1, 5)
    char_weight: float = 1.5
    """Weight of the characters against the words."""


class Features:
    """Tf-idf of word and character n-grams."""

    def __init__(self, shape: Shape, vocabularies: list[dict[str, int]] | None = None) -> None:
        words, chars = vocabularies or (None, None)
        self._weight = shape.char_weight
        self.parts = [
            TfidfVectorizer(
                ngram_range=shape.word_ngrams, sublinear_tf=True, token_pattern=r"\b\w+\b", vocabulary=words
            ),
            TfidfVectorizer(analyzer="char_wb", ngram_range=shape.char_ngrams, sublinear_tf=True, vocabulary=chars),
        ]

    def fit_transform(self, texts: list[str]) -> Any:
        """Learn vocabulary and frequencies and return the sparse matrix of the texts, one row each."""
        words, chars = (part.fit_transform(texts) for part in self.parts)
        return hstack([words, chars * self._weight]).tocsr()

    def row(self, text: str) -> tuple[Columns, Floats]:
        """Return the columns of one text and their values, as they stood in the matrix.

        A message is one text, and for one text the detour over sparse matrices takes six times as long.
        """
        (words, word_values), (chars, char_values) = (_tfidf(text, *reader) for reader in self._readers)
        columns = np.concatenate([words, chars + len(self.parts[0].vocabulary_)])
        return columns, np.concatenate([word_values, char_values * self._weight])

    @cached_property
    def _readers(self) -> list[tuple[Callable[[str], list[str]], dict[str, int], Floats]]:
        return [(part.build_analyzer(), part.vocabulary_, part.idf_) for part in self.parts]


class LinearModel:
    """Linear support vector machine, one against the rest, with chances by temperature scaling (Guo et al. 2017)."""

    def __init__(
        self,
        shape: Shape,
        features: Features,
        labels: list[str],
        weights: Floats,
        bias: Floats,
        sharpness: float,
        speller: Speller,
    ) -> None:
        self._shape, self._features, self._speller = shape, features, speller
        self.labels = labels
        self._weights, self._bias = np.ascontiguousarray(weights.T), bias
        self.sharpness = sharpness

    @classmethod
    def fit(cls, texts: list[str], labels: list[str], shape: Shape) -> LinearModel:
        """Train on texts and their labels."""
        features = Features(shape)
        matrix = features.fit_transform(texts)
        machine = _machine(shape).fit(matrix, labels)
        weights, bias = machine.coef_, machine.intercept_
        if len(machine.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        names = [str(name) for name in machine.classes_]
        sharpness = _fit_sharpness(matrix, labels, shape)
        return cls(shape, features, names, weights, bias, sharpness, Speller.learn(texts))

    def chances(self, text: str) -> list[tuple[str, float]]:
        """Return all labels with their chance, the likeliest first."""
        columns, values = self._features.row(self._speller.corrected(text))
        distances = values @ self._weights[columns] + self._bias
        found = softmax(distances[np.newaxis], self.sharpness)[0]
        return [(self.labels[i], float(found[i])) for i in np.argsort(-found, kind="stable")]

    def save(self, folder: Path) -> None:
        """Write the model below ``folder``."""
        vocabularies = [{word: int(i) for word, i in part.vocabulary_.items()} for part in self._features.parts]
        words = {
            "labels": self.labels,
            "vocabularies": vocabularies,
            "shape": self._shape.__dict__,
            "counts": self._speller.counts,
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        frequencies = {f"idf{i}": part.idf_ for i, part in enumerate(self._features.parts)}
        np.savez_compressed(
            folder / _NUMBERS,
            weights=self._weights.T.astype(np.float32),
            bias=self._bias,
            sharpness=self.sharpness,
            **frequencies,
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read a model that ``save`` wrote; nothing in the files is executed."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in words["shape"].items()}
        shape = Shape(**values)
        features = Features(shape, words["vocabularies"])
        with np.load(folder / _NUMBERS, allow_pickle=False) as numbers:
            for i, part in enumerate(features.parts):
                part.idf_ = numbers[f"idf{i}"]
            weights = numbers["weights"].astype(np.float64)
            sharpness = float(numbers["sharpness"])
            speller = Speller(words["counts"])
            return cls(shape, features, words["labels"], weights, numbers["bias"], sharpness, speller)


def softmax(distances: Floats, sharpness: float) -> Floats:
    """Return chances that sum to one per row."""
    scaled = distances * sharpness
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _tfidf(
    text: str, analyse: Callable[[str], list[str]], vocabulary: dict[str, int], idf: Floats
) -> tuple[Columns, Floats]:
    """Return the known n-grams of a text as columns and their sublinear tf-idf, normalised to length one."""
    counts = Counter(vocabulary[ngram] for ngram in analyse(text) if ngram in vocabulary)
    columns = np.fromiter(counts.keys(), np.int64, len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))) * idf[columns]
    return columns, values / (np.linalg.norm(values) or 1.0)


def _machine(shape: Shape) -> Any:
    from sklearn.svm import LinearSVC  # only needed for training

    return LinearSVC(C=shape.c, tol=_TOLERANCE, random_state=0)


def _fit_sharpness(matrix: Any, labels: list[str], shape: Shape) -> float:
    """Return the factor under which the distances of unseen sentences give the most honest chances (lowest log loss).

    Half of the sentences are learnt, the other half is judged.
    """
    from sklearn.model_selection import train_test_split

    classes, codes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    if counts.min() < 2 or len(classes) < 3:
        return 1.0
    learnt, judged = train_test_split(np.arange(len(codes)), test_size=0.5, random_state=0, stratify=codes)
    distances = _machine(shape).fit(matrix[learnt], codes[learnt]).decision_function(matrix[judged])
    truth = (np.arange(len(judged)), codes[judged])
    losses = [-np.log(softmax(distances, factor)[truth] + 1e-12).mean() for factor in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(losses))])
