"""Whether more training sentences would still help: the same measurement with a part of them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.judged import Judged, accuracy, judge, macro_f1
from bot.evaluation.pipeline import Config, Find, Pipeline

SHARES = (0.1, 0.25, 0.5, 0.75)
"""Parts of the training sentences; all of them are measured anyway."""


@dataclass(frozen=True)
class Point:
    """One point of the curve."""

    share: float
    sentences: int
    accuracy: float
    macro_f1: float


def learning_curve(
    training: Mapping[str, Sequence[str]],
    judged: Sequence[Judged],
    find: Find,
    config: Config,
    shares: Sequence[float] = SHARES,
) -> Iterator[Point]:
    """Train on parts of the sentences and judge the same held-out ones.

    Args:
        training: Intent → sentences.
        judged: The held-out sentences as the pipeline trained on everything understands them: the last point.
        find: Recognises what a sentence names.
        config: The shipped configuration.
        shares: Parts to train on.
    """
    held_out: dict[str, list[str]] = {}
    for each in judged:
        held_out.setdefault(each.meant, []).append(each.text)
    for share in shares:
        some = part(training, share)
        yield _point(share, some, judge(Pipeline.train(some, find, config), held_out))
    yield _point(1.0, training, judged)


def part(training: Mapping[str, Sequence[str]], share: float) -> dict[str, list[str]]:
    """Return that share of each intent's sentences, at least two; a larger share holds all of a smaller one."""
    chosen = {}
    for intent, texts in training.items():
        shuffled = sorted(dict.fromkeys(texts))
        random.Random(intent).shuffle(shuffled)
        chosen[intent] = shuffled[: max(2, math.ceil(share * len(shuffled)))]
    return chosen


def _point(share: float, training: Mapping[str, Sequence[str]], judged: Sequence[Judged]) -> Point:
    return Point(share, sum(map(len, training.values())), accuracy(judged).value, macro_f1(judged))
