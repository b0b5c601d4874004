"""What a classifier sees of a message: masked, only folded, with lemmas or with stems instead of the words.

Lemmas come from a spaCy folder that is built here, ``spacy.blank("de")`` with the dictionary of simplemma as its
lookup table, because no trained German spaCy model can be counted on. Masked text is folded, so the table is, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import spacy
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY
from spacy.language import Language
from spacy.lookups import Lookups

from bot.evaluation.pipeline import Find, mask
from knowledge_base.text import fold, stem

View = Callable[[str], str]

MASKED, FOLDED, LEMMAS, STEMS = "masked", "folded", "lemmas", "stems"


class Viewed:
    """Training texts as the views show them. Each view looks once, because recognising names takes longest."""

    def __init__(self, texts: Sequence[str], views: Mapping[str, View]) -> None:
        self.views = views
        self._texts = texts
        self._seen: dict[str, list[str]] = {}
        self._seconds: dict[str, float] = {}

    def texts(self, name: str) -> list[str]:
        """Return what a view shows."""
        if name not in self._seen:
            start = time.perf_counter()
            self._seen[name] = [self.views[name](text) for text in self._texts]
            self._seconds[name] = time.perf_counter() - start
        return self._seen[name]

    def seconds(self, names: Collection[str]) -> float:
        """Return how long the views need for all texts."""
        return sum(self._seconds[name] for name in names if self.texts(name))


def build_views(find: Find, folder: Path) -> Mapping[str, View]:
    """Return the views by name.

    Args:
        find: Recognises what a message names.
        folder: Takes the spaCy folder.
    """
    nlp = build_spacy_folder(folder)
    masked = partial(mask, find=find)
    return {
        MASKED: masked,
        FOLDED: partial(mask, find=lambda _: ()),
        LEMMAS: lambda text: " ".join(token.lemma_ for token in nlp(masked(text))),
        STEMS: lambda text: " ".join(stem(word) for word in masked(text).split()),
    }


def build_spacy_folder(folder: Path) -> Language:
    """Write a German spaCy model that knows nothing but lemmas, and load it."""
    forms = DEFAULT_DICTIONARY_FACTORY.get_dictionary("de")
    nlp = spacy.blank("de")
    lookups = Lookups()
    lookups.add_table("lemma_lookup", {fold(form): fold(forms[form]) for form in forms})
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    lemmatizer.initialize(lookups=lookups)
    nlp.to_disk(folder)
    return spacy.load(folder)
