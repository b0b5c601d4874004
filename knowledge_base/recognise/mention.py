"""What a recogniser returns, and the tokens all recognisers work on."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from knowledge_base.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CLAUSE_ENDS = re.compile(r"[,.;:!?()–—]")
_SENTENCE_ENDS = re.compile(r"[.;!?]\s")


@dataclass(frozen=True)
class Token:
    """A word of the message with its position in the original text."""

    text: str
    folded: str
    start: int
    end: int
    clause: int = 0
    """Number of the part between punctuation marks."""
    sentence: int = 0


@dataclass(frozen=True)
class Mention:
    """One recognised thing: ``text[start:end]`` names ``value`` of kind ``entity``."""

    entity: str
    value: Any
    start: int
    end: int
    confidence: float = 1.0


def tokenize(text: str) -> list[Token]:
    """Split at everything that is no letter or digit; positions refer to the original text."""
    tokens: list[Token] = []
    clause = sentence = end = 0
    for match in _TOKEN.finditer(text):
        if match.start() - end > 1 or (tokens and text[end] in ",("):
            gap = text[end : match.start()]
            clause += bool(_CLAUSE_ENDS.search(gap))
            sentence += bool(_SENTENCE_ENDS.search(gap))
        end = match.end()
        tokens.append(Token(match.group(), fold(match.group()), match.start(), end, clause, sentence))
    return tokens


def overlap(one: Mention, other: Mention) -> bool:
    """Whether two mentions share a letter."""
    return one.start < other.end and other.start < one.end


def without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """Keep the longest mention wherever two overlap, in order of position."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(overlap(mention, other) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def is_negated(tokens: Sequence[Token], index: int, words: Set[str] | None = None) -> bool:
    """Whether „nicht“, „kein“ or the like stands before the token at ``index``.

    Between them may be small words („nicht mehr in Herne“) and behind „kein“ one more („keine große Sache“). A comma
    ends it, and so does any other word: „weiß nicht, welche“ and „nicht nur in Hagen“ negate nothing. ``words``:
    other words than ``NEGATIONS``.
    """
    for distance, token in enumerate(reversed(tokens[max(0, index - 4) : index])):
        if token.clause != tokens[index].clause:
            return False
        if token.folded in (NEGATIONS if words is None else words):
            return True
        describes = distance == 0 and index >= 2 and tokens[index - 2].folded.startswith("kein")
        if not _SMALL.fullmatch(token.folded) and not describes:
            return False
    return False


NEGATIONS = frozenset(
    {"nicht", "nich", "net", "kein", "keine", "keinen", "keinem", "keiner", "statt", "ohne", "weder", "anstatt"}
)
INSTEAD = frozenset({"statt", "anstatt"})
"""Negations that name what shall be replaced."""
_SMALL = re.compile(
    r"in|im|aus|bei|beim|nach|zum?|zur|um|fuer|vo[nm]|mit|auf|an|am|d(?:er|ie|as|en|em|es)|ein(?:e|en|em|er)?|mehr|so|"
    r"unbedingt|direkt|etwa|gerade|schon|wieder|mein(?:e|en|em)?|unser(?:e|en)?"
)
"""Words that may stand between „nicht“ and what it negates."""
