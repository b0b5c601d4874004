"""Everything that was measured in one run; plain values, so that it can be stored as JSON."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from bot.evaluation.calibration import Calibration
from bot.evaluation.intents import IntentReport
from bot.evaluation.learning import Point
from bot.evaluation.other_author import OtherAuthorReport
from bot.evaluation.robustness import Loss
from bot.evaluation.scope import ScopeReport
from bot.evaluation.turns_to_goal import TurnsReport
from bot.evaluation.xsid import XsidReport


@dataclass(frozen=True)
class Report:
    """One run. What was not measured is ``None`` or empty, and ``skipped`` says why."""

    made: str
    """When, in ISO format."""
    training_sentences: int
    intents: IntentReport
    calibration: Calibration
    scope: ScopeReport | None = None
    entities: dict[str, dict[str, Any]] | None = None
    """Reports of ``bot.evaluation.entities`` as plain values, by set of sentences; ``all`` is the one that counts."""
    robustness: list[Loss] = field(default_factory=list)
    learning: list[Point] = field(default_factory=list)
    other_author: OtherAuthorReport | None = None
    xsid: XsidReport | None = None
    training_seconds: float | None = None
    turns: TurnsReport | None = None
    stock: dict[str, Any] | None = None
    """The last comparison with stock Rasa, with the day it was measured as ``day``."""
    skipped: list[str] = field(default_factory=list)
    """German lines: what was left out, and why."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return dataclasses.asdict(self)
