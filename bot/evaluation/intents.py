"""How well intents are understood: in all, per intent, and what is taken for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.judged import Judged, accuracy, macro_f1
from bot.evaluation.shares import Share


@dataclass(frozen=True)
class IntentScore:
    """How well one intent is understood."""

    intent: str
    sentences: int
    right: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Confusion:
    """Sentences of one intent that are taken for the same other one."""

    meant: str
    understood: str
    sentences: list[str]


@dataclass(frozen=True)
class IntentReport:
    """How well intents are understood."""

    accuracy: Share
    """Share of sentences whose intent the bot goes by."""
    first_choice: Share
    """Share of sentences whose likeliest intent is right, even where the bot asks back."""
    asked_back: Share
    macro_f1: float
    intents: list[IntentScore]
    """The weakest first."""
    confusions: list[Confusion]
    """The most frequent first."""


def report(judged: Sequence[Judged]) -> IntentReport:
    """Sum up the sentences."""
    return IntentReport(
        accuracy=accuracy(judged),
        first_choice=Share.of(sum(each.reading.best == each.meant for each in judged), len(judged)),
        asked_back=Share.of(sum(each.asked_back for each in judged), len(judged)),
        macro_f1=macro_f1(judged),
        intents=sorted(_scores(judged), key=lambda score: (score.f1, score.intent)),
        confusions=_confusions(judged),
    )


def _scores(judged: Sequence[Judged]) -> list[IntentScore]:
    from sklearn.metrics import precision_recall_fscore_support

    names = sorted({each.meant for each in judged})
    rows = zip(
        names,
        *precision_recall_fscore_support(
            [each.meant for each in judged],
            [each.reading.intent for each in judged],
            labels=names,
            zero_division=0,
        ),
        strict=True,
    )
    right = {name: sum(each.right for each in judged if each.meant == name) for name in names}
    return [IntentScore(name, int(n), right[name], float(p), float(r), float(f)) for name, p, r, f, n in rows]


def _confusions(judged: Sequence[Judged]) -> list[Confusion]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in judged:
        if not each.right:
            found[each.meant, each.reading.intent].append(each.text)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Confusion(meant, understood, texts) for (meant, understood), texts in ordered]
