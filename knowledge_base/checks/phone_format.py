"""Phone numbers and e-mail addresses can be used as they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, parts, records
from knowledge_base.content import Catalogue
from knowledge_base.schema.contact import Reach, ReachKind
from knowledge_base.schema.programme import Provider

_PHONE = re.compile(r"(0|\+49 )\d+( \d+)*(-\d+)?")
_SHORT_NUMBER = re.compile(r"11[0-9]|115|116 ?\d{3}")
_EMAIL = re.compile(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report numbers that are not written like „02331 4887814“ or „0241 9278721-44“, and malformed addresses."""
    for kind, record_id, record in records(catalogue):
        for loc, part in parts(record):
            for field, phone in _phones(part):
                if not (_PHONE.fullmatch(phone) or _SHORT_NUMBER.fullmatch(phone)):
                    yield Finding(
                        kind,
                        record_id,
                        (*loc, field),
                        f"„{phone}“ ist keine Rufnummer in unserer Form – "
                        "schreiben Sie sie wie 02331 4887814 oder 0241 9278721-44; Hinweise gehören in „note“.",
                    )
            for field, email in _emails(part):
                if not _EMAIL.fullmatch(email):
                    yield Finding(
                        kind,
                        record_id,
                        (*loc, field),
                        f"„{email}“ ist keine E-Mail-Adresse – schreiben Sie sie wie name@stelle.de.",
                    )


def _phones(part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, Reach) and part.kind is ReachKind.TELEFON:
        yield "value", part.value
    if isinstance(part, Provider) and part.phone:
        yield "phone", part.phone


def _emails(part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, Reach) and part.kind is ReachKind.EMAIL:
        yield "value", part.value
    if isinstance(part, Provider) and part.email:
        yield "email", part.email
