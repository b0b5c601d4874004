"""The training data as somebody needs them who files a new sentence: what is near, and where it stands already."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from bot.curation.nlu_data import NluData, Sentence, load_nlu_data
from bot.curation.similar import Sentences
from bot.errors import NavigatorError

BACKGROUND = "tests/nlu/background.yml"
"""Sentences outside our field; they only measure."""
_LOOKED_AT = 30
"""Among so many of the nearest sentences enough are training sentences."""
_ALIKE = 88
"""From this share of common letters on, in percent, two sentences say the same in other spelling or order."""
_FOLDERS = ("nlu_data", "tests/nlu")


class Place(NamedTuple):
    """Where a sentence stands already."""

    intent: str
    measures: bool
    """Whether it is a held-out sentence."""


class Located(NamedTuple):
    """A sentence and where it stands."""

    sentence: Sentence
    place: Place

    @property
    def id(self) -> str:
        """Names the sentence in addresses."""
        return f"{'m' if self.place.measures else 't'}-{self.sentence.fingerprint}"


@dataclass(frozen=True)
class Near:
    """A training sentence that looks like another one."""

    text: str
    intent: str
    title: str
    similarity: float


class Corpus:
    """All sentences of one state of the files."""

    def __init__(self, data: NluData, earlier: Corpus | None = None) -> None:
        """Take the sentences; what stood in an earlier state costs no time."""
        self.data = data
        self._all = [
            Located(each, Place(intent, measures))
            for measures, sentences in ((False, data.training), (True, data.held_out))
            for intent, found in sentences.items() for each in found]
        texts = [sentence.text for sentence, _ in self._all]
        self._near: Sentences = Sentences(texts, earlier._near if earlier else None)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Intent → German title."""
        return {name: str(entry.get("title", name)) for name, entry in self.data.registry.items()}

    def title(self, intent: str) -> str:
        """Return the German title of an intent."""
        return self.titles.get(intent, intent)

    def place(self, text: str) -> Place | None:
        """Return where a sentence with the same words stands, training first."""
        found = self._by_key.get(key_of(text))
        return found.place if found else None

    def sentence(self, id: str) -> Located | None:
        """Return a sentence by its ``id``."""
        return self._by_id.get(id)

    @property
    def everything(self) -> Sequence[Located]:
        """All sentences of the intents, those for training first."""
        return self._all

    def sentences(self, intent: str, *, measures: bool) -> list[Located]:
        """Return the sentences of an intent in the order of their file."""
        found = (self.data.held_out if measures else self.data.training).get(intent, ())
        return [Located(each, Place(intent, measures)) for each in found]

    def alike(self, text: str, number: int = 5) -> list[tuple[Located, float]]:
        """Return sentences with nearly the same words, in any order, and how alike they are in percent."""
        words = _sorted_words(key_of(text))
        if not words:
            return []
        found = process.extract(words, self._words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=number)
        return [(self._all[at], score) for _, score, at in found]

    def prepare(self) -> None:
        """Make what the first question would otherwise wait for."""
        self.alike("vorab")
        self.place("vorab")
        self.sentence("")

    @cached_property
    def _by_key(self) -> dict[str, Located]:
        return {each.sentence.key: each for each in reversed(self._all)}

    @cached_property
    def _by_id(self) -> dict[str, Located]:
        return {each.id: each for each in reversed(self._all)}

    @cached_property
    def _words(self) -> list[str]:
        return [_sorted_words(each.sentence.key) for each in self._all]

    def nearest(self, text: str, number: int = 5) -> list[Near]:
        """Return the most similar training sentences."""
        found = [(*self._all[at], score) for at, score in self._near.nearest(text, _LOOKED_AT)]
        return [Near(each.text, place.intent, self.title(place.intent), score) for each, place, score in found
                if not place.measures][:number]

    def only_measures(self, text: str) -> bool:
        """Whether a sentence belongs to those by which the bot is judged from outside."""
        return Sentence(text, "", 0).fingerprint in self.data.measuring_only

    def intent(self, typed: str) -> str:
        """Return the intent that somebody means by a name, a title or a few letters of it.

        Raises:
            NavigatorError: If it is none, or not only one.
        """
        wanted = typed.strip().casefold()
        named = {name: (name.casefold(), title.casefold()) for name, title in self.titles.items()}
        exact = [name for name, words in named.items() if wanted in words]
        found = exact or [name for name, words in named.items() if wanted and any(wanted in each for each in words)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise NavigatorError(f"Eine Absicht „{typed.strip()[:80]}“ gibt es nicht – wählen Sie aus der Liste.")
        shown = ", ".join(f"„{self.title(name)}“" for name in found[:5])
        raise NavigatorError(f"„{typed.strip()[:80]}“ passt zu mehreren: {shown} – schreiben Sie mehr davon.")

    def file(self, intent: str, *, measures: bool) -> str:
        """Return the file with the training sentences of an intent, or its held-out twin."""
        topic = self.data.registry[intent]["topic"]
        return f"{'tests/nlu' if measures else 'nlu_data/intents'}/{topic}/{intent}.yml"


class Corpora:
    """Reads the files again when they change."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: tuple[Any, Corpus] | None = None
        self._one = threading.Lock()

    def now(self) -> Corpus:
        """Return the sentences as they are now."""
        with self._one:
            stamp = _stamp(self._root)
            if self._known is None or self._known[0] != stamp:
                earlier = self._known[1] if self._known else None
                made = Corpus(load_nlu_data(self._root), earlier)
                made.prepare()
                self._known = stamp, made
            return self._known[1]


def key_of(text: str) -> str:
    """Return the folded words of a sentence, by which sentences are compared."""
    return Sentence(text, "", 0).key


@lru_cache(maxsize=100_000)
def _sorted_words(key: str) -> str:
    return " ".join(sorted(key.split()))


def _stamp(root: Path) -> Sequence[tuple[str, int, int]]:
    files = sorted(file for folder in _FOLDERS for file in (root / folder).rglob("*.yml"))
    return [(str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in (file.stat(),)]
