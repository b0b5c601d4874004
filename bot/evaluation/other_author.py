"""Sentences by other authors, labelled by somebody who knew only the registry.

``tests/nlu/other_author.yml`` holds ids and labels; the texts lie outside the repository and stay there. The report
names ids only, so that nobody writes training sentences against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.pipeline import Pipeline
from bot.evaluation.shares import Share


@dataclass(frozen=True)
class Label:
    """What a sentence wants."""

    intent: str
    also: frozenset[str] = frozenset()
    """Further readings that are right as well."""


@dataclass(frozen=True)
class OtherMiss:
    """A sentence that is understood differently, even with the further readings."""

    id: str
    meant: str
    understood: str


@dataclass(frozen=True)
class OtherAuthorReport:
    """How well the sentences are understood."""

    strict: Share
    """Only the first reading counts."""
    accepted: Share
    """Any of the readings counts."""
    without_text: int
    """Labels whose text was not found."""
    misses: list[OtherMiss]


def other_author(labels_file: Path, folder: Path, pipeline: Pipeline) -> OtherAuthorReport | None:
    """Judge the labelled sentences; ``None`` if labels or texts are not there."""
    if not labels_file.is_file():
        return None
    labels, texts = read_labels(labels_file), read_texts(folder)
    pairs = {id_: (label, pipeline.read(texts[id_]).intent) for id_, label in labels.items() if id_ in texts}
    if not pairs:
        return None
    strict = sum(understood == label.intent for label, understood in pairs.values())
    misses = [
        OtherMiss(id_, label.intent, understood)
        for id_, (label, understood) in pairs.items()
        if understood not in {label.intent, *label.also}
    ]
    return OtherAuthorReport(
        strict=Share.of(strict, len(pairs)),
        accepted=Share.of(len(pairs) - len(misses), len(pairs)),
        without_text=len(labels) - len(pairs),
        misses=misses,
    )


def read_labels(file: Path) -> dict[str, Label]:
    """Read id → label; a label is an intent or ``{intent, also}``."""
    given = yaml.safe_load(file.read_text(encoding="utf-8"))["labels"]
    return {
        id_: Label(label["intent"], frozenset(label.get("also", ()))) if isinstance(label, dict) else Label(label)
        for id_, label in given.items()
    }


def read_texts(folder: Path) -> dict[str, str]:
    """Return id → text of all questions and typed turns; turns are numbered from one within their dialogue."""
    return {
        id_: text
        for file in sorted(folder.glob("*.yaml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")) or []
        for id_, text in _texts(entry)
    }


def _texts(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if entry.get("text"):
        yield entry["id"], entry["text"]
    for number, turn in enumerate(entry.get("turns") or [], 1):
        if turn.get("text"):
            yield f"{entry['id']}-{number}", turn["text"]
