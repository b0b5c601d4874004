"""How easy a German text is to read: the first Wiener Sachtextformel, and the sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.text import sentences

MOST_WORDS, MOST_PLAIN_WORDS = 20, 12
"""So many words a sentence may have, for everybody and in plain language."""
MOST_GRADE, MOST_PLAIN_GRADE = 10, 6
"""So many years at school a text may ask for."""
_FEWEST_WORDS = 20
"""Of a shorter text the formula says nothing."""
_FIRST, _LAST = 4, 15
"""Years at school between which the formula holds."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SYLLABLE = re.compile(r"(?<=q)u[aeiouäöü]|aa|ee|oo|ie|ei|ai|ey|ay|au|äu|eu|[aeiouyäöü]", re.IGNORECASE)
_LINE = re.compile(r"\n+|(?<=:)\s+")


def hints(text: str, plain: bool) -> list[str]:
    """Return what would make a text easier to read, in German; never a reason to refuse it."""
    most = MOST_PLAIN_WORDS if plain else MOST_WORDS
    found = [f"Dieser Satz hat {len(each.split())} Wörter, gut sind höchstens {most}: „{each}“"
             for each in _sentences(text) if len(each.split()) > most]
    years, wanted = grade(text), MOST_PLAIN_GRADE if plain else MOST_GRADE
    if years is not None and years > wanted:
        hard = ", ".join(f"„{word}“" for word in _hardest(text))
        found.append(f"Der Text verlangt etwa {years} Schuljahre, gut sind höchstens {wanted}. Schwer sind: {hard}.")
    return found


def grade(text: str) -> int | None:
    """Return how many years at school a text asks for, from 4 to 15; ``None`` if it is too short to tell."""
    words = _words(text)
    if len(words) < _FEWEST_WORDS:
        return None
    long = _percent([_syllables(word) >= 3 for word in words])
    wide = _percent([len(word) > 6 for word in words])
    short = _percent([_syllables(word) == 1 for word in words])
    length = len(words) / len(_sentences(text))
    value = 0.1935 * long + 0.1672 * length + 0.1297 * wide - 0.0327 * short - 0.875
    return min(_LAST, max(_FIRST, round(value)))


def _sentences(text: str) -> list[str]:
    return [each for line in _LINE.split(text) for each in sentences(line)]


def _words(text: str) -> list[str]:
    """Return the words; in plain language a hyphen parts a long one, and so it does here."""
    return [part for word in _WORD.findall(_PLACEHOLDER.sub(" ", text)) for part in word.split("-")]


def _hardest(text: str) -> list[str]:
    return sorted(dict.fromkeys(_words(text)), key=lambda word: (-_syllables(word), -len(word)))[:3]


def _syllables(word: str) -> int:
    return max(1, len(_SYLLABLE.findall(word)))


def _percent(holds: Sequence[bool]) -> float:
    return 100 * sum(holds) / len(holds)
