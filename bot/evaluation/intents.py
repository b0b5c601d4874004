"""Measure the intent classifier on the held-out sentences, without Rasa: the same masking, the same model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score, recall_score

from bot.curation.nlu_data import NluData, Sentence
from bot.nlu.linear_model import LinearModel, Shape
from bot.nlu.masking import masked
from knowledge_base.recognise.mention import Mention

Find = Callable[[str], Sequence[Mention]]


@dataclass(frozen=True)
class Report:
    """How well intents are recognised."""

    sentences: int
    accuracy: float
    """Share of held-out sentences with the right intent."""
    macro_f1: float
    """F1 per intent, averaged over intents."""
    recall: dict[str, float]
    """Share of right ones per intent."""
    confusions: list[tuple[str, str, int]]
    """Meant, understood, how often; the most frequent first."""

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {**self.__dict__, "confusions": [list(each) for each in self.confusions]}


def measure(data: NluData, find: Find, shape: Shape | None = None) -> Report:
    """Train on the training sentences and judge the held-out ones.

    Args:
        data: Training and held-out sentences.
        find: Recognises what a sentence names, as the pipeline does.
        shape: Hyperparameters; by default those that are shipped.
    """
    texts, labels = _flat(data.training, find)
    model = LinearModel.fit(texts, labels, shape or Shape())
    texts, meant = _flat(data.held_out, find)
    understood = [model.chances(text)[0][0] for text in texts]
    names = sorted(set(meant))
    recalls = recall_score(meant, understood, labels=names, average=None, zero_division=0)
    wrong = Counter((m, u) for m, u in zip(meant, understood, strict=True) if m != u)
    return Report(
        sentences=len(texts),
        accuracy=float(np.mean([m == u for m, u in zip(meant, understood, strict=True)])),
        macro_f1=float(f1_score(meant, understood, labels=names, average="macro", zero_division=0)),
        recall={name: round(float(value), 3) for name, value in zip(names, recalls, strict=True)},
        confusions=[(m, u, n) for (m, u), n in wrong.most_common(30)],
    )


def _flat(sentences: dict[str, list[Sentence]], find: Find) -> tuple[list[str], list[str]]:
    pairs = [(mask(s.text, find), intent) for intent, found in sentences.items() for s in found]
    return [text for text, _ in pairs], [intent for _, intent in pairs]


def mask(text: str, find: Find) -> str:
    """Mask a sentence as the pipeline does."""
    entities = [
        {"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "confidence_entity": m.confidence}
        for m in find(text)
    ]
    return masked(text, entities)
