"""Recognise numbers that matter for funding: employees, age, money, duration, hours; digits, words and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable

from text_to_num import text2num

from knowledge_base.recognise.mention import Mention

_NUMBER = r"(?:\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,\d+)?"
_STAFF = (
    r"(?:leut\w*|mitarbeit\w*|beschäftigt\w*|beschaeftigt\w*|mann\b|köpf\w*|koepf\w*|angestellt\w*|personen|kolleg\w*|"
    r"menschen|mitarbeitend\w*|ma\b|arbeitskräft\w*|arbeitnehmer\w*|mitarb\w*|beschäft\w*|"
    r"frau(?:en)? und mann|vollzeit\w*|männeken|hansel\w*)"
)
_MONEY = r"(?:€|euro\b|eur\b)"
_SOLO = re.compile(
    r"\b(?:solo[- ]?selbst\w*|ein[- ]?(?:mann|frau|personen)[- ]?(?:betrieb|firma|unternehmen|show)|"
    r"one[- ]man[- ]show|"
    r"(?:bin|arbeite) (?:ganz )?allein(?:e)?\b(?! ?erziehend)|ohne (?:mitarbeiter|angestellte|personal))",
    re.IGNORECASE,
)
_ORDINAL_GROUP = {
    "zweit": 2,
    "dritt": 3,
    "viert": 4,
    "fünft": 5,
    "fuenft": 5,
    "sechst": 6,
    "siebt": 7,
    "acht": 8,
    "neunt": 9,
    "zehnt": 10,
    "elft": 11,
    "zwölft": 12,
    "zwoelft": 12,
}
_INCOME = re.compile(r"versteuer|zve\b", re.IGNORECASE)
_EARNINGS = re.compile(r"einkommen|verdien|brutto|netto|gehalt|lohn\b|im jahr\b|pro jahr|jährlich", re.IGNORECASE)
"""Pay is neither the taxable income that limits are about nor the costs of a plan: no verdict may rest on it."""
_TURNOVER = re.compile(r"umsatz|jahresumsatz", re.IGNORECASE)


@dataclass(frozen=True)
class _Pattern:
    entity: str
    regex: re.Pattern[str]
    value: Callable[[re.Match[str]], object]


def number(text: str) -> float:
    """„1.200“ → 1200, „1,5“ → 1.5 (German notation)."""
    return float(re.sub(r"[.\s]", "", text).replace(",", "."))


def _int(group: int) -> Callable[[re.Match[str]], object]:
    return lambda match: int(number(match.group(group)))


_PATTERNS: tuple[_Pattern, ...] = (
    _Pattern(
        "employees_range",
        re.compile(rf"({_NUMBER})\s*(?:bis|-|–|oder)\s*({_NUMBER})\s*(?:\w+\s)?{_STAFF}", re.I),
        lambda m: [int(number(m[1])), int(number(m[2]))],
    ),
    _Pattern(
        "employees_range",
        re.compile(rf"(?:unter|weniger als|keine)\s*({_NUMBER})\s*(?:\w+\s)?{_STAFF}", re.I),
        lambda m: [1, int(number(m[1])) - 1],
    ),
    _Pattern(
        "employees_range",
        re.compile(rf"(?:über|ueber|mehr als)\s*({_NUMBER})\s*(?:\w+\s)?{_STAFF}", re.I),
        lambda m: [int(number(m[1])) + 1, 100000],
    ),
    _Pattern("employees", re.compile(rf"({_NUMBER})\s*(?:-|–)?\s*(?:\w+e[nr]?\s)?{_STAFF}", re.I), _int(1)),
    _Pattern(
        "employees",
        re.compile(
            rf"\b(?:wir sind|sind wir|sind)\s(?:\w+\s)?(?:ca\.?\s|circa\s|etwa\s|so\s|knapp\s|rund\s)?({_NUMBER})"
            r"(?=\s*(?:[,.;!?]|$|und\b|in\b|im\b|aus\b))",
            re.I,
        ),
        _int(1),
    ),
    _Pattern(
        "employees",
        re.compile(rf"\b({_NUMBER})[- ]?(?:mann|personen|frau)[- ]?(?:betrieb|firma|unternehmen|laden|büro)", re.I),
        _int(1),
    ),
    _Pattern(
        "employees",
        re.compile(rf"\bzu\s({'|'.join(_ORDINAL_GROUP)})\b", re.I),
        lambda m: _ORDINAL_GROUP[m[1].lower()],
    ),
    _Pattern(
        "employees",
        re.compile(
            rf"(?:beschäftig\w*|beschaeftig\w*)\s(?:wir\s)?(?:\w+\s)?({_NUMBER})\b(?!\s*(?:jahr|monat|%|prozent|€|euro))",
            re.I,
        ),
        _int(1),
    ),
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
    _Pattern("age", re.compile(r"^\W*(1[4-9]|[2-6]\d)\s*,"), _int(1)),
    _Pattern("age", re.compile(r"\((1[4-9]|[2-6]\d)\)"), _int(1)),
    _Pattern("age", re.compile(r"\bü\s?(\d0)\b", re.I), _int(1)),
    _Pattern(
        "months_unemployed",
        re.compile(
            rf"(?:seit|nach|schon)\s({_NUMBER})\s*(jahr|monat)\w*\s*(?:\w+\s){{0,2}}"
            r"(?:raus|arbeitslos|ohne (?:job|arbeit)|arbeitssuchend|zuhause|daheim)",
            re.I,
        ),
        lambda m: int(number(m[1]) * (12 if m[2].lower() == "jahr" else 1)),
    ),
    _Pattern(
        "months_unemployed",
        re.compile(rf"(?:arbeitslos|ohne (?:job|arbeit))\s(?:\w+\s)?seit\s({_NUMBER})\s*(jahr|monat)", re.I),
        lambda m: int(number(m[1]) * (12 if m[2].lower() == "jahr" else 1)),
    ),
    _Pattern(
        "years_on_benefit",
        re.compile(
            rf"({_NUMBER})\s*jahre?\w*\s(?:\w+\s){{0,4}}(?:vom amt|vom jobcenter|bürgergeld|hartz|grundsicherung)",
            re.I,
        ),
        _int(1),
    ),
    _Pattern(
        "firm_age_years",
        re.compile(
            rf"(?:laden|firma|betrieb|unternehmen|uns|praxis|büro|geschäft)\s(?:\w+\s){{0,3}}(?:seit|erst)\s(?:\w+\s)?({_NUMBER})\s*(jahr|monat)",
            re.I,
        ),
        lambda m: number(m[1]) / (1 if m[2].lower() == "jahr" else 12),
    ),
    _Pattern(
        "course_hours",
        re.compile(
            rf"({_NUMBER})\s*(?:unterrichts|zeit|kurs)?stunden\b"
            r"(?!\s*(?:die|pro|in der|im)?\s*(?:woche|lager|büro|job))",
            re.I,
        ),
        _int(1),
    ),
)
_AMOUNT = re.compile(rf"({_NUMBER})\s*(k\b|tsd\.?|tausend|mio\.?|millionen?)?\s*({_MONEY})?", re.IGNORECASE)
_SCALE = {"k": 1e3, "tsd": 1e3, "tausend": 1e3, "mio": 1e6, "million": 1e6, "millionen": 1e6}


def find_numbers(text: str) -> list[Mention]:
    """Return mentions whose entity is the name of a fact (``knowledge_base.facts``) or ``employees_range``.

    Number words are read first („zwölf Leute“). Positions refer to the original text where the wording is unchanged,
    else to the whole message.
    """
    digits = words_to_digits(text)
    mentions: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.regex.finditer(digits):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            taken.append(match.span())
            mentions.append(_mention(pattern.entity, pattern.value(match), text, match.group()))
    if not any(m.entity.startswith("employees") for m in mentions) and _SOLO.search(text):
        mentions.append(Mention("employees", 1, 0, len(text), 0.9))
    mentions += _amounts(digits, text, taken)
    return mentions or _bare_number(digits, text)


def _bare_number(digits: str, text: str) -> list[Mention]:
    """The only number of a message that says no unit; what it means, the conversation decides."""
    found = [
        m for m in re.finditer(rf"(?<![\w§]){_NUMBER}(?![\w%.])", digits) if len(m.group()) != 5 or "." in m.group()
    ]
    found = found or [m for m in re.finditer(rf"(?<=wenns\s){_NUMBER}", digits)]
    if len(found) != 1:
        return []
    return [_mention("number", number(found[0].group()), text, found[0].group())]


def _amounts(digits: str, text: str, taken: list[tuple[int, int]]) -> list[Mention]:
    """Money: costs of the plan unless the words beside it speak of income or turnover."""
    found = []
    for match in _AMOUNT.finditer(digits):
        scale = (match[2] or "").lower().rstrip(".")
        if any(match.start() < end and match.end() > start for start, end in taken):
            continue
        value = number(match[1]) * _SCALE.get(scale, 1)
        around = digits[max(0, match.start() - 60) : match.end() + 40]
        income = bool(_INCOME.search(around))
        if not (match[3] or scale or (income and value >= 5000)):
            continue
        if not income and _EARNINGS.search(around) and not _TURNOVER.search(around):
            continue
        entity = "turnover_eur" if _TURNOVER.search(around) else "taxable_income_eur" if income else "costs_eur"
        found.append(_mention(entity, value, text, match.group().strip()))
    return found


def _mention(entity: str, value: object, text: str, found: str) -> Mention:
    start = text.find(found)
    return Mention(entity, value, start, start + len(found)) if start >= 0 else Mention(entity, value, 0, len(text))


def words_to_digits(text: str) -> str:
    """Replace German number words by digits: „zwölf Leute“ → „12 Leute“. Articles („ein“, „eine“) stay."""
    return re.sub(r"[A-Za-zÄÖÜäöüß]{4,}", _digits, text)


_KEEP = frozenset(
    {"eine", "einen", "einer", "einem", "eines", "eins", "acht", "tausend", "hundert", "million", "millionen"}
)


def _digits(match: re.Match[str]) -> str:
    word = match.group().lower().replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    if word in _KEEP and word != "acht":
        return match.group()
    try:
        return str(int(text2num(word, "de")))
    except (ValueError, ArithmeticError):
        return match.group()
