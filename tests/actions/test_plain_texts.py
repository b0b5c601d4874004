"""Every fixed text has a variant in „einfache Sprache“: short main clauses, the same buttons."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from bot.settings import REPOSITORY

FILES = sorted((REPOSITORY / "nlu_data" / "responses").rglob("*.yml"))
TEXTS: dict[str, list[dict[str, Any]]] = {
    name: variants
    for path in FILES
    for name, variants in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items()
}
PLAIN = [{"type": "slot", "name": "plain", "value": True}]
_LONGEST = 12
_NESTED = re.compile(
    r"\b(dass|obwohl|während|sodass|falls|indem|nachdem|bevor|sofern|wobei|beziehungsweise|sowie)\b", re.IGNORECASE
)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[.!?:]\s*[“”]?\s*", text.replace("\n", " ")) if part.strip()]


def test_there_are_texts() -> None:
    assert len(TEXTS) >= 10


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_has_one_plain_variant_behind_the_ordinary_one(name: str) -> None:
    assert [variant.get("condition") for variant in TEXTS[name]] == [None, PLAIN]


@pytest.mark.parametrize("name", TEXTS)
def test_the_plain_variant_leads_to_the_same_places(name: str) -> None:
    ordinary, plain = TEXTS[name]
    assert plain.get("buttons") == ordinary.get("buttons")
    assert plain["custom"] == ordinary["custom"]


@pytest.mark.parametrize("name", TEXTS)
def test_the_plain_variant_is_short_and_not_nested(name: str) -> None:
    plain = TEXTS[name][1]["text"]
    assert [s for s in _sentences(plain) if len(s.split()) > _LONGEST] == []
    assert not _NESTED.search(plain)


def test_nothing_claims_to_be_leichte_sprache() -> None:
    said = [variant["text"] for variants in TEXTS.values() for variant in variants]
    assert not [text for text in said if "leichte sprache" in text.lower()]
