"""Measure what is understood of a held-out sentence against what a person reads in it.

A sentence counts only if it carries ``entities``. Then the label is complete: what it does not name is not there,
and ``entities: {}`` says that nothing may be found. A sentence without the field has not been annotated: not scored.

    place            id of a Gemeinde, Kreis or region, or a list of ids; a Gemeinde and its Kreis count as the same
    place_outside    id of a place outside North Rhine-Westphalia
    place_ambiguous  ids of the places an ambiguous name may mean
    programme        id or list of ids
    employees        how many people the firm has; ``employees_range: [from, to]`` if it is not one number
    topics           everything the sentence is about
    audience         for whom help is sought, as the conversation takes it; of a list any one is right

A value ending in „?“ may be read into the sentence: to find it is neither right nor wrong. The same holds for a topic
or an audience that follows from nothing but the name of a programme („Gründungszuschuss“).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from actions.memory import Memory
from actions.understanding import Message, understand
from bot.curation.nlu_data import NluData, Sentence
from knowledge_base.recognise.mention import Mention, overlap
from knowledge_base.schema.place import Places

Find = Callable[[str], Sequence[Mention]]
Value = tuple[str, Any]
"""Name of the entity and its value, comparable."""

KINDS: dict[str, tuple[str, ...]] = {
    "place": ("place", "place_outside", "place_ambiguous"),
    "programme": ("programme",),
    "employees": ("employees", "employees_range"),
    "audience": ("audience",),
    "topic": ("topic",),
}
"""Kind → entities of the recogniser that belong to it."""
_SURE = 0.8
"""What is less sure the conversation does not take as said."""
_FOLLOWS = ("topic", "audience")
"""Entities that may follow from the name of a programme alone."""
_WHOLE = ("place_ambiguous", "employees_range")
"""Entities whose value is itself a list."""


@dataclass(frozen=True)
class Score:
    """How well one kind is found, over all sentences together (micro)."""

    labelled: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of the found ones that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled ones that are found."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.labelled + self.found
        return 2 * self.right / both if both else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.labelled + other.labelled, self.found + other.found, self.right + other.right)


@dataclass(frozen=True)
class Miss:
    """A sentence in which one kind is not what a person reads."""

    kind: str
    sentence: Sentence
    missing: list[Value]
    wrong: list[Value]

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        where = {"text": self.sentence.text, "path": self.sentence.path, "line": self.sentence.line}
        return {"kind": self.kind, **where, "missing": self.missing, "wrong": self.wrong}


@dataclass(frozen=True)
class EntityReport:
    """How well entities are recognised."""

    sentences: int
    """Annotated sentences; the others are not scored."""
    scores: dict[str, Score]
    """Kind → score."""
    misses: list[Miss]

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        scores = {
            kind: {**asdict(s), "precision": s.precision, "recall": s.recall, "f1": s.f1}
            for kind, s in self.scores.items()
        }
        return {"sentences": self.sentences, "scores": scores, "misses": [miss.as_dict() for miss in self.misses]}


def measure(data: NluData, find: Find, places: Places) -> EntityReport:
    """Judge the held-out sentences of the intents; those written for entities are in ``data.entities``.

    Args:
        data: Training and held-out sentences.
        find: Recognises what a sentence names, as the pipeline does.
        places: Tells which Gemeinde belongs to which Kreis.
    """
    return measure_sentences((s for found in data.held_out.values() for s in found), find, places)


def measure_sentences(sentences: Iterable[Sentence], find: Find, places: Places) -> EntityReport:
    """Judge the annotated ones of the sentences."""
    annotated = [sentence for sentence in sentences if sentence.entities is not None]
    kreis_of = {gemeinde.id: kreis.id for kreis in places.kreise for gemeinde in kreis.gemeinden}
    scores = {kind: Score() for kind in KINDS}
    misses: list[Miss] = []
    for sentence in annotated:
        mentions = _counted(find(sentence.text))
        for kind in KINDS:
            labelled, found = _compared(sentence, kind, _found(sentence.text, mentions, kind), kreis_of)
            missing = [value for value in labelled if not _among(value, found, kreis_of)]
            wrong = [value for value in found if not _among(value, labelled, kreis_of)]
            right = len(labelled) - len(missing)
            scores[kind] += Score(len(labelled), right + len(wrong), right)
            if missing or wrong:
                misses.append(Miss(kind, sentence, missing, wrong))
    return EntityReport(len(annotated), scores, misses)


def _counted(mentions: Sequence[Mention]) -> list[Mention]:
    """The sure ones, without what follows from nothing but the name of a programme."""
    sure = [m for m in mentions if m.confidence >= _SURE]
    names = [m for m in sure if m.entity == "programme"]
    return [m for m in sure if m.entity not in _FOLLOWS or not any(overlap(m, name) for name in names)]


def _found(text: str, mentions: list[Mention], kind: str) -> list[Value]:
    if kind == "audience":
        taken = understand(Memory(), Message(text, None, [_entity(m) for m in mentions])).audience
        return [("audience", taken)] if taken else []
    found = [m for m in mentions if m.entity in KINDS[kind]]
    return list(dict.fromkeys((m.entity, _comparable(m.entity, m.value)) for m in found))


def _entity(mention: Mention) -> dict[str, Any]:
    """The mention as the conversation gets it."""
    return {
        "entity": mention.entity,
        "value": mention.value,
        "start": mention.start,
        "end": mention.end,
        "confidence_entity": mention.confidence,
    }


def _compared(
    sentence: Sentence, kind: str, found: list[Value], kreis_of: dict[str, str]
) -> tuple[list[Value], list[Value]]:
    """What must be found and what was, without what may be read into the sentence."""
    labelled: list[Value] = []
    optional: list[Value] = []
    for entity in KINDS[kind]:
        for value, certain in _labels(entity, sentence.entities or {}):
            (labelled if certain else optional).append((entity, value))
    if kind == "audience":
        labelled = [value for value in labelled if value in found] or labelled[:1]
    return labelled, [v for v in found if _among(v, labelled, kreis_of) or not _among(v, optional, kreis_of)]


def _labels(entity: str, label: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
    """The labelled values of one entity, and whether each is certain."""
    labelled = label.get("topics" if entity == "topic" else entity)
    if labelled is None:
        return
    for value in labelled if isinstance(labelled, list) and entity not in _WHOLE else [labelled]:
        certain = not str(value).endswith("?")
        bare = value if certain else str(value)[:-1]
        yield _comparable(entity, int(bare) if entity == "employees" else bare), certain


def _comparable(entity: str, value: Any) -> Any:
    if entity == "place_ambiguous":
        return tuple(sorted(value))
    return tuple(value) if isinstance(value, (list, tuple)) else value


def _among(value: Value, others: list[Value], kreis_of: dict[str, str]) -> bool:
    """Whether a value, or for a place its Kreis or one of its Gemeinden, is among the others."""
    entity, one = value
    if value in others:
        return True
    same = [other for kind, other in others if kind == entity == "place"]
    return any(kreis_of.get(one) == other or kreis_of.get(other) == one for other in same)
