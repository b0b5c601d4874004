"""No figure stands in a fixed text: amounts, dates and numbers belong into the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.curation.nlu_data import NluData
from knowledge_base.problems import Problem


def check(data: NluData) -> Iterable[Problem]:
    """Find digits in texts and button titles."""
    for name, variants in data.responses.items():
        for variant in variants:
            titles = [button.get("title", "") for button in variant.get("buttons") or []]
            if re.search(r"\d", " ".join([variant.get("text", ""), *titles])):
                yield Problem(
                    data.response_paths[name],
                    None,
                    f"„{name}“ enthält eine Zahl – Beträge, Daten und Nummern gehören "
                    "in den Katalog, nicht in feste Texte.",
                )
