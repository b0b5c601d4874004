"""Recognise numbers that matter for funding: employees, age, money, duration, hours; digits, words and ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge_base.recognise.employees import EXACT, find_staff, works_alone
from knowledge_base.recognise.mention import Mention
from knowledge_base.recognise.number_words import NUMBER, Digits, number, read_numbers

_MONEY = r"(?:€|euro\b|eur\b)"
_AGE = r"1[4-9]|[2-6]\d"
_PERSON = re.compile(
    r"\b(?:ich|bin|frau|mann|sohn|tochter|mutter|vater|klient\w*|alleinerziehend|gelernte\w*|arbeitslos\w*|azubi|"
    r"langzeitarbeitslos\w*|\w{4,}(?:er|t)in)\b",
    re.IGNORECASE,
)
"""Somebody who may have an age; otherwise a bare number between commas says nothing."""
_INCOME = re.compile(r"versteuer|zve\b", re.IGNORECASE)
_EARNINGS = re.compile(r"einkommen|verdien|brutto|netto|gehalt|lohn\b|im jahr\b|pro jahr|jährlich", re.IGNORECASE)
"""Pay is neither the taxable income that limits are about nor the costs of a plan: no verdict may rest on it."""
_TURNOVER = re.compile(r"umsatz|jahresumsatz", re.IGNORECASE)


@dataclass(frozen=True)
class _Pattern:
    entity: str
    regex: re.Pattern[str]
    value: Callable[[re.Match[str]], object]
    only_with: re.Pattern[str] | None = None
    """What the message must hold besides."""


def _int(group: int) -> Callable[[re.Match[str]], object]:
    return lambda match: int(number(match.group(group)))


_PATTERNS: tuple[_Pattern, ...] = (
    _Pattern("age", re.compile(r"\b(\d{2})\s*(?:jahre?\s*(?:alt|jung)|-?jährig\w*|j\.)", re.I), _int(1)),
    _Pattern(
        "age",
        re.compile(
            r"\b(?:ich\s+bin|bin|ist|wird|werde|mit|sohn|tochter|ü|über|anfang|mitte|ende)\s*\(?(1[4-9]|[2-6]\d)\)?"
            r"(?=\s*(?:[,.;!?)]|$|und\b|hab|komm|arbeits|allein|"
            r"jahre?\b(?! (?:berufs|im|arbeit|raus|bei|dabei|hier))|mich\b|nix|nichts|nochmal|noch\b))",
            re.I,
        ),
        _int(1),
    ),
    _Pattern("age", re.compile(rf"(?:^|,\s*|\bbin\s)({_AGE})\s*jahre?(?=\s*(?:[,.;!?]|$))", re.I), _int(1)),
    _Pattern("age", re.compile(rf"^\W*({_AGE})\s*,"), _int(1)),
    _Pattern("age", re.compile(rf",\s({_AGE})(?=\s*,)"), _int(1), only_with=_PERSON),
    _Pattern("age", re.compile(r"\((1[4-9]|[2-6]\d)\)"), _int(1)),
    _Pattern("age", re.compile(r"\bü\s?(\d0)\b", re.I), _int(1)),
    _Pattern(
        "months_unemployed",
        re.compile(
            rf"(?:seit|nach|schon)\s({NUMBER})\s*(jahr|monat)\w*\s*(?:\w+\s){{0,2}}"
            r"(?:raus|arbeitslos|ohne (?:job|arbeit)|arbeitssuchend|zuhause|daheim)",
            re.I,
        ),
        lambda m: int(number(m[1]) * (12 if m[2].lower() == "jahr" else 1)),
    ),
    _Pattern(
        "months_unemployed",
        re.compile(rf"(?:arbeitslos|ohne (?:job|arbeit))\s(?:\w+\s)?seit\s({NUMBER})\s*(jahr|monat)", re.I),
        lambda m: int(number(m[1]) * (12 if m[2].lower() == "jahr" else 1)),
    ),
    _Pattern(
        "years_on_benefit",
        re.compile(
            rf"({NUMBER})\s*jahre?\w*\s(?:\w+\s){{0,4}}(?:vom amt|vom jobcenter|bürgergeld|hartz|grundsicherung)",
            re.I,
        ),
        _int(1),
    ),
    _Pattern(
        "firm_age_years",
        re.compile(
            rf"(?:laden|firma|betrieb|unternehmen|uns|praxis|büro|geschäft)\s(?:\w+\s){{0,3}}(?:seit|erst)\s(?:\w+\s)?({NUMBER})\s*(jahr|monat)",
            re.I,
        ),
        lambda m: number(m[1]) / (1 if m[2].lower() == "jahr" else 12),
    ),
    _Pattern(
        "course_hours",
        re.compile(
            rf"({NUMBER})\s*(?:unterrichts|zeit|kurs)?stunden\b"
            r"(?!\s*(?:die|pro|in der|im)?\s*(?:woche|lager|büro|job))",
            re.I,
        ),
        _int(1),
    ),
)
_AMOUNT = re.compile(rf"({NUMBER})\s*(k\b|tsd\.?|tausend|mio\.?|millionen?)?\s*({_MONEY})?", re.IGNORECASE)
_MAY_COUNT = re.compile(r"\d|\b(?:zu|ich|allein\w*|solo\w*|ohne|kein\w*|one|ein\w*)\b", re.IGNORECASE)
"""Without any of these no pattern can match; most messages say no number."""
_BARE = re.compile(rf"(?<![\w§])(?<!\d\.){NUMBER}(?![\w%.])")
_OF_A_LAW = re.compile(r"(?:§|\bparagra(?:ph|f)\w*|\bart(?:ikel\b|\.))\s*\d+|\bsgb\s+\d+", re.IGNORECASE)
"""„§ 82“, „Artikel 4“: such a number says nothing about anybody."""
_SCALE = {"k": 1e3, "tsd": 1e3, "tausend": 1e3, "mio": 1e6, "million": 1e6, "millionen": 1e6}


def find_numbers(text: str) -> list[Mention]:
    """Return mentions whose entity is the name of a fact (``knowledge_base.facts``) or ``employees_range``."""
    digits = read_numbers(text)
    mentions: list[Mention] = []
    taken: list[tuple[int, int]] = []

    def take(entity: str, value: object, start: int, end: int) -> None:
        if not any(start < other_end and end > other_start for other_start, other_end in taken):
            taken.append((start, end))
            mentions.append(Mention(entity, value, *digits.span(start, end)))

    if not _MAY_COUNT.search(digits.text):
        return []
    for staff in find_staff(digits.text):
        take(staff.entity, staff.value, staff.start, staff.end)
    if not mentions and works_alone(text):
        mentions.append(Mention(EXACT, 1, 0, len(text), 0.9))
    for pattern in _PATTERNS:
        if pattern.only_with is not None and not pattern.only_with.search(text):
            continue
        for match in pattern.regex.finditer(digits.text):
            take(pattern.entity, pattern.value(match), *match.span())
    for entity, value, start, end in _amounts(digits.text):
        take(entity, value, start, end)
    return mentions or _bare_number(digits)


def _bare_number(digits: Digits) -> list[Mention]:
    """The only number of a message that says no unit; what it means, the conversation decides."""
    text = digits.text
    laws = [law.span() for law in _OF_A_LAW.finditer(text)]
    found = [
        m
        for m in _BARE.finditer(text)
        if (len(m.group()) != 5 or "." in m.group()) and not any(a <= m.start() < b for a, b in laws)
    ]
    found = found or [m for m in re.finditer(rf"(?<=wenns\s){NUMBER}", text)]
    if len(found) != 1:
        return []
    return [Mention("number", number(found[0].group()), *digits.span(*found[0].span()))]


def _amounts(text: str) -> Iterator[tuple[str, float, int, int]]:
    """Money: costs of the plan unless the words beside it speak of income or turnover."""
    for match in _AMOUNT.finditer(text):
        scale = (match[2] or "").lower().rstrip(".")
        value = number(match[1]) * _SCALE.get(scale, 1)
        around = text[max(0, match.start() - 60) : match.end() + 40]
        income = bool(_INCOME.search(around))
        if not (match[3] or scale or (income and value >= 5000)):
            continue
        if not income and _EARNINGS.search(around) and not _TURNOVER.search(around):
            continue
        entity = "turnover_eur" if _TURNOVER.search(around) else "taxable_income_eur" if income else "costs_eur"
        yield entity, value, match.start(), match.start() + len(match.group().rstrip())
