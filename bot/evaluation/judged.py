"""Sentences whose intent is known, with how they were understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.pipeline import FALLBACK, Pipeline, Reading
from bot.evaluation.shares import Share


@dataclass(frozen=True)
class Judged:
    """One sentence."""

    text: str
    meant: str
    reading: Reading

    @property
    def right(self) -> bool:
        """Whether the bot goes by the intent that was meant; asking back is not right."""
        return self.reading.intent == self.meant

    @property
    def asked_back(self) -> bool:
        """Whether the bot asks back."""
        return self.reading.intent == FALLBACK


def judge(pipeline: Pipeline, sentences: Mapping[str, Sequence[str]]) -> list[Judged]:
    """Understand the sentences of each intent."""
    return [Judged(text, meant, pipeline.read(text)) for meant, texts in sentences.items() for text in texts]


def accuracy(judged: Sequence[Judged]) -> Share:
    """Return the share of right ones."""
    return Share.of(sum(each.right for each in judged), len(judged))


def macro_f1(judged: Sequence[Judged]) -> float:
    """Return the F1 per intent, averaged over the intents that are meant."""
    from sklearn.metrics import f1_score

    meant = [each.meant for each in judged]
    understood = [each.reading.intent for each in judged]
    return float(f1_score(meant, understood, labels=sorted(set(meant)), average="macro", zero_division=0))
