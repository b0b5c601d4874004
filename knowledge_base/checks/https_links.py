"""Addresses are complete and encrypted; ``seeds/…`` names a document the agency handed over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, parts, records, warning
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Source
from knowledge_base.schema.contact import Reach, ReachKind

_ADDRESS = re.compile(r"https?://[^\s/@]+\.[^\s/@]+(/\S*)?")
_DOCUMENT = re.compile(r"seeds/[\w.-]+")


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report addresses that cannot be opened; unencrypted ones are warnings."""
    for kind, record_id, record in records(catalogue):
        for loc, part in parts(record):
            for field, url in _urls(part):
                at = (*loc, field)
                if isinstance(part, Source) and _DOCUMENT.fullmatch(url):
                    continue
                if not _ADDRESS.fullmatch(url):
                    yield Finding(
                        kind,
                        record_id,
                        at,
                        f"„{url}“ ist keine vollständige Adresse – tragen Sie eine mit https:// ein.",
                    )
                elif url.startswith("http://"):
                    yield warning(
                        kind,
                        record_id,
                        at,
                        f"„{url}“ ist nicht verschlüsselt – prüfen Sie, ob die Seite auch "
                        "unter https:// erreichbar ist.",
                    )


def _urls(part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, Reach):
        if part.kind is ReachKind.WEB:
            yield "value", part.value
        return
    url = getattr(part, "url", None)
    if isinstance(url, str):
        yield "url", url
