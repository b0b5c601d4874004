"""Records are read again in time. Overdue ones are warnings: the bot says so in its answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, records, warning
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Verified
from knowledge_base.schema.programme import Programme, Status, Volatility

LONGEST = {Volatility.BUDGET: 31, Volatility.RICHTLINIE: 92, Volatility.GESETZ: 184}
"""Days after which a programme must be read again at the latest."""


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report records whose next reading is overdue or planned too late."""
    for kind, record_id, record in records(catalogue):
        verified = getattr(record, "verified", None)
        if not isinstance(verified, Verified):
            continue
        if verified.next < today:
            yield warning(
                kind,
                record_id,
                ("verified", "next"),
                f"Die Prüfung war am {verified.next:%d.%m.%Y} fällig – "
                "lesen Sie den Eintrag gegen seine Quellen und setzen Sie „on“ und „next“ neu.",
            )
        if isinstance(record, Programme) and record.status is not Status.AUSGELAUFEN:
            longest = LONGEST[record.volatility]
            if (verified.next - verified.on).days > longest:
                yield warning(
                    kind,
                    record_id,
                    ("verified", "next"),
                    f"Bei „{record.volatility.value}“ ist spätestens nach "
                    f"{longest} Tagen wieder zu prüfen – setzen Sie „next“ früher.",
                )
