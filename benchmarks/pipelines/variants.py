"""The linear classifiers that are compared. The first one is what ships."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from benchmarks.pipelines.views import FOLDED, LEMMAS, MASKED, STEMS, Viewed
from bot.nlu.linear_model import Floats, LinearModel, Shape, softmax
from bot.nlu.speller import Speller

Chances = dict[str, float]
Classify = Callable[[str], Chances]
"""From a raw message to the chance of every intent."""

SHIPPED = "linear SVM, words and characters (shipped)"
LOGISTIC, BAYES = "logistic regression", "complement naive Bayes"


@dataclass(frozen=True)
class Part:
    """One block of tf-idf features."""

    view: str
    analyzer: str
    ngrams: tuple[int, int]
    weight: float = 1.0

    def vectorizer(self) -> TfidfVectorizer:
        """Return it untrained."""
        words = {"token_pattern": r"\b\w+\b"} if self.analyzer == "word" else {}
        return TfidfVectorizer(analyzer=self.analyzer, ngram_range=self.ngrams, sublinear_tf=True, **words)


@dataclass(frozen=True)
class Variant:
    """Features and a machine that learns from them."""

    name: str
    parts: tuple[Part, ...]
    machine: Callable[[], Any]
    puts_right: bool = True
    """Whether mistyped words are put right, as the shipped classifier does."""

    @property
    def used(self) -> frozenset[str]:
        """The views its features see."""
        return frozenset(part.view for part in self.parts)

    def fit(self, viewed: Viewed, intents: Sequence[str]) -> Classify:
        """Train on messages."""
        vectorizers = [part.vectorizer() for part in self.parts]
        blocks = [
            vectorizer.fit_transform(viewed.texts(part.view)) * part.weight
            for part, vectorizer in zip(self.parts, vectorizers, strict=True)
        ]
        machine = _laid_out(self.machine().fit(hstack(blocks).tocsr(), intents))
        names = [str(name) for name in machine.classes_]
        spellers = {view: Speller.learn(viewed.texts(view) if self.puts_right else []) for view in self.used}

        def classify(text: str) -> Chances:
            seen = {view: spellers[view].corrected(viewed.views[view](text)) for view in self.used}
            row = hstack(
                [
                    vectorizer.transform([seen[part.view]]) * part.weight
                    for part, vectorizer in zip(self.parts, vectorizers, strict=True)
                ]
            ).tocsr()
            return dict(zip(names, map(float, _chances(machine, row)), strict=True))

        return classify


def fit_shipped(viewed: Viewed, intents: Sequence[str]) -> Classify:
    """Train the classifier of the product, with the code of the product."""
    model = LinearModel.fit(viewed.texts(MASKED), list(intents), Shape())
    return lambda text: dict(model.chances(viewed.views[MASKED](text)))


def variants() -> tuple[Variant, ...]:
    """Return everything that is compared with what ships, one change at a time."""
    shape = Shape()

    def words(view: str = MASKED) -> Part:
        return Part(view, "word", shape.word_ngrams)

    def characters(view: str = MASKED) -> Part:
        return Part(view, "char_wb", shape.char_ngrams, shape.char_weight)

    def machine() -> Any:
        return LinearSVC(C=shape.c)

    both = (words(), characters())
    return (
        Variant("names and numbers not masked", (words(FOLDED), characters(FOLDED)), machine),
        Variant("mistyped words not put right", both, machine, puts_right=False),
        Variant("words only", (words(),), machine),
        Variant("characters only", (characters(),), machine),
        Variant("lemmas instead of words", (words(LEMMAS), characters()), machine),
        Variant("lemmas besides words", (*both, words(LEMMAS)), machine),
        Variant("stems instead of words", (words(STEMS), characters()), machine),
        Variant("balanced class weights", both, lambda: LinearSVC(C=shape.c, class_weight="balanced")),
        Variant(LOGISTIC, both, lambda: LogisticRegression(C=20, max_iter=100)),
        Variant(BAYES, both, lambda: ComplementNB(alpha=0.1)),
    )


def _laid_out(machine: Any) -> Any:
    """Lay the weights out as a product with a sparse row wants them; else every message would copy all of them."""
    for weights in ("coef_", "feature_log_prob_"):
        if hasattr(machine, weights):
            setattr(machine, weights, np.asfortranarray(getattr(machine, weights)))
    return machine


def _chances(machine: Any, row: Any) -> Floats:
    if hasattr(machine, "predict_proba"):
        found: Floats = machine.predict_proba(row)[0]
        return found
    distances: Floats = np.atleast_2d(machine.decision_function(row))
    return softmax(distances, 1.0)[0]
