"""Recognise topics, audiences, purposes and sectors by the words of ``catalogue/topics.yml``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.recognise.audience import DECISIVE, for_whom
from knowledge_base.recognise.mention import Mention, Token, is_negated, tokenize
from knowledge_base.recognise.patterns import WordPatterns, plain
from knowledge_base.recognise.spelling import Spelling
from knowledge_base.schema.misc import Vocabulary, VocabularyEntry

_NEAR = 6
"""So many words apart the words of a combination may stand."""
_ANY = "*"
_PART = 4
"""So many letters the first part of a compound written apart has at least."""
_REMEMBERED = 20_000
"""So many words are looked up once only."""
_REFUSALS = ("keinen", "keins", "keine", "nicht")
_BESIDE = 3
"""So many words from a word another one can rule it out."""
_WEAK, _IMPLIED = 0.85, 0.8
"""Confidence of a word that only counts if nothing clearer is said („wort?“), and of what follows from another."""


@dataclass(frozen=True)
class _Meaning:
    entity: str
    value: str
    implies: tuple[tuple[str, str], ...]
    confidence: float
    decisive: bool
    """Whether it says for whom help is sought, whoever else is named („wort!“)."""


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    open_end: bool
    meaning: _Meaning

    def begins(self, words: Sequence[str]) -> bool:
        *first, last = self.words
        if len(words) < len(self.words) or words[: len(first)] != first:
            return False
        word = words[len(first)]
        return word.startswith(last) if self.open_end else word == last


@dataclass(frozen=True)
class _Hit:
    """A meaning and the words that have it."""

    meaning: _Meaning
    start: int
    end: int

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        return tokens[self.start].start, tokens[self.end - 1].end

    def mentions(self, tokens: Sequence[Token]) -> Iterator[Mention]:
        meaning, span = self.meaning, self.span(tokens)
        yield Mention(meaning.entity, meaning.value, *span, DECISIVE if meaning.decisive else meaning.confidence)
        for entity, value in meaning.implies:
            yield Mention(entity, value, *span, _IMPLIED * meaning.confidence)


@dataclass(frozen=True, eq=False)
class _Combination:
    """„a/b + c/d“: a word of each side, near each other. „a - b“: the first, unless the second stands beside it."""

    meaning: _Meaning
    sides: int
    without: bool

    def stands_in(self, found: dict[int, list[int]], tokens: Sequence[Token]) -> tuple[int, int] | None:
        """First and last word of the first place where it stands; ``found``: side → positions of its words."""
        for first in found.get(0, ()):
            if self.without:
                if not any(abs(first - other) <= _BESIDE for other in found.get(1, ())):
                    return first, first
                continue
            near = [self._nearest(first, found.get(side, ()), tokens) for side in range(1, self.sides)]
            if None not in near:
                places = [first, *(place for place in near if place is not None)]
                return min(places), max(places)
        return None

    def _nearest(self, first: int, others: Sequence[int], tokens: Sequence[Token]) -> int | None:
        """The nearest other word in the same sentence; what decides must stand in the same clause."""
        near = (
            other
            for other in others
            if 0 < abs(other - first) <= _NEAR and self._joined(tokens[other], tokens[first])
        )
        return min(near, key=lambda other: abs(other - first), default=None)

    def _joined(self, one: Token, other: Token) -> bool:
        return one.clause == other.clause if self.meaning.decisive else one.sentence == other.sentence


@dataclass(frozen=True)
class _Word:
    """A word as it is read, what it means alone and of which combinations it is a side."""

    word: str
    meanings: list[_Meaning]
    sides: list[tuple[_Combination, int]]


class VocabularyRecogniser:
    """Finds vocabulary words; the notation is explained at the top of ``topics.yml``.

    A mention carries what its entry implies as further mentions of the same span. A word misspelt by one or two
    letters counts as the word.
    """

    def __init__(self, vocabulary: Vocabulary, right: Set[str] = frozenset()) -> None:
        """Build the patterns; words that are ``right`` are never taken for misspelt ones."""
        self._right = right
        self._words: WordPatterns[_Meaning] = WordPatterns()
        self._sides: WordPatterns[tuple[_Combination, int]] = WordPatterns()
        self._phrases: dict[tuple[str, str], list[_Phrase]] = defaultdict(list)
        for entity, entries in (
            ("topic", vocabulary.topics),
            ("audience", vocabulary.audiences),
            ("purpose", vocabulary.purposes),
            ("sector", vocabulary.sectors),
            ("contact_kind", vocabulary.contact_kinds),
            ("aspect", vocabulary.aspects),
            ("programme_kind", vocabulary.programme_kinds),
            ("life_fact", vocabulary.life_facts),
            ("person", vocabulary.persons),
        ):
            for entry in entries:
                self._add(entity, entry)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))
        self._spelling = self._yardstick()
        self._read = lru_cache(maxsize=_REMEMBERED)(self._read_word)

    def knows(self, word: str) -> bool:
        """Whether a folded word is an entry of its own or the beginning of one names a kind of contact."""
        return word in self._words.whole or any(m.entity == "contact_kind" for m in self._words.at(word))

    def covers(self, word: str) -> bool:
        """Whether a folded word is vocabulary up to its ending, and so no misspelt name of something else."""
        return self._words.covers(word)

    def _add(self, entity: str, entry: VocabularyEntry) -> None:
        for word in entry.words:
            confidence = _WEAK if word.endswith("?") else 1.0
            meaning = _Meaning(entity, entry.id, tuple(entry.implies.items()), confidence, word.endswith("!"))
            self._add_word(word.rstrip("?!"), meaning)

    def _add_word(self, word: str, meaning: _Meaning) -> None:
        for sign in (" + ", " - "):
            if sign in word:
                sides = word.split(sign)
                combination = _Combination(meaning, len(sides), without=sign == " - ")
                for side, patterns in enumerate(sides):
                    for pattern in patterns.split("/"):
                        self._sides.add(pattern.strip(), (combination, side))
                return
        if " " not in word:
            self._words.add(word, meaning)
            return
        words = tuple(plain(token.folded) for token in tokenize(word))
        phrase = _Phrase(words, word.endswith("*"), meaning)
        self._phrases[words[0], _ANY if len(words) == 2 and phrase.open_end else words[1]].append(phrase)

    def _yardstick(self) -> Spelling:
        whole, starts = set(), set()
        for patterns in (self._words, self._sides):
            whole |= set(patterns.whole)
            starts |= set(patterns.starts)
        for phrases in self._phrases.values():
            for phrase in phrases:
                whole |= set(phrase.words[:-1])
                (starts if phrase.open_end else whole).add(phrase.words[-1])
        return Spelling(whole, starts)

    def find(self, text: str, tokens: Sequence[Token] | None = None) -> list[Mention]:
        """Return all vocabulary mentions; several meanings of one word are all returned."""
        tokens = tokenize(text) if tokens is None else tokens
        read = [self._read(token.folded) for token in tokens]
        hits = [hit for index in range(len(read)) for hit in self._at(tokens, read, index)]
        wanted = [hit for hit in hits if not _is_refused(hit, tokens)]
        refused = [hit for hit in hits if hit.meaning.entity == "programme_kind" and hit not in wanted]
        found = [mention for hit in (*wanted, *self._combined(tokens, read)) for mention in hit.mentions(tokens)]
        found += [Mention("unwanted_kind", hit.meaning.value, *hit.span(tokens)) for hit in refused]
        return for_whom(sorted(found, key=lambda mention: mention.start), tokens)

    def _at(self, tokens: Sequence[Token], read: list[_Word], index: int) -> Iterator[_Hit]:
        """What begins at a word: for each entity its longest phrases, else the word itself."""
        clause = tokens[index].clause
        words = [r.word for r, t in zip(read[index:], tokens[index:], strict=True) if t.clause == clause]
        second = words[1] if len(words) > 1 else _ANY
        widths: dict[str, int] = {}
        for phrase in (*self._phrases.get((words[0], second), ()), *self._phrases.get((words[0], _ANY), ())):
            width, entity = len(phrase.words), phrase.meaning.entity
            if width >= widths.get(entity, 0) and phrase.begins(words):
                widths[entity] = width
                yield _Hit(phrase.meaning, index, index + width)
        for meaning in read[index].meanings:
            if meaning.entity not in widths:
                yield _Hit(meaning, index, index + 1)
        compound = "".join(words[:2])
        if len(words[0]) >= _PART and self._words.covers(compound) and len(words) > 1:  # „produktions halle“
            yield from (_Hit(meaning, index, index + 2) for meaning in self._words.at(compound))

    def _read_word(self, folded: str) -> _Word:
        word = plain(folded)
        if folded not in self._right and not self._words.at(word) and not self._sides.at(word):
            word = plain(self._spelling.corrected(folded))
        return _Word(word, self._words.at(word), self._sides.at(word))

    def _combined(self, tokens: Sequence[Token], read: list[_Word]) -> Iterator[_Hit]:
        """What several words say together."""
        found: dict[_Combination, dict[int, list[int]]] = {}
        for index, word in enumerate(read):
            for combination, side in word.sides:
                found.setdefault(combination, {}).setdefault(side, []).append(index)
        for combination, places in found.items():
            if len(places) == combination.sides or combination.without:
                span = combination.stands_in(places, tokens)
                if span and not (combination.without and is_negated(tokens, span[0])):
                    yield _Hit(combination.meaning, span[0], span[1] + 1)


def _is_refused(hit: _Hit, tokens: Sequence[Token]) -> bool:
    """Whether what is named is not wanted: „kein Kurs“, and for a kind of programme also „Kredit will ich keinen“."""
    behind = tokens[hit.end + 1 : hit.end + 4] if hit.meaning.entity == "programme_kind" else ()
    return is_negated(tokens, hit.start) or any(token.folded in _REFUSALS for token in behind)
