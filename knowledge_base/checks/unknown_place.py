"""An area names places of ``places.yml``, or ``nrw`` or ``deutschland``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, did_you_mean, records
from knowledge_base.content import Catalogue
from knowledge_base.places import GERMANY, NRW


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report places in areas that the directory does not know."""
    places = catalogue.places
    if not places.kreise:
        return
    known = {NRW, GERMANY, *(region.id for region in places.regions)}
    for kreis in places.kreise:
        known |= {kreis.id, *(gemeinde.id for gemeinde in kreis.gemeinden)}
    for kind, record_id, record in records(catalogue):
        for index, place in enumerate(getattr(record, "area", ())):
            if place not in known:
                yield Finding(
                    kind,
                    record_id,
                    ("area", index),
                    f"Den Ort „{place}“ gibt es nicht in places.yml – {did_you_mean(place, known)}",
                )
