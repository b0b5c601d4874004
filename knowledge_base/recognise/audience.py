"""Settle for whom help is sought if a message names several groups: „nicht für mich, sondern für meine Azubi“."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge_base.recognise.mention import Mention, Token

DECISIVE = 1.01
"""Confidence, until it is settled, of a word that decides whoever else is named („einstellen“)."""
_NAMED = 0.7
"""Confidence of a group that is named, but not the one that seeks help."""
_NOT_ME = (("nicht", "fuer", "mich"), ("nich", "fuer", "mich"), ("net", "fuer", "mich"), ("nicht", "um", "mich"))
_FIRM = "unternehmen"


def for_whom(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Return the mentions with audiences settled; all others stay as they are."""
    audiences = [m for m in mentions if m.entity == "audience"]
    others = [m for m in mentions if m.entity != "audience"]
    turn = _not_me(tokens)
    behind = [m for m in audiences if turn is not None and m.start >= turn]
    if behind:
        persons = [m for m in behind if m.value != _FIRM]
        audiences = [replace(m, confidence=min(m.confidence, 1.0)) for m in persons or behind]
    decided = {m.value for m in audiences if m.confidence == DECISIVE}
    return others + [_settled(m, decided) for m in audiences]


def _settled(mention: Mention, decided: set[object]) -> Mention:
    if decided and mention.value not in decided:
        return replace(mention, confidence=min(mention.confidence, _NAMED))
    return replace(mention, confidence=min(mention.confidence, 1.0))


def _not_me(tokens: Sequence[Token]) -> int | None:
    """Where the message turns from the writer to somebody else, as a position in the text."""
    for index in range(len(tokens) - 2):
        if tuple(token.folded for token in tokens[index : index + 3]) in _NOT_ME:
            return tokens[index + 2].end
    return None
