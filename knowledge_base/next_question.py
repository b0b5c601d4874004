"""The question whose answer best splits what is left of the candidates. Pure: no dialogue, no SQL, no clock.

Each candidate fits with some chance (``knowledge_base.chances``). An answer moves that chance; the more it moves it,
the more the question is worth. A question that moves nothing is not asked: the top is stable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from knowledge_base.answer_options import decided_by, makes_sense, presupposes_audience
from knowledge_base.chances import Chances
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Programme
from knowledge_base.who_plans import likely_audience

Candidates = Sequence[tuple[Programme, float]]
"""Programmes with how well each answers the question, best first."""

LEADING = 6
"""So many candidates count: those that are shown and those that may move up."""
_STABLE = 0.008
"""A question worth less than that changes nothing anybody would see."""
_PERSON = 0.4
"""Worth of the place besides: it decides which person is responsible."""
_WHO_ASKS = 0.06
"""Worth of the audience besides: it decides which further programmes are looked at."""
_OCCUPATION = 0.06
"""Worth of the occupation besides, for who could not say who asks: it tells the same in easier words."""
_BEGUN = 0.01
"""Worth of whether it has begun besides, for each candidate that must be applied for before: an early warning saves
the grant."""
_AT_LAST = 2.0
"""Worth of the place besides, once something else was asked: three messages are to lead to a person."""
_AMOUNT = 0.02
"""Worth of a fact that decides how much the best candidate pays."""


def next_fact(candidates: Candidates, chances: Chances, declined: Sequence[str]) -> str | None:
    """Name the fact to ask for, or nothing if no answer would change the top.

    Args:
        candidates: Programmes with their scores, best first.
        chances: Of the profile that is known; a fact of ``None`` was asked and is not known.
        declined: Facts that are not to be asked (again).
    """
    worth = values(candidates, chances, declined)
    best = max(worth, key=lambda fact: worth[fact], default=None)
    return best if best is not None and worth[best] >= _STABLE else None


def values(candidates: Candidates, chances: Chances, declined: Sequence[str]) -> dict[str, float]:
    """What the answer to each question that may be asked is worth: how far it moves the chances, by relevance."""
    leading = candidates[:LEADING]
    best = max((score for _, score in leading), default=0.0) or 1.0
    profile = chances.profile
    who = "employment" if "audience" in declined else "audience"
    told = likely_audience(profile) or who in declined or "employment" in profile.facts
    worth: dict[str, float] = defaultdict(float)
    for programme, score in leading:
        for fact in chances.open_facts(programme):
            asked = fact if told or not presupposes_audience(fact) else who
            if asked not in declined and may_ask(asked, profile):
                worth[asked] += max(score, 0.0) / best * _spread(chances.given(programme, fact))
    worth["place"] += _AT_LAST if declined else _PERSON
    worth["audience"] += _WHO_ASKS
    worth["employment"] += _OCCUPATION if who == "employment" and not told else 0.0
    worth["started"] += _BEGUN * sum("started" in chances.open_facts(programme) for programme, _ in leading[:3])
    for programme, _ in leading[:1]:
        for fact in decided_by(programme):
            worth[fact] += _AMOUNT
    return {fact: value for fact, value in worth.items() if fact not in declined and may_ask(fact, profile)}


def _spread(outcomes: Sequence[tuple[float, float]]) -> float:
    """Variance of the chance over the answers: by so much the answer makes the verdict surer."""
    mean = sum(share * chance for share, chance in outcomes)
    return sum(share * (chance - mean) ** 2 for share, chance in outcomes)


def may_ask(fact: str, profile: Profile) -> bool:
    """Whether a fact is unknown, was not declined, and can be asked of such people."""
    known = {
        "place": profile.place,
        "audience": profile.audience,
        "purpose": profile.purposes or None,
        "employees": profile.employees_range,
        **profile.facts,
    }
    ranged = f"{fact}_range" in profile.facts
    return fact not in profile.facts and not ranged and known.get(fact) is None and makes_sense(fact, profile)
