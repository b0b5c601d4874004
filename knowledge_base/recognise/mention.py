"""What a recogniser returns, and the tokens all recognisers work on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from knowledge_base.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Token:
    """A word of the message with its position in the original text."""

    text: str
    folded: str
    start: int
    end: int


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
    return [Token(m.group(), fold(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """Keep the longest mention wherever two overlap, in order of position."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def is_negated(tokens: list[Token], index: int) -> bool:
    """Whether the word before (or two before) the token at ``index`` is „nicht“, „kein“ or the like."""
    return any(token.folded in NEGATIONS for token in tokens[max(0, index - 2) : index])


NEGATIONS = frozenset(
    {"nicht", "nich", "net", "kein", "keine", "keinen", "keinem", "keiner", "statt", "ohne", "weder"}
)
