"""Few records rest on weak evidence; more than a tenth is a reason to go and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, open_programmes, warning
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Confidence

LARGEST_SHARE = 0.1


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Warn at each weakly supported open programme if their share is too large."""
    programmes = list(open_programmes(catalogue))
    weak = [p for p in programmes if p.confidence is Confidence.LOW]
    if programmes and len(weak) / len(programmes) > LARGEST_SHARE:
        for p in weak:
            yield warning(
                "programme",
                p.id,
                ("confidence",),
                f"{len(weak)} von {len(programmes)} laufenden Programmen sind "
                "schwach belegt, dieses auch – suchen Sie eine bessere Quelle.",
            )
