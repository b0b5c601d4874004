"""What was measured of a model, and what it does worse or better than the one in use. Kept in a file beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.evaluation.baseline import Floors
from bot.training import report_of

Readings = Mapping[str, Sequence[tuple[str, str]]]
"""Intent that is meant → sentences, each with the intent that was understood."""


@dataclass(frozen=True)
class Flip:
    """A held-out sentence that two models understand differently."""

    meant: str
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class Confusion:
    """Held-out sentences of one intent that are taken for another."""

    meant: str
    understood: str
    sentences: list[str]


@dataclass(frozen=True)
class Area:
    """Something beside the intents that must not get worse."""

    title: str
    """German."""
    right: int
    total: int
    before: int | None
    """How many the model in use does right; ``None`` if it was not measured."""
    worse: list[str]
    """What was right before and is wrong now."""
    note: str = ""
    """German sentence: what was left out, or why."""
    failed: list[str] = field(default_factory=list)
    """Everything that is wrong now."""


@dataclass(frozen=True)
class ModelReport:
    """What was measured of a model."""

    model: str
    """Name of its file."""
    made: str
    """Moment in ISO format."""
    who: str
    note: str
    sentences: int
    right: int
    macro_f1: float
    intents: dict[str, tuple[int, int]]
    """Intent → how many of how many sentences are right."""
    compared_with: str
    """The model in use at that time; empty if there was none."""
    compared_right: int
    worse: list[Flip]
    """Right before, wrong now."""
    better: list[Flip]
    problems: list[str]
    """German sentences: why it must not answer people."""
    f1: dict[str, float] = field(default_factory=dict)
    """Intent → F1."""
    confusions: list[Confusion] = field(default_factory=list)
    """The most frequent first."""
    calibration: float | None = None
    """How far confidence and truth are apart, on average."""
    areas: list[Area] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Share of right ones."""
        return self.right / self.sentences if self.sentences else 0.0

    @property
    def shares(self) -> list[tuple[str, tuple[int, int]]]:
        """How many of how many sentences of each intent are right, the weakest first."""
        return sorted(self.intents.items(), key=lambda pair: (pair[1][0] / max(1, pair[1][1]), pair[0]))


def compare(candidate: Readings, in_use: Readings | None) -> tuple[list[Flip], list[Flip]]:
    """Return the sentences that flip: those that are worse, and those that are better."""
    worse: list[Flip] = []
    better: list[Flip] = []
    for meant, pairs in candidate.items():
        known = dict((in_use or {}).get(meant, ()))
        for text, after in pairs:
            before = known.get(text, after)
            if before != after and meant in (before, after):
                (worse if before == meant else better).append(Flip(meant, text, before, after))
    return worse, better


def counts(readings: Readings) -> dict[str, tuple[int, int]]:
    """Return how many of how many sentences of each intent are right."""
    return {meant: (sum(said == meant for _, said in pairs), len(pairs)) for meant, pairs in readings.items()}


def f1_scores(readings: Readings) -> dict[str, float]:
    """Return the F1 of each intent."""
    found, said = counts(readings), Counter(said for pairs in readings.values() for _, said in pairs)
    return {intent: 2 * right / (total + said[intent]) for intent, (right, total) in found.items()}


def macro_f1(readings: Readings) -> float:
    """Return the F1 per intent, averaged over the intents."""
    scores = f1_scores(readings)
    return sum(scores.values()) / len(scores) if scores else 0.0


def confusions(readings: Readings) -> list[Confusion]:
    """Return what is taken for what, the most frequent first."""
    found: dict[tuple[str, str], list[str]] = {}
    for meant, pairs in readings.items():
        for text, said in pairs:
            if said != meant:
                found.setdefault((meant, said), []).append(text)
    return sorted((Confusion(*pair, texts) for pair, texts in found.items()),
                  key=lambda each: (-len(each.sentences), each.meant, each.understood))


def problems_of(readings: Readings, floors: Floors | None, titles: Mapping[str, str]) -> list[str]:
    """Return what falls below its floor, in German; nothing is measured against a floor that nobody set.

    Args:
        readings: How the model understands the held-out sentences.
        floors: What must not be undercut.
        titles: German names of the intents.
    """
    if not any(readings.values()):
        return ["Es gibt keine Prüfsätze: Ohne sie lässt sich kein Modell beurteilen."]
    if floors is None:
        return []
    found, all_right = counts(readings), sum(right for right, _ in counts(readings).values())
    accuracy = all_right / sum(total for _, total in found.values())
    lines = []
    if accuracy < floors.accuracy:
        lines.append(f"Insgesamt: {percent(accuracy)} richtig, nötig sind {percent(floors.accuracy)}.")
    if macro_f1(readings) < floors.macro_f1:
        lines.append(f"Makro-F1: {percent(macro_f1(readings))}, nötig sind {percent(floors.macro_f1)}.")
    for intent, floor in floors.intents.items():
        right, total = found.get(intent, (0, 0))
        if total and right / total < floor:
            name = titles.get(intent, intent)
            lines.append(f"„{name}“: {right} von {total} Prüfsätzen richtig, nötig sind {percent(floor)}.")
    return lines


def write_report(folder: Path, report: ModelReport) -> None:
    """Write what was measured beside the model, whole or not at all."""
    target = report_of(folder / report.model)
    draft = target.with_suffix(".neu")
    draft.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(target)


def read_report(model: Path) -> ModelReport | None:
    """Return what was measured of a model; ``None`` if nobody measured it or the file cannot be read."""
    file = report_of(model)
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=16)
def _read(file: Path, changed: int) -> ModelReport:
    data = json.loads(file.read_text(encoding="utf-8"))
    flips = {name: [Flip(**each) for each in data[name]] for name in ("worse", "better")}
    intents = {name: (right, total) for name, (right, total) in data["intents"].items()}
    further = {"confusions": [Confusion(**each) for each in data.get("confusions", ())],
               "areas": [Area(**each) for each in data.get("areas", ())]}
    return ModelReport(**{**data, **flips, **further, "intents": intents})


def percent(share: float) -> str:
    """Return a share as people read it."""
    return f"{100 * share:.1f} %".replace(".", ",")
