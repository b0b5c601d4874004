"""A tiny bot with three intents, its sentences, and a report on it, all made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.evaluation import intents
from bot.evaluation.calibration import calibration
from bot.evaluation.judged import Judged
from bot.evaluation.learning import Point
from bot.evaluation.other_author import OtherAuthorReport, OtherMiss
from bot.evaluation.pipeline import Config, Pipeline, Reading
from bot.evaluation.report import Report
from bot.evaluation.robustness import Loss
from bot.evaluation.scope import Background, ScopeReport
from bot.evaluation.shares import Share
from bot.evaluation.turns_to_goal import Order, TurnsReport
from bot.evaluation.xsid import XsidReport
from knowledge_base.recognise.mention import Mention

TRAINING = {
    "gruss": ["hallo", "guten tag", "moin zusammen", "hallo du da", "schönen guten tag", "tach auch"],
    "programm_frist": [
        "bis wann",
        "welche frist gilt",
        "wann ist annahmeschluss",
        "bis wann muss ich",
        "frist bitte",
    ],
    "ausser_themen": ["wie wird das wetter", "kuchen backen", "wer gewinnt das spiel", "katze hat flöhe", "witz"],
}


def find_names(text: str) -> list[Mention]:
    """Recognise one programme, one place and one kind of office."""
    names = {
        "Meisterbonus": ("programme", "meisterbonus"),
        "Hagen": ("place", "hagen"),
        "IHK": ("contact_kind", "ihk"),
    }
    return [
        Mention(entity, value, text.index(name), text.index(name) + len(name))
        for name, (entity, value) in names.items()
        if name in text
    ]


def pipeline(**config: Any) -> Pipeline:
    """Train the tiny bot."""
    return Pipeline.train(TRAINING, find_names, Config(**config))


def judged(text: str, meant: str, understood: str, confidence: float = 0.9) -> Judged:
    """A sentence that was understood like this."""
    return Judged(text, meant, Reading(understood, [{"name": understood, "confidence": confidence}]))


def turns_report() -> TurnsReport:
    """Talks in which the chosen question beats the fixed order."""

    def order(right: int) -> Order:
        turns = {"1": 10, "2": right - 10, "never": 40 - right}
        return Order(2.0, Share.of(right, 40), Share.of(right, 40), turns, {"unfit": 40 - right})

    return TurnsReport(40, 0.2, order(38), order(31), order(30))


def full_report(text: str = "hallo") -> Report:
    """A report in which everything was measured."""
    sentences = [
        judged(text, "gruss", "gruss"),
        judged("wann", "frist", "gruss", 0.4),
        judged("bis", "frist", "frist"),
    ]
    score = {"labelled": 2, "found": 2, "right": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    miss = {"kind": "place", "text": text, "path": "x.yml", "line": 1, "missing": [["place", "hagen"]], "wrong": []}
    half, numbers = Share.of(1, 2), {"accuracy": 0.8, "macro_f1": 0.8, "background_auroc": None, "median_ms": 2.0}
    pipeline_numbers = {**numbers, "p95_ms": 3.0, "training_seconds": 9.0, "benchmark_accuracy": 0.9}
    return replace(
        short_report(sentences),
        scope=ScopeReport(
            [Background("background", half, 0.9, [(text, "gruss")], [i / 100 for i in range(101)])],
            3,
            0.01,
            half,
            [i / 100 for i in range(101)],
            [1 - i / 100 for i in range(101)],
        ),
        entities={"all": {"sentences": 2, "scores": {"place": score}, "misses": [miss]}},
        robustness=[Loss("lower", 0.9, -0.01), Loss("typos", 0.8, 0.09)],
        learning=[Point(0.5, 10, 0.7, 0.6), Point(1.0, 20, 0.8, 0.7)],
        other_author=OtherAuthorReport(half, half, 0, [OtherMiss("abc-1", "gruss", "frist")]),
        xsid=XsidReport(3, {"de": half}),
        training_seconds=40.0,
        turns=turns_report(),
        stock={"day": "2026-01-01", "ours": pipeline_numbers, "stock": pipeline_numbers, "time_ratio": 0.25},
    )


def short_report(sentences: list[Judged]) -> Report:
    """A report on held-out sentences only."""
    return Report("2026-01-02T10:30:00", 16, intents.report(sentences), calibration(sentences))
