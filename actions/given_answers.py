"""What an answer to a question of the bot says: yes or no, a choice, a number, a range."""

from __future__ import annotations

import re
from typing import Any, Mapping

from actions.answer_buttons import TITLES
from knowledge_base.facts import BY_NAME
from knowledge_base.text import fold

_YES = re.compile(r"(ja|jo|jau|jep|jup|jawohl|genau|stimmt|richtig|klar|leider ja|leider schon)\b")
_NO = re.compile(r"(nein|nee|noe|ne|nope|noch nicht|leider nicht|leider nein|keineswegs|bisher nicht|nicht)\b")
_SHORT = 8
"""Longer messages say more than yes or no; what they name counts instead."""
_INTENTS = {"zustimmung": True, "ablehnung": False}
_FEW = 3
"""More words than these say more than one choice of a list."""
_SMALL_WORDS = frozenset(
    ("der", "die", "das", "ein", "eine", "einen", "in", "im", "und", "oder", "fuer", "mich", "ich")
)
_PARTS = re.compile(r",| und | oder ")
_FIVE_DIGITS = re.compile(r"\W*(?:ca|etwa|rund|ungefähr|so|circa)?\W*(\d{5})\W*", re.IGNORECASE)
_PAY = re.compile(r"(\d{2,3}\.?\d{3})(?:,\d\d)?\s*(?:€|euro)?\s*(?:im jahr|pro jahr|jahres)?\s*brutto", re.IGNORECASE)
_PAY_FIRST = re.compile(r"\bbrutto\w*\D{0,20}?(\d{2,3}\.?\d{3})(?![\d.])", re.IGNORECASE)
_MONTHLY = re.compile(r"monat", re.IGNORECASE)


def yes_or_no(asked: str | None, text: str, intent: str | None) -> bool | None:
    """What a message answers to a question for yes or no; ``None`` if neither, or if it was no such question.

    Args:
        asked: Fact of the question.
        text: Words of the message.
        intent: What the classifier made of it.
    """
    if asked is None or asked not in BY_NAME or BY_NAME[asked].type != "bool":
        return None
    folded = fold(text)
    if folded and len(folded.split()) > _SHORT:
        return None
    for pattern, answer in ((_YES, True), (_NO, False)):
        if pattern.match(folded):
            return answer
    return _INTENTS.get(intent or "")


def chosen(asked: str | None, text: str) -> str | None:
    """The value that a message of few words picks from a list that was asked for: „Bau“, „GmbH“, „im Studium“."""
    said = set(_without_small_words(text).split())
    if asked not in TITLES or not said or len(said) > _FEW:
        return None
    found = [value for value, title in TITLES[asked].items() if _picks(said, value, title)]
    return found[0] if len(found) == 1 else None


def _picks(said: set[str], value: str, title: str) -> bool:
    """Whether words are those of a title and begin one of its parts: „Arbeit“ alone is not „Ohne Arbeit“."""
    parts = [part.split() for part in map(_without_small_words, _PARTS.split(f"{title}, {value}")) if part]
    return said <= {word for part in parts for word in part} and any(part[0] in said for part in parts)


def _without_small_words(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _SMALL_WORDS)


def amount_asked_for(asked: str | None, text: str) -> float | None:
    """The number of a message that says no more where money was asked for: five digits are no PLZ then."""
    money = asked in BY_NAME and asked is not None and asked.endswith("_eur")
    match = _FIVE_DIGITS.fullmatch(text) if money else None
    return float(match[1]) if match else None


def yearly_pay(text: str) -> float | None:
    """Gross pay of a year; the taxable income is at most that much."""
    match = None if _MONTHLY.search(text) else _PAY.search(text) or _PAY_FIRST.search(text)
    return float(match[1].replace(".", "")) if match else None


def with_statement(facts: Mapping[str, Any], pair: str) -> dict[str, Any]:
    """The facts with one more, ``name=value`` or, as a range, ``name=low..high``; nonsense changes nothing."""
    name, _, said = pair.partition("=")
    fact, found = BY_NAME.get(name), dict(facts)
    if fact is None:
        return found
    try:
        if fact.type in ("int", "float"):
            number = float if fact.type == "float" else int
            low, dots, high = said.partition("..")
            return with_range(found, name, float(low), float(high)) if dots else with_value(found, name, number(said))
    except ValueError:
        return found
    if fact.type == "bool":
        return with_value(found, name, said == "true")
    return with_value(found, name, said) if said in fact.values else found


def with_value(facts: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The facts with one more; an exact value replaces a range."""
    found = {**facts, name: value}
    found.pop(f"{name}_range", None)
    return found


def with_range(facts: Mapping[str, Any], name: str, low: float, high: float) -> dict[str, Any]:
    """The facts with a range, which replaces an exact value."""
    found = {**facts, f"{name}_range": [low, high]}
    found.pop(name, None)
    return found
