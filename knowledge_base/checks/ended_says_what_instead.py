"""An ended programme says since when, and what exists instead – or that nothing does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, warning
from knowledge_base.content import Catalogue
from knowledge_base.schema.programme import Programme, Status

_NEEDS_NOTE = (Status.AUSGELAUFEN, Status.PAUSIERT, Status.GEPLANT, Status.UNKLAR, Status.AUSGESCHOEPFT)
_NOTHING_INSTEAD = re.compile(
    r"ersatz|ersetz|nachfolg|alternativ|stattdessen|weggefallen|fortgeführt|aufgegangen", re.IGNORECASE
)


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report missing notes on the status, and ended programmes that lead nowhere."""
    for p in catalogue.programmes.values():
        if p.status in _NEEDS_NOTE and p.status_note is None:
            yield Finding(
                "programme",
                p.id,
                ("status",),
                f"Der Status ist „{p.status.value}“, aber „status_note“ fehlt – "
                "sagen Sie in einem Satz, seit wann und warum.",
            )
        if p.status is Status.AUSGELAUFEN:
            yield from _leads_on(p, catalogue)


def _leads_on(p: Programme, catalogue: Catalogue) -> Iterator[Finding]:
    instead = [*([p.successor.id] if p.successor else []), *p.alternatives]
    explained = p.status_note is not None and _NOTHING_INSTEAD.search(p.status_note.text)
    if not instead and not explained:
        yield Finding(
            "programme",
            p.id,
            ("status",),
            "Das Programm ist ausgelaufen und nennt nichts, was es stattdessen "
            "gibt – ergänzen Sie „successor“ oder „alternatives“, oder schreiben Sie in „status_note“, dass es "
            "keinen Ersatz gibt.",
        )
    ended = [
        other
        for other in instead
        if other in catalogue.programmes and catalogue.programmes[other].status is Status.AUSGELAUFEN
    ]
    if instead and len(ended) == len(instead) and not explained:
        yield warning(
            "programme",
            p.id,
            ("alternatives" if p.alternatives else "successor",),
            "Alles, was hier als Ersatz genannt wird, ist selbst ausgelaufen – nennen Sie auch etwas Laufendes.",
        )
