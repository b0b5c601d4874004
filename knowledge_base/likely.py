"""Which hits are worth showing first: those that likely fit the person, in order of their score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from knowledge_base.chances import Chances
from knowledge_base.finding.programmes import Hit
from knowledge_base.places import Directory
from knowledge_base.profile import Profile

AT_FIRST, LATER = 0.12, 0.75
"""Chance of fitting from which a programme counts as likely: in the first answer, and once questions were asked."""
_NEARLY_AS_LIKELY = 0.8
"""Where none is likely: share of the best chance from which a programme is shown with it."""
_CLEAR_LEAD = 0.15
"""Lead in the score by which the best hit is what was asked for, likely or not."""
_POSSIBLE_AT_FIRST, _POSSIBLE_LATER = 0.05, 0.3
"""What leads is shown from this chance on."""


def likely_first(
    hits: Sequence[Hit], profile: Profile, as_of: dt.date, directory: Directory, first: bool = True
) -> list[Hit]:
    """Hits that likely fit, in order of their score; if none is likely, those that are least unlikely.

    In the first answer relevance counts more: only what hardly can fit is left out. What answers the words far
    better than all others stays longer than the rest.

    Args:
        hits: Programmes with their scores, best first.
        profile: What is known.
        as_of: The day.
        directory: The places.
        first: Whether nothing was asked yet.
    """
    chances = Chances(profile, as_of, directory)
    rated = [(hit, chances.of(hit.programme)) for hit in hits]
    best = max((chance for _, chance in rated), default=0.0)
    enough = min(AT_FIRST if first else LATER, _NEARLY_AS_LIKELY * best)
    possible = _POSSIBLE_AT_FIRST if first else _POSSIBLE_LATER
    leads = len(hits) > 1 and hits[0].score - hits[1].score >= _CLEAR_LEAD
    return [
        hit
        for place, (hit, chance) in enumerate(rated)
        if chance >= enough or (place == 0 and leads and chance >= possible)
    ]
