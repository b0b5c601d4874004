"""What must not get worse beside the intents: what sentences name, who gets what, and whole conversations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.curation.model_reports import Area, ModelReport, percent
from bot.curation.nlu_data import NluData
from bot.evaluation.entities import KINDS, EntityReport, measure, measure_sentences
from knowledge_base.recognise.mention import Mention
from knowledge_base.schema.place import Places

NAMED, ENTITLED, TALKED = "Genanntes in Prüfsätzen", "Probefälle: wer bekommt was", "Aufgezeichnete Gespräche"
FLOORS = Path("tests") / "nlu" / "entities" / "floors.yml"
_KINDS = {"place": "Orte", "programme": "Programme", "employees": "Zahl der Beschäftigten", "audience": "Zielgruppen",
          "topic": "Themen"}
_SETS = {"held_out": "in den Prüfsätzen der Absichten", "entities": "in den Sätzen für Genanntes"}


@dataclass(frozen=True)
class Named:
    """What a model finds named in sentences."""

    reports: Mapping[str, EntityReport] = field(default_factory=dict)
    """Set of sentences → what was measured."""

    @property
    def misses(self) -> list[str]:
        """Sentences with something missing or wrong, in German."""
        return [f"„{miss.sentence.text}“: {_KINDS[miss.kind]}" for report in self.reports.values()
                for miss in report.misses]


def named(data: NluData, parsed: Mapping[str, Mapping[str, Any]], places: Places) -> Named:
    """Judge what a model found in the annotated sentences.

    Args:
        data: The sentences.
        parsed: Text → parse data of the model.
        places: Tells which Gemeinde belongs to which Kreis.
    """
    def find(text: str) -> Sequence[Mention]:
        return [Mention(each["entity"], each["value"], each["start"], each["end"], each.get("confidence_entity", 1.0))
                for each in parsed[text]["entities"]]

    further = [each for found in data.entities.values() for each in found]
    return Named({"held_out": measure(data, find, places), "entities": measure_sentences(further, find, places)})


def named_area(now: Named, before: Named | None) -> Area:
    """Return how what is named compares with the model in use."""
    scores = [score for report in now.reports.values() for score in report.scores.values()]
    known = [score for report in before.reports.values() for score in report.scores.values()] if before else []
    return Area(NAMED, sum(score.right for score in scores), sum(score.labelled for score in scores),
                sum(score.right for score in known) if before else None,
                sorted(set(now.misses) - set(before.misses)) if before else [])


def below_floors(now: Named, root: Path) -> list[str]:
    """Return German sentences on what is found less well than its floor says."""
    file = root / FLOORS
    floors = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return [
        f"{_KINDS[kind]} {_SETS[name]}: F1 {percent(now.reports[name].scores[kind].f1)}, nötig sind {percent(floor)}."
        for name, kinds in floors.items() for kind, floor in kinds.items()
        if kind in KINDS and now.reports[name].scores[kind].f1 < floor]


def counted_area(title: str, failed: Collection[str], total: int, before: Collection[str] | None,
                 note: str = "") -> Area:
    """Return how many cases go well, and which go wrong that went well before."""
    worse = sorted(set(failed) - set(before or ()))
    return Area(title, total - len(failed), total, None if before is None else total - len(before),
                worse if before is not None else [], note, sorted(failed))


def failed_before(report: ModelReport | None, title: str) -> Collection[str] | None:
    """Return what failed when a model was measured; ``None`` if that is not known."""
    area = next((each for each in report.areas if each.title == title), None) if report else None
    return area.failed if area else None


def worse_in(areas: Sequence[Area]) -> list[str]:
    """Return German sentences on whole cases that went well before; single words are judged by their floors."""
    return [f"{area.title}: {len(area.worse)} {'geht' if len(area.worse) == 1 else 'gehen'} nicht mehr gut aus."
            for area in areas if area.title != NAMED and area.worse]
