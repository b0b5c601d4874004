"""Recognise topics, audiences, purposes and sectors by the words of ``catalogue/topics.yml``."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.recognise.mention import Mention, Token, is_negated, tokenize
from knowledge_base.schema.misc import Vocabulary, VocabularyEntry
from knowledge_base.text import fold


@dataclass(frozen=True)
class _Meaning:
    entity: str
    value: str
    implies: tuple[tuple[str, str], ...]


class VocabularyRecogniser:
    """Finds vocabulary words. „wort*“ matches the beginning, „*wort“ the end of a word, several words a phrase.

    A mention carries what its entry implies as further mentions of the same span.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases: dict[tuple[str, ...], list[_Meaning]] = {}
        self._starts: list[tuple[str, _Meaning]] = []
        self._ends: list[tuple[str, _Meaning]] = []
        self._longest = 1
        for entity, entries in (
            ("topic", vocabulary.topics),
            ("audience", vocabulary.audiences),
            ("purpose", vocabulary.purposes),
            ("sector", vocabulary.sectors),
            ("contact_kind", vocabulary.contact_kinds),
            ("aspect", vocabulary.aspects),
            ("programme_kind", vocabulary.programme_kinds),
            ("life_fact", vocabulary.life_facts),
        ):
            for entry in entries:
                self._add(entity, entry)

    def knows(self, word: str) -> bool:
        """Whether a folded word is an entry of its own or the beginning of one names a kind of contact."""
        if (word,) in self._phrases:
            return True
        return any(m.entity == "contact_kind" for start, m in self._starts if word.startswith(start))

    def _add(self, entity: str, entry: VocabularyEntry) -> None:
        meaning = _Meaning(entity, entry.id, tuple(entry.implies.items()))
        for word in entry.words:
            if word.endswith("*") and " " not in word:
                self._starts.append((fold(word[:-1]), meaning))
            elif word.startswith("*"):
                self._ends.append((fold(word[1:]), meaning))
            else:
                key = tuple(
                    token.folded + ("*" if word.endswith("*") and token is last else "")
                    for tokens in [tokenize(word)]
                    for last in tokens[-1:]
                    for token in tokens
                )
                if key:
                    self._phrases.setdefault(key, []).append(meaning)
                    self._longest = max(self._longest, len(key))

    def find(self, text: str) -> list[Mention]:
        """Return all vocabulary mentions; several meanings of one word are all returned."""
        tokens = tokenize(text)
        found: list[Mention] = []
        for index in range(len(tokens)):
            for width in range(min(self._longest, len(tokens) - index), 0, -1):
                meanings = self._meanings(tokens[index : index + width])
                if meanings:
                    found += self._mentions(meanings, tokens, index, width)
                    if width > 1:
                        break
        return found

    def _meanings(self, words: list[Token]) -> list[_Meaning]:
        key = tuple(token.folded for token in words)
        found = list(self._phrases.get(key, []))
        if len(key) == 1:
            found += [m for start, m in self._starts if key[0].startswith(start)]
            found += [m for end, m in self._ends if key[0].endswith(end)]
        else:
            for cut in range(4, len(key[-1]) + 1):
                found += self._phrases.get((*key[:-1], key[-1][:cut] + "*"), [])
        return found

    @staticmethod
    def _mentions(meanings: list[_Meaning], tokens: list[Token], index: int, width: int) -> list[Mention]:
        """Mentions of the meanings; what is negated counts only as a kind of programme that is not wanted."""
        start, end = tokens[index].start, tokens[index + width - 1].end
        kinds = [meaning for meaning in meanings if meaning.entity == "programme_kind"]
        if is_negated(tokens, index):
            return [Mention("unwanted_kind", m.value, start, end) for m in kinds]
        if kinds and _negated_behind(tokens, index + width):
            return [Mention("unwanted_kind", m.value, start, end) for m in kinds]
        return _mentions(meanings, start, end)


def _negated_behind(tokens: list[Token], index: int) -> bool:
    """„Kredit will ich keinen“: a negation closes the clause behind the word."""
    return any(token.folded in ("keinen", "keins", "keine", "nicht") for token in tokens[index + 1 : index + 4])


def _mentions(meanings: list[_Meaning], start: int, end: int) -> list[Mention]:
    found = []
    for meaning in meanings:
        found.append(Mention(meaning.entity, meaning.value, start, end))
        found += [Mention(entity, value, start, end, 0.8) for entity, value in meaning.implies]
    return found
