"""Which hits are worth showing first: those that likely fit the person, in order of their score."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.chances import Chances
from knowledge_base.finding.programmes import Hit

AT_FIRST, LATER = 0.12, 0.75
"""Chance of not being ruled out from which a programme is shown: in the first answer, and after questions."""
_CLEAR = 0.88
"""Chance of not being ruled out from which nothing less likely is shown besides, once questions were asked."""
_NEAR = 0.6
"""Share of the best score below which a programme is about something else, however clearly it stands."""
_SURE = 0.65
"""Chance of fitting from which a programme is a safe one."""
_NEARLY_AS_LIKELY = 0.8
"""Where none is likely: share of the best chance from which a programme is shown with it."""
_CLEAR_LEAD = 0.15
"""Lead in the score by which the best hit is what was asked for, likely or not."""
_POSSIBLE_AT_FIRST, _POSSIBLE_LATER = 0.05, 0.5
"""What leads is shown from this chance on."""


def likely_first(hits: Sequence[Hit], chances: Chances, first: bool, most: int) -> list[Hit]:
    """At most so many hits that likely fit, in order of their score; if none is likely, the least unlikely ones.

    In the first answer relevance counts more: only what hardly can fit is left out. What answers the words far
    better than all others stays longer than the rest. After questions, what clearly stands is not mixed with what may
    well fail: the rest comes up when more is known. Where nobody can tell of any of them before somebody looks, the
    last place goes to the best one that fits as far as one can tell.

    Args:
        hits: Programmes with their scores, best first.
        chances: Of the profile that is known.
        first: Whether nothing was asked yet and answers are still to come.
        most: How many are shown.
    """
    rated = [(hit, chances.stands(hit.programme)) for hit in hits]
    best = max((chance for _, chance in rated), default=0.0)
    enough = AT_FIRST if first else LATER
    enough = enough if best >= enough else _NEARLY_AS_LIKELY * best
    possible = _POSSIBLE_AT_FIRST if first else _POSSIBLE_LATER
    leads = len(hits) > 1 and hits[0].score - hits[1].score >= _CLEAR_LEAD
    likely = [
        hit
        for place, (hit, chance) in enumerate(rated)
        if chance >= enough or (place == 0 and leads and chance >= possible)
    ]
    near = max((hit.score for hit in likely), default=0.0) * _NEAR
    clear = [] if first else [hit for hit in likely if hit.score >= near and chances.stands(hit.programme) >= _CLEAR]
    shown = (clear or likely)[:most]
    safe = [hit for hit in likely if chances.of(hit.programme) >= _SURE]
    return shown if not safe or any(hit in safe for hit in shown) else [*shown[: most - 1], safe[0]]
