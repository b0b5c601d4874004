"""Fold a text for the classifier and replace what is named by its kind, so that intents are learnt, not names."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence

from knowledge_base.text import fold

MASKS = {
    "place": "xort",
    "place_outside": "xort",
    "place_ambiguous": "xort",
    "programme": "xprogramm",
    "contact": "xstelle",
}
"""Entity → the word for its kind; ``Recogniser.find_masked`` finds them all."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def masked(text: str, entities: Sequence[Mapping[str, Any]]) -> str:
    """Return the folded text with places, programmes, contacts and numbers replaced by a word for their kind."""
    spans = [
        (e["start"], e["end"], MASKS[e["entity"]])
        for e in entities
        if e.get("entity") in MASKS and e.get("confidence_entity", 1.0) >= 0.8 and e.get("end")
    ]
    result, position = [], 0
    for start, end, mask in sorted(spans):
        if start < position:
            continue
        result += [text[position:start], f" {mask} "]
        position = end
    result.append(text[position:])
    return fold(_DIGITS.sub(" xzahl ", "".join(result)))
