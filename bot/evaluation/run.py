"""One run: train once, measure everything with that model, say what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.curation.nlu_data import NluData, load_nlu_data
from bot.errors import NavigatorError
from bot.evaluation import entities, intents
from bot.evaluation.bars import BACKGROUND, XSID
from bot.evaluation.calibration import calibration
from bot.evaluation.judged import Judged, judge
from bot.evaluation.learning import learning_curve
from bot.evaluation.other_author import other_author
from bot.evaluation.pipeline import Config, Find, Pipeline, texts_of
from bot.evaluation.report import Report
from bot.evaluation.robustness import robustness
from bot.evaluation.scope import scope
from bot.evaluation.training_time import training_seconds
from bot.evaluation.turns_to_goal import measure as measure_turns
from bot.evaluation.xsid import read_conll, xsid
from knowledge_base.schema.place import Places

Say = Callable[[str], None]

_TESTS = Path("tests") / "nlu"


@dataclass(frozen=True)
class Inputs:
    """What is measured, and with what."""

    root: Path
    """The project folder."""
    shared: Path
    """Folder with test material that does not belong to the project; parts of it may be missing."""
    data: NluData
    find: Find
    places: Places
    config: Config

    @property
    def xsid(self) -> Path:
        """Where the outside yardstick lies."""
        return self.shared / "bench" / "xsid-de"

    @property
    def held_out(self) -> dict[str, list[str]]:
        """Intent → sentences to judge."""
        return texts_of({i: s for i, s in self.data.held_out.items() if i in self.data.registry})


def load_inputs(root: Path, shared: Path) -> Inputs:
    """Read sentences, catalogue and configuration; the recogniser remembers what it has read.

    Raises:
        NavigatorError: If there are no sentences to train on or to judge.
    """
    from knowledge_base.loader import load_catalogue
    from knowledge_base.recognise.recogniser import Recogniser

    data = load_nlu_data(root)
    if not data.training or not data.held_out:
        raise NavigatorError(f"{root}: Es fehlen Trainingssätze oder Prüfsätze – bitte prüfen Sie das Verzeichnis.")
    catalogue = load_catalogue(root / "knowledge_base" / "catalogue")
    find = lru_cache(maxsize=None)(Recogniser(catalogue).find)
    return Inputs(root, shared, data, find, catalogue.places, Config.read(root / "config.yml"))


def understand(inputs: Inputs) -> tuple[Pipeline, list[Judged]]:
    """Train on the training sentences and judge the held-out ones."""
    pipeline = Pipeline.train(texts_of(inputs.data.training), inputs.find, inputs.config)
    return pipeline, judge(pipeline, inputs.held_out)


def evaluate(inputs: Inputs, now: dt.datetime, say: Say, fast: bool = False) -> Report:
    """Measure.

    Args:
        inputs: What is measured.
        now: When the report is made.
        say: Takes German lines of progress.
        fast: Judge the held-out sentences only.
    """
    say("Das Modell wird trainiert …")
    pipeline, judged = understand(inputs)
    report = Report(
        made=now.isoformat(timespec="seconds"),
        training_sentences=sum(map(len, inputs.data.training.values())),
        intents=intents.report(judged),
        calibration=calibration(judged),
    )
    if fast:
        return replace(report, skipped=["Nur die Prüfsätze wurden gemessen (--fast)."])
    return _with_the_rest(report, inputs, pipeline, judged, say)


def backgrounds(inputs: Inputs) -> dict[str, list[str]]:
    """Return the sets of foreign sentences that are there."""
    given = yaml.safe_load((inputs.root / _TESTS / "background.yml").read_text(encoding="utf-8"))["sentences"]
    found = {BACKGROUND: [item["text"] if isinstance(item, Mapping) else str(item) for item in given]}
    file = inputs.xsid / "de.test.conll"
    if file.is_file():
        found[XSID] = [text for text, _ in read_conll(file)]
    return found


def _with_the_rest(report: Report, inputs: Inputs, pipeline: Pipeline, judged: list[Judged], say: Say) -> Report:
    say("Fremde Sätze, andere Autoren und xSID …")
    others = other_author(inputs.root / _TESTS / "other_author.yml", inputs.shared / "eval", pipeline)
    outside = xsid(inputs.xsid, inputs.find, inputs.config.shape)
    bounds = scope(judged, backgrounds(inputs), pipeline)
    say("Benennungen …")
    named = _entities(inputs)
    say("Tippfehler und andere Störungen …")
    noise = robustness(judged, pipeline)
    say("Lernkurve …")
    curve = list(learning_curve(texts_of(inputs.data.training), judged, inputs.find, inputs.config))
    say("Gespräche bis zum Ziel …")
    turns = measure_turns()
    say("Dauer des Trainings …")
    seconds, failed = _training(inputs.root)
    missing = {
        f"Sätze anderer Autoren: {inputs.shared / 'eval'} oder die Kennzeichnung fehlt.": others is None,
        f"xSID: {inputs.xsid} fehlt.": outside is None,
        f"Dauer des Trainings: {failed}": seconds is None,
    }
    return replace(
        report,
        scope=bounds,
        entities=named,
        robustness=noise,
        learning=curve,
        other_author=others,
        xsid=outside,
        training_seconds=seconds,
        turns=turns,
        skipped=[line for line, left_out in missing.items() if left_out],
    )


def _entities(inputs: Inputs) -> dict[str, dict[str, Any]]:
    """Judge the recogniser on the annotated sentences of the intents, on those written for it, and on all."""
    twins = [sentence for found in inputs.data.held_out.values() for sentence in found]
    written = [sentence for found in inputs.data.entities.values() for sentence in found]
    sets = {"all": twins + written, **({"intents": twins, "entities": written} if written else {})}
    return {
        name: entities.measure_sentences(sentences, inputs.find, inputs.places).as_dict()
        for name, sentences in sets.items()
    }


def _training(root: Path) -> tuple[float | None, str]:
    try:
        return training_seconds(root), ""
    except NavigatorError as error:
        return None, str(error)
