"""Each intent has enough really different sentences, for training and held out."""

from __future__ import annotations

from collections.abc import Iterable

from bot.curation.nlu_data import NluData, Sentence
from knowledge_base.problems import Problem

MINIMUM = {"haupt": 60, "klein": 25}
HELD_OUT = 20


def check(data: NluData) -> Iterable[Problem]:
    """Find intents below the minimum of their importance."""
    for intent, entry in data.registry.items():
        need = MINIMUM[entry.get("importance", "klein")]
        for sentences, minimum in ((data.training.get(intent), need), (data.held_out.get(intent), HELD_OUT)):
            if sentences is not None and len(_different(sentences)) < minimum:
                path = sentences[0].path if sentences else f"{entry.get('topic')}/{intent}.yml"
                yield Problem(
                    path, None, f"Nur {len(_different(sentences))} verschiedene Sätze – nötig sind {minimum}."
                )


def _different(sentences: list[Sentence]) -> set[str]:
    return {sentence.key for sentence in sentences}
