"""Successors lead forward and never back to where they began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding
from knowledge_base.content import Catalogue


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report every circle of successors once, at its alphabetically first member."""
    following = {p.id: p.successor.id for p in catalogue.programmes.values() if p.successor}
    for start in sorted(following):
        way = [start]
        while way[-1] in following and following[way[-1]] not in way:
            way.append(following[way[-1]])
        if len(way) > 1 and following.get(way[-1]) == start and start == min(way):
            circle = " → ".join([*way, start])
            yield Finding(
                "programme",
                start,
                ("successor",),
                f"Die Nachfolger drehen sich im Kreis ({circle}) – löschen Sie einen der Verweise.",
            )
