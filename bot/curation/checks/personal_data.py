"""No personal data in sentences: mail addresses, phone numbers, account numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.curation.nlu_data import NluData
from knowledge_base.problems import Problem

_PATTERNS = {
    "E-Mail-Adresse": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "Telefonnummer": re.compile(r"(?<!\d)0\d{2,4}[\s/-]?\d{5,}"),
    "IBAN": re.compile(r"\b[A-Z]{2}\d{2}(?:\s?\w{4}){3,}"),
}


def check(data: NluData) -> Iterable[Problem]:
    """Find training sentences that look like they hold somebody's data."""
    for sentences in data.training.values():
        for sentence in sentences:
            for name in kinds_in(sentence.text):
                yield Problem(
                    sentence.path,
                    sentence.line,
                    f"Der Satz enthält eine {name} – bitte durch etwas Allgemeines ersetzen.",
                )


def kinds_in(text: str) -> list[str]:
    """Return what a text seems to hold of somebody, e.g. „IBAN“."""
    return [name for name, pattern in _PATTERNS.items() if pattern.search(text)]
