"""What an answer to a question of the bot says: yes or no, a choice, a range."""

from __future__ import annotations

import re
from typing import Any, Mapping

from knowledge_base.facts import BY_NAME
from knowledge_base.text import fold

_YES = re.compile(r"(ja|jo|jau|jep|jup|jawohl|genau|stimmt|richtig|klar|leider ja|leider schon)\b")
_NO = re.compile(r"(nein|nee|noe|ne|nope|noch nicht|leider nicht|leider nein|keineswegs|bisher nicht|nicht)\b")
_SHORT = 8
"""Longer messages say more than yes or no; what they name counts instead."""
_INTENTS = {"zustimmung": True, "ablehnung": False}


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
