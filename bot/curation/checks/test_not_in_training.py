"""No held-out sentence occurs in training, otherwise the measurement is worth nothing."""

from __future__ import annotations

from collections.abc import Iterable

from bot.curation.nlu_data import NluData
from knowledge_base.problems import Problem


def check(data: NluData) -> Iterable[Problem]:
    """Find held-out sentences whose folded words are trained."""
    trained = {sentence.key: sentence for sentences in data.training.values() for sentence in sentences}
    for sentences in data.held_out.values():
        for sentence in sentences:
            twin = trained.get(sentence.key)
            if twin is not None and len(sentence.key.split()) > 1:
                yield Problem(
                    sentence.path,
                    sentence.line,
                    f"Der Testsatz wird in {twin.path}:{twin.line} trainiert – bitte einen der beiden ändern.",
                )
