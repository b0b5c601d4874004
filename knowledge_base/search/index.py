"""The search index in memory: loaded once per build, asked without touching the database."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from knowledge_base.search import tables
from knowledge_base.search.analysis import content_words
from knowledge_base.search.build import IMPACTS, NUMBERS
from knowledge_base.search.documents import KINDS
from knowledge_base.search.expansion import Expander
from knowledge_base.text import fold

Scores = npt.NDArray[np.float32]

_ENOUGH = 0.5
"""Part of the best thinkable score at which a hit counts as fully relevant."""
_TELLING = 0.4
"""Part of the score of the rarest word that is needed for it; common words alone never make a hit relevant."""


@dataclass(frozen=True)
class Scored:
    """A record found by text."""

    kind: str
    id: str
    score: float
    """Relevance from 0 to 1; 1 is as good as the text allows."""
    matched: tuple[str, ...]
    """Words of the question that led to it, those that count most first."""


@dataclass(frozen=True)
class TextScores:
    """Relevance of every document of one kind for one text."""

    ids: list[str]
    scores: Scores
    by_word: dict[str, Scores]
    """Share of each word of the question, for the explanation."""

    def matched(self, position: int) -> tuple[str, ...]:
        """The words that led to the document at ``position``, those that count most first."""
        shares = [(float(scores[position]), word) for word, scores in self.by_word.items() if scores[position] > 0]
        return tuple(word for _, word in sorted(shares, key=lambda share: (-share[0], share[1])))


class SearchIndex:
    """All postings of one build. Reading it takes no lock; it never changes."""

    def __init__(self, listed: list[tuple[str, str]], postings: dict[str, tuple[bytes, bytes]],
                 words: list[str]) -> None:
        self._ids = {kind: [record_id for k, record_id in listed if k == kind] for kind in KINDS}
        self._first = {kind: next((n for n, (k, _) in enumerate(listed) if k == kind), 0) for kind in KINDS}
        self._postings = {stem: (np.frombuffer(numbers, NUMBERS), np.frombuffer(impacts, IMPACTS))
                          for stem, (numbers, impacts) in postings.items()}
        self._expander = Expander(self._postings.keys(), words)

    @classmethod
    def load(cls, connection: sa.Connection) -> SearchIndex:
        """Read the index that ``reindex`` wrote; empty if there is none yet."""
        if not sa.inspect(connection).has_table(tables.documents.name):
            return cls([], {}, [])
        listed = connection.execute(sa.select(tables.documents.c.kind, tables.documents.c.id)
                                    .order_by(tables.documents.c.number))
        stored = connection.execute(sa.select(tables.postings))
        return cls([(row.kind, row.id) for row in listed],
                   {row.stem: (row.numbers, row.impacts) for row in stored},
                   list(connection.scalars(sa.select(tables.words.c.word))))

    def ids(self, kind: str) -> list[str]:
        """The ids of all records of a kind, in the order of their scores."""
        return self._ids[kind]

    def search(self, text: str, kinds: Iterable[str] = KINDS, limit: int = 10,
               ignore: frozenset[str] = frozenset()) -> list[Scored]:
        """Return the most relevant records; equal ones in order of their ids.

        Args:
            text: What the person wrote.
            kinds: Kinds of record to look for.
            limit: Most records to return.
            ignore: Folded words that shall not count, such as the name of the place.
        """
        found = []
        for kind in kinds:
            scored = self.scores(text, kind, ignore)
            best = np.argsort(-scored.scores, kind="stable")[:limit]
            found += [Scored(kind, scored.ids[n], float(scored.scores[n]), scored.matched(n))
                      for n in best if scored.scores[n] > 0]
        return sorted(found, key=lambda hit: (-hit.score, hit.kind, hit.id))[:limit]

    def scores(self, text: str, kind: str, ignore: frozenset[str] = frozenset()) -> TextScores:
        """Score all documents of a kind. Every word of the question counts once, with its best reading."""
        ids, first = self._ids[kind], self._first[kind]
        by_word: dict[str, Scores] = {}
        thinkable = 0.0
        for word in dict.fromkeys(content_words(text)):
            stems = () if fold(word) in ignore else self._expander.expand(word)
            scores, best = self._word_scores(stems, first, len(ids))
            if best > 0:
                by_word[word] = scores
                thinkable += best
        total = sum(by_word.values(), np.zeros(len(ids), np.float32))
        top = max(float(total.max(initial=0.0)), thinkable * _ENOUGH, _TELLING * math.log1p(len(ids)))
        return TextScores(ids, total / np.float32(top or 1.0), by_word)

    def _word_scores(self, stems: tuple[tuple[str, float], ...], first: int, count: int) -> tuple[Scores, float]:
        """The score of each document for one word, and the highest one."""
        scores = np.zeros(count, np.float32)
        for stem, weight in stems:
            numbers, impacts = self._postings[stem]
            low, high = np.searchsorted(numbers, (first, first + count))
            here = numbers[low:high] - first
            scores[here] = np.maximum(scores[here], impacts[low:high] * np.float32(weight))
        return scores, float(scores.max(initial=0.0))
