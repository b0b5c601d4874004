"""A sentence with a figure names the source of the figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, parts, records
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Statement
from knowledge_base.schema.misc import Term
from knowledge_base.schema.programme import CompanySize

_MEND = "ergänzen Sie „source“ oder nehmen Sie die Zahl heraus."


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report statements, limits of firm size and plain explanations that hold a figure without source."""
    for kind, record_id, record in records(catalogue):
        for loc, part in parts(record):
            if isinstance(part, Statement) and part.has_figure and not part.source:
                yield Finding(
                    kind, record_id, (*loc, "text"), f"Die Zahl in „{_short(part.text)}“ hat keine Quelle – {_MEND}"
                )
            elif isinstance(part, CompanySize) and _has_limit(part) and not part.source:
                yield Finding(kind, record_id, loc, f"Die Grenze der Unternehmensgröße hat keine Quelle – {_MEND}")
            elif isinstance(part, Term) and re.search(r"\d", part.plain) and not part.text.source:
                yield Finding(
                    kind,
                    record_id,
                    (*loc, "plain"),
                    f"Die Zahl in „{_short(part.plain)}“ hat keine Quelle – geben Sie sie bei „text“ an.",
                )


def _has_limit(size: CompanySize) -> bool:
    return any(limit is not None for limit in (size.min_employees, size.max_employees, size.max_turnover_eur))


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:50] + "…"
