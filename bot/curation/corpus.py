"""The training data as somebody needs them who files a new sentence: what is near, and where it stands already."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.curation.nlu_data import NluData, Sentence, load_nlu_data
from bot.curation.similar import Sentences
from bot.errors import NavigatorError

BACKGROUND = "tests/nlu/background.yml"
"""Sentences outside our field; they only measure."""
_LOOKED_AT = 30
"""Among so many of the nearest sentences one with the same words is found."""
_FOLDERS = ("nlu_data", "tests/nlu")


class Place(NamedTuple):
    """Where a sentence stands already."""

    intent: str
    measures: bool
    """Whether it is a held-out sentence."""


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
            (each, Place(intent, measures)) for measures, sentences in ((False, data.training), (True, data.held_out))
            for intent, found in sentences.items() for each in found]
        texts = [sentence.text for sentence, _ in self._all]
        self._near: Sentences = Sentences(texts, earlier._near if earlier else None)

    @property
    def titles(self) -> Mapping[str, str]:
        """Intent → German title."""
        return {name: str(entry.get("title", name)) for name, entry in self.data.registry.items()}

    def title(self, intent: str) -> str:
        """Return the German title of an intent."""
        return self.titles.get(intent, intent)

    def place(self, text: str) -> Place | None:
        """Return where a sentence with the same words stands."""
        key = key_of(text)
        near = (self._all[at] for at, _ in self._near.nearest(text, _LOOKED_AT))
        return next((place for sentence, place in near if sentence.key == key), None)

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
                self._known = stamp, Corpus(load_nlu_data(self._root), earlier)
            return self._known[1]


def key_of(text: str) -> str:
    """Return the folded words of a sentence, by which sentences are compared."""
    return Sentence(text, "", 0).key


def _stamp(root: Path) -> Sequence[tuple[str, int, int]]:
    files = sorted(file for folder in _FOLDERS for file in (root / folder).rglob("*.yml"))
    return [(str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in (file.stat(),)]
