"""What was measured when somebody last accepted it: numbers, floors, and the sentences that fail.

Three files in ``tests/nlu``, written by ``python -m bot evaluate --accept`` and by nothing else: ``accepted.json``
(the measures, for comparison), ``baseline.yml`` (floors) and ``known_failures.yml`` (held-out sentences that are not
understood). ``tests/nlu/test_held_out.py`` compares the present model with the last two.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import NavigatorError
from bot.evaluation.bars import measures
from bot.evaluation.intents import IntentReport
from bot.evaluation.report import Report

FOLDER = Path("tests") / "nlu"
ACCEPTED, FLOORS, KNOWN = "accepted.json", "baseline.yml", "known_failures.yml"

MARGIN = 0.005
"""So far below the measured accuracy and macro-F1 is their floor; an intent may lose one sentence."""

_WRITTEN_BY = "Written by `python -m bot evaluate --accept`, not by hand."
_FLOORS_HEAD = f"# Floors for the held-out sentences. {_WRITTEN_BY}\n"
_KNOWN_HEAD = f"# Held-out sentences that are not understood yet; the list may only shrink.\n# {_WRITTEN_BY}\n"


@dataclass(frozen=True)
class Floors:
    """What must not be undercut."""

    accuracy: float
    macro_f1: float
    intents: dict[str, float]
    """Intent → least share of right ones."""


@dataclass(frozen=True)
class Changes:
    """Held-out sentences against the list of known failures, as „intent: sentence“."""

    fail_now: list[str]
    """Fail, but are not listed."""
    pass_now: list[str]
    """Listed, but pass or exist no more."""


def read_accepted(root: Path) -> dict[str, Any]:
    """Return ``day``, ``measures`` and ``stock`` as last accepted; empty if nobody has accepted anything."""
    file = root / FOLDER / ACCEPTED
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


def read_floors(root: Path) -> Floors | None:
    """Return the floors, or ``None`` if there are none."""
    file = root / FOLDER / FLOORS
    if not file.is_file():
        return None
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Floors(given["accuracy"], given["macro_f1"], given.get("intents") or {})


def read_known(root: Path) -> dict[str, list[str]] | None:
    """Return the sentences known to fail, by intent, or ``None`` if there is no list."""
    file = root / FOLDER / KNOWN
    return (yaml.safe_load(file.read_text(encoding="utf-8")) or {}) if file.is_file() else None


def changes(known: Mapping[str, list[str]], failing: Mapping[str, list[str]]) -> Changes:
    """Compare the list with what fails now."""
    listed, now = _flat(known), _flat(failing)
    return Changes(fail_now=sorted(now - listed), pass_now=sorted(listed - now))


def failing(report: IntentReport) -> dict[str, list[str]]:
    """Return the sentences that are not understood, by intent."""
    found: dict[str, list[str]] = {}
    for confusion in report.confusions:
        found.setdefault(confusion.meant, []).extend(confusion.sentences)
    return {intent: sorted(found[intent]) for intent in sorted(found)}


def worse(root: Path, report: IntentReport) -> list[str]:
    """Return German lines: what is worse than the last accepted state."""
    lines = []
    floors, known = read_floors(root), read_known(root)
    if floors and report.accuracy.value < floors.accuracy:
        lines.append(f"Genauigkeit {report.accuracy.value:.3f} liegt unter {floors.accuracy:.3f}.")
    if floors and report.macro_f1 < floors.macro_f1:
        lines.append(f"Makro-F1 {report.macro_f1:.3f} liegt unter {floors.macro_f1:.3f}.")
    count = sum(map(len, failing(report).values()))
    if known is not None and count > len(_flat(known)):
        lines.append(f"{count} Prüfsätze werden nicht verstanden; bekannt waren {len(_flat(known))}.")
    return lines


def accept(root: Path, report: Report, today: str, reason: str | None = None) -> None:
    """Write numbers, floors and list anew. Measures that this run did not take keep their old value.

    Args:
        root: The project folder.
        report: What was measured.
        today: The day, in ISO format.
        reason: Why something may be worse than before; it is kept in the file of the floors.

    Raises:
        NavigatorError: If something is worse and no reason is given.
    """
    lines = worse(root, report.intents)
    if lines and not reason:
        raise NavigatorError(
            f"Nicht übernommen, denn es ist schlechter als zuletzt: {' '.join(lines)} "
            'Wenn das so sein soll, nennen Sie den Grund: --accept --reason "…".'
        )
    before = read_accepted(root)
    accepted = {
        "day": today,
        "sentences": report.intents.accuracy.total,
        "measures": {**before.get("measures", {}), **{k: round(v, 4) for k, v in measures(report).items()}},
        "stock": report.stock or before.get("stock"),
    }
    folder = root / FOLDER
    _write(folder / ACCEPTED, json.dumps(accepted, ensure_ascii=False, indent=1) + "\n")
    _write(folder / FLOORS, _FLOORS_HEAD + _yaml(floors_of(report.intents, today, reason)))
    _write(folder / KNOWN, _KNOWN_HEAD + _yaml(failing(report.intents)))


def floors_of(report: IntentReport, today: str, reason: str | None) -> dict[str, Any]:
    """Return the floors that follow from a measurement."""
    return {
        "day": today,
        **({"reason": reason} if reason else {}),
        "accuracy": _down(report.accuracy.value - MARGIN),
        "macro_f1": _down(report.macro_f1 - MARGIN),
        "intents": {
            score.intent: _down(max(0, score.right - 1) / score.sentences)
            for score in sorted(report.intents, key=lambda score: score.intent)
        },
    }


def _flat(sentences: Mapping[str, list[str]]) -> set[str]:
    return {f"{intent}: {text}" for intent, texts in sentences.items() for text in texts}


def _down(value: float) -> float:
    return math.floor(value * 1000) / 1000


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
