"""The notation of the vocabulary: whole words, beginnings, ends and insides of words, each standing for something."""

from __future__ import annotations

from collections import defaultdict
from typing import Generic, TypeVar

from knowledge_base.text import fold

T = TypeVar("T")


class WordPatterns(Generic[T]):
    """Finds what a single word stands for. „wort“ is the whole word, „wort*“ its beginning, „*wort“ its end, „*wort*“
    any part of it. A word is looked up by its parts, so the time does not grow with the number of patterns.
    """

    def __init__(self) -> None:
        self.whole: dict[str, list[T]] = defaultdict(list)
        """Whole words and their values."""
        self.starts: dict[str, list[T]] = defaultdict(list)
        """Beginnings of words and their values."""
        self._ends: dict[str, list[T]] = defaultdict(list)
        self._insides: dict[str, list[T]] = defaultdict(list)

    def add(self, pattern: str, value: T) -> None:
        """Let a pattern stand for a value."""
        word = plain(fold(pattern.strip("*")))
        if pattern.startswith("*") and pattern.endswith("*"):
            self._insides[word].append(value)
        elif pattern.startswith("*"):
            self._ends[word].append(value)
        else:
            (self.starts if pattern.endswith("*") else self.whole)[word].append(value)

    def at(self, word: str) -> list[T]:
        """Everything a word stands for."""
        found = list(self.whole.get(word, ()))
        length = len(word)
        for cut in range(1, length + 1):
            found += self.starts.get(word[:cut], ())
            found += self._ends.get(word[length - cut :], ())
        for inside, values in self._insides.items():
            if inside in word:
                found += values
        return found

    def covers(self, word: str) -> bool:
        """Whether a pattern stands for all of a word but its ending."""
        return word in self.whole or any(word[:cut] in self.starts for cut in range(len(word) - 2, len(word) + 1))


_SHORT_FORMS = {
    "hab": "habe",
    "is": "ist",
    "nix": "nichts",
    "nich": "nicht",
    "net": "nicht",
    "such": "suche",
    "find": "finde",
    "mach": "mache",
    "brauch": "brauche",
    "ham": "haben",
    "wolln": "wollen",
    "moechten": "wollen",
    "moechte": "will",
    "wuerde": "will",
    "wuerd": "will",
    "wuerden": "wollen",
    **dict.fromkeys(("ne", "nen", "nem", "ner", "n", "eine", "einen", "einem", "einer", "eines"), "ein"),
    **dict.fromkeys(("die", "das", "den", "dem", "des", "dat", "de"), "der"),
    **{
        f"{word}{ending}": word
        for word in ("mein", "unser", "kein", "ihr", "sein", "dein", "jed")
        for ending in ("e", "en", "em", "er", "es")
    },
    **{f"unsr{ending}": "unser" for ending in ("e", "en", "em", "er", "es")},
}
"""Articles, possessives and short forms, each in one form: „unseren Azubi“ and „unser Azubi“ are the same phrase."""


def plain(word: str) -> str:
    """A folded word, small words without their inflection."""
    return _SHORT_FORMS.get(word, word)
