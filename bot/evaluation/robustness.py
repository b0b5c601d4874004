"""What careless typing costs. Every kind of noise is the same at every run."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.evaluation.judged import Judged, accuracy, judge
from bot.evaluation.pipeline import Pipeline

TYPO_RATE = 0.05
"""Share of letters that are mistyped."""

_ROWS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
"""The German keyboard."""
_PUNCTUATION = re.compile(r"(?<!\d)[.,:;!?…„“”\"»«()]|[.,:;!?…„“”\"»«()](?!\d)|(?<!\w)[-–—](?!\w)")
"""Signs between words; those inside a word or number stay („go-digital“, „38.000“)."""
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"})


@dataclass(frozen=True)
class Loss:
    """Accuracy under one kind of noise."""

    name: str
    accuracy: float
    loss: float
    """Accuracy without noise minus accuracy with it, as a share."""


def robustness(judged: Sequence[Judged], pipeline: Pipeline) -> list[Loss]:
    """Read the sentences again under each kind of noise."""
    clean = accuracy(judged).value
    found = []
    for name, spoil in NOISES.items():
        sentences: dict[str, list[str]] = {}
        for each in judged:
            sentences.setdefault(each.meant, []).append(spoil(each.text))
        value = accuracy(judge(pipeline, sentences)).value
        found.append(Loss(name, value, clean - value))
    return found


def without_umlauts(text: str) -> str:
    """Type „ae“ for „ä“."""
    return text.translate(_ASCII)


def without_punctuation(text: str) -> str:
    """Leave out the signs between words."""
    return " ".join(_PUNCTUATION.sub(" ", text).split())


def with_typos(text: str, rate: float = TYPO_RATE) -> str:
    """Mistype letters: swap two, leave one out, double one, or hit the key beside it.

    The mistakes depend on the text alone, not on chance or order.
    """
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    dice = random.Random(seed)
    typed, position = [], 0
    while position < len(text):
        letter = text[position]
        if not letter.isalpha() or dice.random() >= rate:
            typed.append(letter)
        else:
            kind = dice.choice(("swap", "drop", "double", "beside"))
            if kind == "swap" and text[position + 1 : position + 2].isalpha():
                typed += [text[position + 1], letter]
                position += 1
            elif kind == "double":
                typed += [letter, letter]
            elif kind in ("swap", "beside"):
                typed.append(_beside(letter, dice))
        position += 1
    return "".join(typed)


def _beside(letter: str, dice: random.Random) -> str:
    """A key left or right of the letter; a letter that is not on the keyboard stays."""
    for row in _ROWS:
        place = row.find(letter.lower())
        if place >= 0:
            neighbours = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            hit = dice.choice(neighbours)
            return hit.upper() if letter.isupper() else hit
    return letter


NOISES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "ascii": without_umlauts,
    "typos": with_typos,
    "punctuation": without_punctuation,
}
"""Name → what it does to a sentence."""
