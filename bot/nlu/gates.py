"""What the gates behind the classifier decide, as pure functions: the evaluation runs them without Rasa."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from knowledge_base.recognise.language import foreign_language

FOREIGN = "fremdsprache"
FINDS_CONTACTS = "kontakt_finden"
CONTACT_OF_A_PROGRAMME = "programm_kontakt"
ABOUT_A_PROGRAMME = "programm"
"""Beginning of the intents that ask about one programme."""
_OR_THE_CASE = ("foerdercheck", "verbindlichkeit", "alternativen_zeigen")
"""Further intents that may name a programme."""
_ASKS_WHO = re.compile(r"\b(welche[rsn]?|wer|wo|wohin|wen|wem)\b", re.IGNORECASE)
_SURE = 0.8

Entry = dict[str, Any]
"""An intent with its confidence, as Rasa writes it: ``{"name": …, "confidence": …}``."""


def by_names(
    text: str, entities: Sequence[Mapping[str, Any]], ranking: Sequence[Entry], ruled_out: Collection[str]
) -> Entry | None:
    """Return the intent that the names in a message ask for, or ``None`` if the classifier may be right.

    Args:
        text: The message.
        entities: What it names.
        ranking: Intents with their confidence, the likeliest first; not empty.
        ruled_out: Intents that a named programme excludes.
    """
    named = {e.get("entity") for e in entities if e.get("confidence_entity", 1.0) >= _SURE}
    if "programme" in named:
        possible = [e for e in ranking if str(e["name"]).startswith((ABOUT_A_PROGRAMME, *_OR_THE_CASE))]
        if ranking[0]["name"] in ruled_out and possible:
            asks_who = ranking[0]["name"] == FINDS_CONTACTS
            name = CONTACT_OF_A_PROGRAMME if asks_who else possible[0]["name"]
            return {"name": name, "confidence": ranking[0]["confidence"]}
    elif {"contact_kind", "place"} <= named and _ASKS_WHO.search(text):
        return {"name": FINDS_CONTACTS, "confidence": 1.0}
    return None


def by_scope(ranking: Sequence[Entry], off_topic: Collection[str], share: float) -> Entry | None:
    """Return the likeliest intent outside our field if all of them together are likely enough, else ``None``.

    Foreign sentences are foreign in many ways: the sum tells them from ours better than the likeliest intent does
    (measured in docs/adr/0004-classifier.md).
    """
    outside = [entry for entry in ranking if entry["name"] in off_topic]
    total = sum(float(entry["confidence"]) for entry in outside)
    if not outside or ranking[0] is outside[0] or total < share:
        return None
    return {**outside[0], "confidence": max(total, float(ranking[0]["confidence"]))}


def by_language(text: str) -> Entry | None:
    """Return the intent of a message that is clearly not German, else ``None``."""
    return {"name": FOREIGN, "confidence": 1.0} if foreign_language(text) else None


def put_first(ranking: Sequence[Entry], best: Entry) -> list[Entry]:
    """Return the ranking with another intent first.

    The others keep their order, with at most half the confidence: a decision must not look ambiguous to the fallback.
    """
    others = [entry for entry in ranking if entry["name"] != best["name"]]
    return [best, *({**entry, "confidence": min(entry["confidence"], best["confidence"] / 2)} for entry in others)]
