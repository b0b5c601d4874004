"""Dates stand in order: a beginning before its end, nothing read in the future, one figure per case and day."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, parts, records
from knowledge_base.content import Catalogue, Loc
from knowledge_base.schema.common import Amount, Source, Verified
from knowledge_base.schema.misc import Event
from knowledge_base.schema.programme import Deadline, Programme

_PAGE_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_Span = tuple[str, dt.date | None, str, dt.date | None]


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report dates out of order in all records."""
    for kind, record_id, record in records(catalogue):
        for loc, part in parts(record):
            for at, text in (*_spans(part), *_future(part, today), *_page_date(part)):
                yield Finding(kind, record_id, (*loc, at), text)
        if isinstance(record, Programme):
            for where, text in _doubled_amounts(record.funding.amounts):
                yield Finding(kind, record_id, where, text)


def _spans(part: object) -> Iterator[tuple[str, str]]:
    for start_field, start, end_field, end in _pairs(part):
        if start and end and start > end:
            yield (
                end_field,
                (
                    f"{end_field} ({_german(end)}) liegt vor {start_field} ({_german(start)}) – berichtigen Sie "
                    "eines der beiden Daten."
                ),
            )


def _pairs(part: object) -> list[_Span]:
    if isinstance(part, (Programme, Amount)):
        return [("valid_from", part.valid_from, "valid_until", part.valid_until)]
    if isinstance(part, Deadline):
        return [("opens", part.opens, "date", part.date)]
    if isinstance(part, Event):
        return [("date", part.date, "end_date", part.end_date)]
    if isinstance(part, Verified):
        return [("on", part.on, "next", part.next)]
    return []


def _future(part: object, today: dt.date) -> Iterator[tuple[str, str]]:
    read = (
        {"on": part.on}
        if isinstance(part, Verified)
        else {"checked_on": part.checked_on}
        if isinstance(part, Source)
        else {}
    )
    for field, day in read.items():
        if day > today:
            yield (
                field,
                f"{field} ({_german(day)}) liegt in der Zukunft – tragen Sie den Tag ein, an dem gelesen wurde.",
            )


def _page_date(part: object) -> Iterator[tuple[str, str]]:
    if not isinstance(part, Source) or part.page_date is None:
        return
    if not _PAGE_DATE.fullmatch(part.page_date):
        yield "page_date", (f"„{part.page_date}“ ist kein Seitendatum – schreiben Sie 2026, 2026-11 oder 2026-11-30.")
    elif part.page_date > part.checked_on.isoformat():
        yield (
            "page_date",
            (
                f"Die Seite ist jünger ({part.page_date}) als der Tag, an dem sie gelesen wurde "
                f"({_german(part.checked_on)}) – berichtigen Sie eines der beiden Daten."
            ),
        )


def _doubled_amounts(amounts: list[Amount]) -> Iterator[tuple[Loc, str]]:
    same: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, amount in enumerate(amounts):
        same[amount.what, amount.case, amount.unit, amount.bound, str(amount.when)].append(index)
    for indices in same.values():
        for first, second in itertools.combinations(indices, 2):
            if _overlap(amounts[first], amounts[second]):
                values = f"{amounts[first].value} und {amounts[second].value}"
                text = f"Für „{amounts[second].what}“ gelten am selben Tag zwei Werte ({values}) – "
                yield ("funding", "amounts", second), text + "unterscheiden Sie sie durch „case“ oder Daten."


def _overlap(first: Amount, second: Amount) -> bool:
    return (first.valid_from or dt.date.min) <= (second.valid_until or dt.date.max) and (
        second.valid_from or dt.date.min
    ) <= (first.valid_until or dt.date.max)


def _german(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
