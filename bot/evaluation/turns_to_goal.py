"""How many messages somebody needs to a programme that fits and to the person responsible."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from statistics import median
from typing import Any

from actions.answer import Reply
from actions.services import Services
from bot.database import Base, open_engine
from bot.evaluation.oracle import FITS, NOT, Oracle
from bot.evaluation.population import SEED, Asker, population
from bot.evaluation.shares import Share
from bot.evaluation.simulated_talk import Find, Habits, Talk
from bot.instance import load_instance
from bot.settings import REPOSITORY, load_settings
from knowledge_base.answer_options import makes_sense
from knowledge_base.build import build
from knowledge_base.chances import Chances
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.recogniser import Recogniser
from knowledge_base.schema.programme import Programme
from knowledge_base.store import KnowledgeStore

CATALOGUE = REPOSITORY / "knowledge_base" / "catalogue"
DAY = dt.date(2026, 11, 22)
"""The day of the measurement; on another day other programmes are open."""
PEOPLE = 600
GOAL_TURNS = 3
_LIMIT = 8
"""After so many messages without reaching the goal somebody gives up."""


@dataclass(frozen=True)
class Outcome:
    """How one conversation went."""

    asker: Asker
    turns: int | None
    """Messages of the person until the goal; ``None`` if it was never reached."""
    said: tuple[str, ...]
    asked: tuple[str | None, ...]
    why: str
    """What was missing at the last reply."""
    shown: tuple[str, ...]


def missing(reply: Reply, asker: Asker, oracle: Oracle) -> str:
    """What a reply lacks of the goal; empty if it is reached."""
    shown = [one.programme.id for one in reply.programmes[:3]]
    verdicts = [oracle.judge(programme, asker.person) for programme in shown]
    if NOT in verdicts:
        return "unfit"
    if FITS not in verdicts:
        return "none_fits"
    contacts = {contact.id for contact in reply.contacts}
    return "" if contacts & oracle.responsible(asker.person, shown) else "contact"


def play(asker: Asker, oracle: Oracle, services: Services, find: Find, habits: Habits, chance: Random) -> Outcome:
    """Let one person talk until the goal is reached, the bot asks nothing more, or the person gives up."""
    said: list[str] = []
    asked: list[str | None] = []
    why = ""
    shown: tuple[str, ...] = ()
    for text, reply in Talk(asker, oracle, services, find, habits, chance).replies():
        said.append(text)
        asked.append(reply.asks)
        why = missing(reply, asker, oracle)
        shown = tuple(one.programme.id for one in reply.programmes)
        if not why or len(said) == _LIMIT:
            break
    return Outcome(asker, None if why else len(said), tuple(said), tuple(asked), why, shown)


@dataclass(frozen=True)
class Order:
    """What one order of questions achieves over the whole population."""

    median: float | None
    """Messages until the goal for the person in the middle; ``None`` if half of them never reach it."""
    within: Share
    """Share that reaches the goal within three messages."""
    reached: Share
    """Share that reaches it at all."""
    turns: dict[str, int]
    """How many need how many messages; ``never`` for those who do not get there."""
    lacking: dict[str, int]
    """What was missing for those who do not get there."""


@dataclass(frozen=True)
class TurnsReport:
    """How many messages people need, by the order of the questions."""

    people: int
    unknown: float
    """Share of questions answered with „weiß ich nicht“."""
    dynamic: Order
    """The question that best splits what is left."""
    fixed: Order
    """Place, audience, number of employees, plan, then what the best programme lacks."""
    place_unknown: Order
    """The dynamic order where even the place is unknown to as many."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return dataclasses.asdict(self)


_FIXED = ("place", "audience", "employees", "purpose")


def fixed_order(
    candidates: Sequence[tuple[Programme, float]],
    chances: Chances,
    declined: Sequence[str],
) -> str | None:
    """The comparison: always the same questions first, then what the best candidates lack, in the record's order."""
    profile = chances.profile
    lacking = [fact for programme, _ in candidates[:3] for fact in chances.open_facts(programme)]
    known = {
        "place": profile.place,
        "audience": profile.audience,
        "purpose": profile.purposes or None,
        "employees": profile.employees_range,
        **profile.facts,
    }
    for fact in dict.fromkeys([*_FIXED, *lacking]):
        ranged = f"{fact}_range" in profile.facts
        if known.get(fact) is None and not ranged and fact not in declined and makes_sense(fact, profile):
            return fact
    return None


def measure(people: int = PEOPLE, seed: int = SEED) -> TurnsReport:
    """Let the whole population talk to the actions of the shipped catalogue, in an own database in memory."""
    catalogue = load_catalogue(CATALOGUE)
    labels = {entry.id: entry.label for entry in (*catalogue.vocabulary.topics, *catalogue.vocabulary.purposes)}
    oracle = Oracle(CATALOGUE, DAY)
    askers = population(oracle, labels, people, seed)
    find = lru_cache(maxsize=None)(Recogniser(catalogue).find)
    engine = open_engine("sqlite://")
    Base.metadata.create_all(engine)
    build(engine, catalogue, "turns to goal")
    services = Services(KnowledgeStore(engine), load_instance(load_settings()), lambda: DAY)

    def order(chosen: Services, habits: Habits) -> Order:
        talks = [play(asker, oracle, chosen, find, habits, Random(f"{seed}-{n}")) for n, asker in enumerate(askers)]
        return summed(talks)

    try:
        return TurnsReport(
            people,
            Habits().unknown,
            order(services, Habits()),
            order(dataclasses.replace(services, next_fact=fixed_order), Habits()),
            order(services, Habits(knows=frozenset())),
        )
    finally:
        engine.dispose()


def summed(outcomes: Sequence[Outcome]) -> Order:
    """Sum up conversations. Who never arrives counts as slower than everybody who does."""
    turns = [outcome.turns for outcome in outcomes]
    middle = median(math.inf if one is None else one for one in turns)
    counts = Counter("never" if one is None else str(one) for one in turns)
    return Order(
        median=None if math.isinf(middle) else float(middle),
        within=Share.of(sum(one is not None and one <= GOAL_TURNS for one in turns), len(turns)),
        reached=Share.of(sum(one is not None for one in turns), len(turns)),
        turns=dict(sorted(counts.items())),
        lacking=dict(Counter(outcome.why for outcome in outcomes if outcome.turns is None)),
    )
