"""The question whose answer best splits what is left of the candidates. Pure: no dialogue, no SQL, no clock.

Each candidate fits with some chance (``knowledge_base.chances``). An answer moves that chance; the more it moves it,
the more the question is worth. A question that moves nothing is not asked: the top is stable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from knowledge_base.answer_options import decided_by, makes_sense, presupposes_audience
from knowledge_base.chances import Chances
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Programme

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
_AMOUNT = 0.02
"""Worth of a fact that decides how much the best candidate pays."""


def next_fact(
    candidates: Candidates, profile: Profile, declined: Sequence[str], as_of: dt.date, directory: Directory
) -> str | None:
    """Name the fact to ask for, or nothing if no answer would change the top.

    Args:
        candidates: Programmes with their scores, best first.
        profile: What is known; a fact of ``None`` was asked and is not known.
        declined: Facts that are not to be asked (again).
        as_of: The day of the verdicts.
        directory: The places.
    """
    worth = values(candidates, profile, as_of, directory)
    may_ask = {fact: value for fact, value in worth.items() if fact not in declined and _may_ask(fact, profile)}
    best = max(may_ask, key=lambda fact: may_ask[fact], default=None)
    return best if best is not None and may_ask[best] >= _STABLE else None


def values(candidates: Candidates, profile: Profile, as_of: dt.date, directory: Directory) -> dict[str, float]:
    """What the answer to each open question is worth: how far it moves the chances, weighted by relevance."""
    leading = candidates[:LEADING]
    best = max((score for _, score in leading), default=0.0) or 1.0
    chances = Chances(profile, as_of, directory)
    worth: dict[str, float] = {}
    for programme, score in leading:
        for fact in chances.open_facts(programme):
            asked = fact if profile.audience or not presupposes_audience(fact) else "audience"
            gain = max(score, 0.0) / best * _spread(chances.given(programme, fact))
            worth[asked] = worth.get(asked, 0.0) + gain
    if profile.place is None:
        worth["place"] = worth.get("place", 0.0) + _PERSON
    if profile.audience is None:
        worth["audience"] = worth.get("audience", 0.0) + _WHO_ASKS
    for programme, _ in leading[:1]:
        for fact in decided_by(programme):
            worth[fact] = worth.get(fact, 0.0) + _AMOUNT
    return worth


def _spread(outcomes: Sequence[tuple[float, float]]) -> float:
    """Variance of the chance over the answers: by so much the answer makes the verdict surer."""
    mean = sum(share * chance for share, chance in outcomes)
    return sum(share * (chance - mean) ** 2 for share, chance in outcomes)


def _may_ask(fact: str, profile: Profile) -> bool:
    known = {
        "place": profile.place,
        "audience": profile.audience,
        "purpose": profile.purposes or None,
        "employees": profile.employees_range,
        **profile.facts,
    }
    ranged = f"{fact}_range" in profile.facts
    return fact not in profile.facts and not ranged and known.get(fact) is None and makes_sense(fact, profile)
