"""The status of a programme agrees with its dates.

What was wrong already on the day the record was verified is an error. What only became wrong because time passed is a
warning: it must be looked at, but it must not stop a build in the middle of the night (the bot goes by the dates).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, warning
from knowledge_base.content import Catalogue
from knowledge_base.schema.programme import DeadlineKind, Programme, Status

_RUNNING = (Status.AKTIV, Status.LOSVERFAHREN)
_NOT_ENDED = (*_RUNNING, Status.PAUSIERT, Status.AUSGESCHOEPFT, Status.GEPLANT)
_DATED = (DeadlineKind.STICHTAG, DeadlineKind.FENSTER)


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report contradictions between status and dates."""
    for programme in catalogue.programmes.values():
        known = min(programme.verified.on, today)
        wrong = list(_contradictions(programme, known))
        for field, text in wrong:
            yield Finding("programme", programme.id, (field,), text)
        for field, text in _contradictions(programme, today):
            if (field, text) not in wrong:
                yield warning("programme", programme.id, (field,), text)


def _contradictions(p: Programme, day: dt.date) -> Iterator[tuple[str, str]]:
    """Yield field and text of what does not fit on a day."""
    if p.status in _NOT_ENDED and p.valid_until and p.valid_until < day:
        yield (
            "status",
            (
                f"Der Status ist „{p.status.value}“, das Ende war aber am {_german(p.valid_until)} – setzen Sie "
                "„ausgelaufen“ oder berichtigen Sie valid_until."
            ),
        )
    if p.status in _RUNNING and p.valid_from and p.valid_from > day:
        yield (
            "status",
            (
                f"Der Status ist „{p.status.value}“, der Beginn ist aber erst am {_german(p.valid_from)} – setzen "
                "Sie „geplant“ oder berichtigen Sie valid_from."
            ),
        )
    if p.status is Status.GEPLANT and p.valid_from and p.valid_from <= day:
        yield (
            "status",
            (
                f"Der Status ist „geplant“, der Beginn war aber am {_german(p.valid_from)} – setzen Sie „aktiv“ "
                "oder berichtigen Sie valid_from."
            ),
        )
    if p.status is Status.AUSGELAUFEN and p.valid_until and p.valid_until > day:
        yield (
            "status",
            (
                f"Der Status ist „ausgelaufen“, das Ende ist aber erst am {_german(p.valid_until)} – setzen Sie "
                "„aktiv“ oder berichtigen Sie valid_until."
            ),
        )
    last_day = p.deadline.date
    if p.status in _RUNNING and p.deadline.kind in _DATED and last_day and last_day < day:
        yield (
            "deadline",
            (
                f"Die Frist endete am {_german(last_day)}, der Status ist aber „{p.status.value}“ – tragen Sie "
                "die nächste Frist ein oder ändern Sie den Status."
            ),
        )


def _german(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
