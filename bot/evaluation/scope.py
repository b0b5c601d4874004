"""Whether the bot knows its limits: foreign sentences must be refused, ours must not.

Refused means: sent elsewhere (``ausser_themen``, ``nachbarthema``, ``fremdsprache``) or asked back. What refusing
costs is the *loss*: the accuracy on our sentences if the bot always took the likeliest of our intents, minus the
accuracy as it is. The curve shows what a threshold on that intent's confidence alone would do; the shipped decision
is a point beside the curve, since it is no mere threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.judged import Judged
from bot.evaluation.pipeline import REFUSING, Pipeline, Reading
from bot.evaluation.shares import Share
from bot.nlu.linear_model import Floats

_STEPS = 101


@dataclass(frozen=True)
class Background:
    """A set of sentences foreign to our domain."""

    name: str
    refused: Share
    auroc: float
    """Chance that a foreign sentence looks stranger than one of ours."""
    answered: list[tuple[str, str]]
    """Sentences that are not refused, with the intent they are taken for."""
    recalls: list[float]
    """Share refused, per threshold of the curve."""


@dataclass(frozen=True)
class ScopeReport:
    """What is refused, and what that costs."""

    backgrounds: list[Background]
    ours: int
    """Sentences inside our domain."""
    loss: float
    """Accuracy lost on our sentences by refusing, as a share."""
    refused: Share
    """Sentences of ours that are refused, rightly understood or not."""
    thresholds: list[float]
    losses: list[float]
    """Loss per threshold of the curve."""


def scope(judged: Sequence[Judged], backgrounds: Mapping[str, Sequence[str]], pipeline: Pipeline) -> ScopeReport:
    """Measure refusing.

    Args:
        judged: The held-out sentences; those of the refusing intents do not count as ours.
        backgrounds: Name → foreign sentences.
        pipeline: Reads the foreign sentences.
    """
    ours = [each for each in judged if each.meant not in REFUSING]
    strange = np.array([strangeness(each.reading) for each in ours])
    right = np.array([_first_of_ours(each.reading)[0] == each.meant for each in ours])
    thresholds = np.linspace(0, 1, _STEPS)
    losses = [float((right & (strange >= limit)).mean()) for limit in thresholds]
    return ScopeReport(
        backgrounds=[_background(name, texts, pipeline, strange, thresholds) for name, texts in backgrounds.items()],
        ours=len(ours),
        loss=float(right.mean()) - sum(each.right for each in ours) / len(ours),
        refused=Share.of(sum(each.reading.intent in REFUSING for each in ours), len(ours)),
        thresholds=[float(limit) for limit in thresholds],
        losses=losses,
    )


def strangeness(reading: Reading) -> float:
    """Return how little a message looks like one of ours, from 0 to 1."""
    return 1 - _first_of_ours(reading)[1]


def _first_of_ours(reading: Reading) -> tuple[str | None, float]:
    for entry in reading.ranking:
        if entry["name"] not in REFUSING:
            return entry["name"], float(entry["confidence"])
    return None, 0.0


def _background(name: str, texts: Sequence[str], pipeline: Pipeline, ours: Floats, thresholds: Floats) -> Background:
    from sklearn.metrics import roc_auc_score

    readings = [pipeline.read(text) for text in texts]
    strange = np.array([strangeness(reading) for reading in readings])
    foreign = np.concatenate([np.zeros(len(ours)), np.ones(len(strange))])
    return Background(
        name=name,
        refused=Share.of(sum(reading.intent in REFUSING for reading in readings), len(readings)),
        auroc=float(roc_auc_score(foreign, np.concatenate([ours, strange]))),
        answered=[(text, r.intent) for text, r in zip(texts, readings, strict=True) if r.intent not in REFUSING],
        recalls=[float((strange >= limit).mean()) for limit in thresholds],
    )
