"""A source that is named stands in the list of sources of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, parts, records
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import source_keys


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report keys of sources that the record does not define."""
    for kind, record_id, record in records(catalogue):
        known = getattr(record, "sources", {})
        for loc, part in parts(record):
            for key in source_keys(getattr(part, "source", None)):
                if key not in known:
                    yield Finding(
                        kind,
                        record_id,
                        (*loc, "source"),
                        f"Die Quelle „{key}“ steht nicht unter „sources“ – vorhanden: {', '.join(known) or 'keine'}.",
                    )
