"""A bot that understands by a table: what refusing catches and costs can be counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bot.evaluation.judged import Judged
from bot.evaluation.pipeline import FALLBACK, Reading
from bot.evaluation.scope import scope, strangeness


def _reading(intent: str, **ranking: float) -> Reading:
    return Reading(intent, [{"name": name, "confidence": chance} for name, chance in ranking.items()])


OURS = [
    Judged("sure", "frist", _reading("frist", frist=0.9, ausser_themen=0.1)),
    Judged("refused though right", "frist", _reading("ausser_themen", ausser_themen=0.5, frist=0.4)),
    Judged("asked back though right", "hoehe", _reading(FALLBACK, hoehe=0.2, frist=0.19)),
    Judged("refused and wrong anyway", "hoehe", _reading("nachbarthema", nachbarthema=0.6, frist=0.3)),
]
FOREIGN = {
    "egg": _reading("ausser_themen", ausser_themen=0.9, frist=0.05),
    "turkish": _reading("fremdsprache", fremdsprache=1.0, frist=0.5),
    "unclear": _reading(FALLBACK, frist=0.1),
    "taken": _reading("frist", frist=0.95),
}


class Table:
    """Stands in for the pipeline."""

    def read(self, text: str) -> Reading:
        return FOREIGN[text]


def _scope() -> Any:
    outside = Judged("not ours", "ausser_themen", _reading("ausser_themen", ausser_themen=1.0))
    return scope([*OURS, outside], {"made up": list(FOREIGN)}, Table())  # type: ignore[arg-type]


def test_refusing_counts_each_way_to_say_no() -> None:
    background = _scope().backgrounds[0]
    assert (background.refused.right, background.refused.total) == (3, 4)
    assert background.answered == [("taken", "frist")]


def test_the_loss_counts_only_what_would_have_been_right() -> None:
    found = _scope()
    assert found.ours == 4
    assert found.refused.right == 3
    assert found.loss == pytest.approx(3 / 4 - 1 / 4)


def test_the_curve_goes_from_refusing_all_to_refusing_nothing() -> None:
    found = _scope()
    assert (found.thresholds[0], found.backgrounds[0].recalls[0], found.losses[0]) == (0, 1, 0.75)
    assert (found.thresholds[-1], found.backgrounds[0].recalls[-1], found.losses[-1]) == (1, 0, 0)
    assert found.losses == sorted(found.losses, reverse=True)


def test_strangeness_looks_at_our_intents_only() -> None:
    assert strangeness(FOREIGN["egg"]) == pytest.approx(0.95)
    assert strangeness(_reading("ausser_themen", ausser_themen=1.0)) == 1


def test_auroc_compares_with_our_sentences() -> None:
    strange = [strangeness(reading) for reading in FOREIGN.values()]
    ours = [strangeness(each.reading) for each in OURS]
    pairs = [(s > o) + 0.5 * (s == o) for s in strange for o in ours]
    assert _scope().backgrounds[0].auroc == pytest.approx(sum(pairs) / len(pairs))
