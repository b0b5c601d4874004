"""How the intents stand: sentences, owner, how well each is understood, with what it is confused, what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bot.curation.checks.enough_sentences import HELD_OUT, MINIMUM
from bot.curation.corpus import Corpus
from bot.curation.model_reports import Confusion, ModelReport

WEAK = 0.8
"""Below this F1 an intent needs work."""
_MANY = 4
"""So many times the usual number of sentences pull others to an intent."""
_SHOWN = 3


@dataclass(frozen=True)
class Confused:
    """Held-out sentences taken for another intent."""

    title: str
    sentences: Sequence[str]


@dataclass(frozen=True)
class IntentRow:
    """One intent."""

    name: str
    title: str
    owner: str
    topic: str
    description: str
    training: int
    held_out: int
    right: tuple[int, int] | None
    """How many of how many held-out sentences; ``None`` if nothing was measured."""
    f1: float | None
    confused: Sequence[Confused]
    """The most frequent first."""
    hints: Sequence[str]
    """German sentences: what it lacks."""


def overview(corpus: Corpus, report: ModelReport | None) -> list[IntentRow]:
    """Return all intents in order of their titles.

    Args:
        corpus: The sentences.
        report: What was measured last.
    """
    confused: dict[str, list[Confusion]] = {}
    for each in report.confusions if report else ():
        confused.setdefault(each.meant, []).append(each)
    usual = _usual(corpus)
    rows = [_row(corpus, name, report, confused.get(name, ()), usual) for name in corpus.data.registry]
    return sorted(rows, key=lambda row: row.title.casefold())


def row_of(corpus: Corpus, name: str, report: ModelReport | None) -> IntentRow | None:
    """Return one intent; ``None`` if there is no such."""
    if name not in corpus.data.registry:
        return None
    confused = [each for each in report.confusions if each.meant == name] if report else []
    return _row(corpus, name, report, confused, _usual(corpus))


def _usual(corpus: Corpus) -> float:
    return median([len(found) for found in corpus.data.training.values()] or [0])


def _row(
    corpus: Corpus, name: str, report: ModelReport | None, taken: Sequence[Confusion], usual: float
) -> IntentRow:
    entry = corpus.data.registry[name]
    training, held_out = (len(found.get(name, ())) for found in (corpus.data.training, corpus.data.held_out))
    f1 = report.f1.get(name) if report else None
    confused = [Confused("fragt nach" if each.understood == "nlu_fallback" else corpus.title(each.understood),
                         each.sentences) for each in taken[:_SHOWN]]
    return IntentRow(
        name, str(entry.get("title", name)), str(entry.get("owner", "")), str(entry.get("topic", "")),
        str(entry.get("description", "")), training, held_out, report.intents.get(name) if report else None, f1,
        confused, _hints(entry, training, held_out, f1, usual))


def _hints(entry: dict[str, Any], training: int, held_out: int, f1: float | None, usual: float) -> list[str]:
    need = MINIMUM[entry.get("importance", "klein")]
    found = []
    if training < need:
        found.append(f"Es fehlen {need - training} Beispiele.")
    if held_out < HELD_OUT:
        found.append(f"Es fehlen {HELD_OUT - held_out} Prüfsätze.")
    if f1 is not None and f1 < WEAK:
        found.append("Wird zu oft verwechselt: Schreiben Sie Beispiele, wie die verwechselten Sätze klingen.")
    if usual and training > _MANY * usual:
        found.append("Hat viel mehr Beispiele als üblich und zieht andere Sätze an.")
    return found
