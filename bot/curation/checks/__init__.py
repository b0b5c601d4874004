"""What must hold across the training data: one rule per module, each with a broken example in the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.curation.checks import (
    enough_sentences,
    figures_in_texts,
    measured_only,
    one_intent_per_sentence,
    personal_data,
    registry_agrees,
    test_not_in_training,
    texts_say_what_they_are,
)
from bot.curation.nlu_data import NluData, load_nlu_data
from knowledge_base.problems import Problem, ordered

Check = Callable[[NluData], Iterable[Problem]]

CHECKS: dict[str, Check] = {
    module.__name__.rpartition(".")[2]: module.check
    for module in (
        registry_agrees,
        enough_sentences,
        one_intent_per_sentence,
        test_not_in_training,
        measured_only,
        personal_data,
        texts_say_what_they_are,
        figures_in_texts,
    )
}


def check_nlu_data(root: Path) -> list[Problem]:
    """Return all problems of the training data below ``root``, by file and line."""
    data = load_nlu_data(root)
    return ordered([*data.problems, *(problem for check in CHECKS.values() for problem in check(data))])
