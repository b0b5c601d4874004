"""Read German number words as digits: „zwölf Leute“ → „12 Leute“, „ein Dutzend“ → „12“."""

from __future__ import annotations

import re
from dataclasses import dataclass

from text_to_num import text2num

NUMBER = r"(?:\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,\d+)?"
"""A number in German notation."""
_LARGEST = 1e15
"""No amount of the field comes near."""
_WORD = re.compile(r"[a-zäöüß]{3,}", re.IGNORECASE)
_LIKE_A_NUMBER = re.compile(
    r"zwei|zwo|drei|vier|f[üu]+e?nf|fuff|sech|sieb|acht|neun|zehn|elf|zw(?:ö|oe)lf|zig|[sß]ig|hundert|tausend|dutzend",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"ein", "eine", "einen", "einer", "einem", "eines", "eins"})
_FEW = frozenset({"paar", "einige", "einigen", "mehrere", "mehreren", "viele", "zig"})
_FIRM = re.compile(r"(\w+?)(?=-?(?:mann|frau|frauen|personen)-?(?:betrieb|firma|unternehmen|laden|team))", re.I)


@dataclass(frozen=True)
class Digits:
    """A text whose number words are digits, and where each of its letters stood in the original."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stood in the original text."""
        return self.origins[start], self.origins[end]


def read_numbers(text: str) -> Digits:
    """Replace number words. Articles („ein“, „eine“) stay."""
    parts: list[str] = []
    origins: list[int] = []
    done = 0
    for match in _WORD.finditer(text):
        found = _number(match.group(), text[: match.start()])
        if found is None:
            continue
        value, letters = found
        parts += [text[done : match.start()], value]
        origins += [*range(done, match.start()), *[match.start()] * len(value)]
        done = match.start() + letters
    parts.append(text[done:])
    origins += range(done, len(text) + 1)
    return Digits("".join(parts), tuple(origins))


def words_to_digits(text: str) -> str:
    """The text with digits for number words."""
    return read_numbers(text).text


def number(text: str) -> float:
    """„1.200“ → 1200, „1,5“ → 1.5 (German notation); never infinite, however many digits somebody types."""
    return min(float(re.sub(r"[.\s]", "", text).replace(",", ".")), _LARGEST)


def parse(word: str) -> int | None:
    """The value of a number word, or ``None``."""
    written = word.lower().replace("ae", "ä").replace("oe", "ö").replace("ue", "ü").replace("fuff", "fünf")
    try:
        return int(text2num(written, "de"))
    except (ValueError, ArithmeticError):
        return None


def _number(word: str, before: str) -> tuple[str, int] | None:
    """The digits for a word and how many of its letters they replace."""
    lower = word.lower()
    if lower in _ARTICLES or not _LIKE_A_NUMBER.search(lower):
        return None
    last = (before.lower().split() or [""])[-1]
    if last == "zu" and lower.endswith("t"):
        return None  # „zu acht“ is a group
    if lower in ("hundert", "tausend", "dutzend") and last in _FEW:
        return None
    times = int(last) if last.isdigit() else parse(last)
    if lower in ("hundert", "tausend") and times and last not in _ARTICLES:
        return None  # „fünfzehn tausend“: the number before says it
    if lower == "dutzend":
        return ("6" if last == "halbes" else str(12 * (times or 1))), len(word)
    firm = _FIRM.match(word)
    part = firm[1] if firm else word
    value = parse(part)
    return None if value is None else (str(value), len(part))
