"""Which hits are worth showing first: those that likely fit the person, in order of their score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from knowledge_base.chances import Chances
from knowledge_base.finding.programmes import Hit
from knowledge_base.places import Directory
from knowledge_base.profile import Profile

LIKELY = 0.7
"""Chance of fitting from which a programme counts as likely."""
_NEARLY_AS_LIKELY = 0.8
"""Where none is likely: share of the best chance from which a programme is shown with it."""


def likely_first(hits: Sequence[Hit], profile: Profile, as_of: dt.date, directory: Directory) -> list[Hit]:
    """Hits that likely fit, in order of their score; if none is likely, those that are least unlikely."""
    chances = Chances(profile, as_of, directory)
    rated = [(hit, chances.of(hit.programme)) for hit in hits]
    enough = min(LIKELY, _NEARLY_AS_LIKELY * max((chance for _, chance in rated), default=0.0))
    return [hit for hit, chance in rated if chance >= enough]
