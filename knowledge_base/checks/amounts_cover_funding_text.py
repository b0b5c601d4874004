"""Every figure of the funding text is also an amount, so that it can be dated, filtered by case and traced."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Amount
from knowledge_base.schema.programme import Programme

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_NO_AMOUNT = re.compile(
    rf"\b\d{{1,2}}\. ?(?:\d{{1,2}}\.|(?:{_MONTHS})\b)(?: ?\d{{4}})?"  # dates
    r"|(?:§+|Art\.|Artikel|Abs\.|Absatz|Nr\.|Nummer|Kapitel) ?\d+[a-z]?(?: ?(?:bis|und|,|–) ?\d+[a-z]?)*"  # §
    r"|\b(?:im|ab dem|dem|zum|vom|der|des|am) \d{1,2}\.(?= )"  # ordinals
    r"|\b[A-Za-zÄÖÜäöü]+-?\d+\b|\b\d+[a-z]\b|\b\d\.\d\b"  # B1, NIS-2, 16i, version 2.0
)
_NUMBER = re.compile(
    r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?: ?(Mio\.?|Million(?:en)?|Mrd\.?|Milliarden?|Tsd\.?|Tausend))?"
)
_FACTORS = {"Mi": 1e6, "Mr": 1e9, "Ts": 1e3, "Ta": 1e3}
_YEAR = re.compile(r"(?:199\d|20[0-3]\d|2040)")
_UNIT = re.compile(r"\s*(?:Euro|€|%|Prozent|Stunden?|Tagen?|Wochen?|Monaten?|Menschen|Beschäftigten?)")


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report figures of the funding text that no amount holds, neither as value nor as description of its case."""
    for p in catalogue.programmes.values():
        covered = _covered(p)
        for shown, values in figures(p.funding.text.text):
            if shown not in _numbers_of_name(p) and not values & covered:
                yield Finding(
                    "programme",
                    p.id,
                    ("funding", "text", "text"),
                    f"Die Zahl {shown} steht im Fördertext, aber unter "
                    "keinem Betrag – ergänzen Sie sie unter „amounts“ mit Fall und Quelle.",
                )


def figures(text: str) -> Iterator[tuple[str, set[float]]]:
    """Yield the figures of a text as they are written, with the values they may stand for."""
    text = _NO_AMOUNT.sub(" ", text)
    for match in _NUMBER.finditer(text):
        whole, fraction, factor = match.groups()
        if _YEAR.fullmatch(match[0]) and not _UNIT.match(text, match.end()):
            continue
        value = float(whole.replace(".", "") + (fraction or "").replace(",", "."))
        factors = {_FACTORS[factor[:2]]} if factor else {1.0}
        yield match[0], {value * f for f in factors | {1.0}}


def _covered(p: Programme) -> set[float]:
    size = p.company_size
    values = {value for value in (size.min_employees, size.max_employees, size.max_turnover_eur) if value is not None}
    for amount in p.funding.amounts:
        values |= _of_amount(amount)
    return {float(value) for value in values}


def _of_amount(amount: Amount) -> set[float]:
    values = set() if amount.value is None else {amount.value}
    for text in (amount.what, amount.case or ""):
        for _, meant in figures(text):
            values |= meant
    for rule in amount.when:
        for value in rule.value if isinstance(rule.value, list) else [rule.value]:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                values.add(float(value))
    return values


def _numbers_of_name(p: Programme) -> set[str]:
    return {number for name in (p.name, *p.aliases) for number in re.findall(r"\d+", name)}
