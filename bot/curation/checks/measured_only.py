"""No sentence by which the bot is judged from outside occurs in training."""

from __future__ import annotations

from collections.abc import Iterable

from bot.curation.nlu_data import NluData
from knowledge_base.problems import Problem


def check(data: NluData) -> Iterable[Problem]:
    """Compare fingerprints, because the sentences themselves are not in this repository."""
    for sentences in data.training.values():
        for sentence in sentences:
            if sentence.fingerprint in data.measuring_only:
                yield Problem(
                    sentence.path,
                    sentence.line,
                    "Der Satz gehört zu einer Prüfung von außen und darf nicht trainiert werden – bitte streichen.",
                )
