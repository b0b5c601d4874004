"""No sentence stands under two intents, or twice under one."""

from __future__ import annotations

from collections.abc import Iterable

from bot.curation.nlu_data import NluData, Sentence
from knowledge_base.problems import Problem


def check(data: NluData) -> Iterable[Problem]:
    """Find sentences whose folded words occur a second time."""
    seen: dict[str, Sentence] = {}
    for sentences in data.training.values():
        for sentence in sentences:
            first = seen.setdefault(sentence.key, sentence)
            if first is not sentence:
                yield Problem(
                    sentence.path,
                    sentence.line,
                    f"Der Satz steht schon in {first.path}:{first.line} – bitte einen der beiden löschen.",
                )
