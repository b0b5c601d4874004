"""Finds what looks personal in a text: names, ways to reach somebody, numbers of accounts and offices.

A pattern proposes and, where a number has check digits, these decide. What people write about programmes (amounts,
dates, post codes, paragraphs) must stay whole: the tests read every sentence of the training data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from stdnum import iban, luhn
from stdnum.de import idnr


class Kind(str, Enum):
    """What was found, in German for staff."""

    EMAIL = "E-Mail-Adresse"
    IBAN = "Kontonummer"
    CARD = "Kartennummer"
    TAX = "Steuernummer"
    INSURANCE = "Versicherungsnummer"
    PHONE = "Telefonnummer"
    ADDRESS = "Anschrift"
    NAME = "Name"


@dataclass(frozen=True)
class Personal:
    """Something personal in a text."""

    kind: Kind
    start: int
    end: int


_MAIL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w.+-]+\s?[\[(](?:at|ät)[\])]\s?[\w-]+(?:(?:\.|\s?[\[(](?:dot|punkt)[\])]\s?)[\w-]+)+", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:[\s-]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_DE_IBAN = re.compile(r"\bDE\s?\d{2}(?:[\s-]?\d){18}\b", re.IGNORECASE)
"""A German one is struck out with a slip in it, too."""
_CARD = re.compile(r"(?<![\w.,-])[2-6]\d{3}(?:[\s-]?\d){9,15}(?![\w-])")
_TAX_ID = re.compile(r"(?<![\w.,])[1-9]\d(?:[\s-]?\d){9}(?!\w)")
_TAX_NUMBER = re.compile(r"(?<![\w/])\d{2,3}/\d{3,4}/\d{4,5}(?![\w/])")
_INSURANCE = re.compile(r"\b\d{2}\s?(?:[0-3]\d[01]\d)\s?\d{2}\s?[A-Z]\s?\d{3}\b")
_NAMED_NUMBER = re.compile(
    r"\b(?:iban|konto(?:nummer|nr)?|kreditkarten?(?:nummer)?|steuer-?(?:id|nummer|nr|identifikationsnummer)|id-?nr|"
    r"(?:sozial|renten|kranken)?versicherten?(?:s?nummer|nr)|versicherungs(?:nummer|nr)|sv-?nummer|"
    r"(?:personal)?ausweis(?:nummer|nr)?|kunden(?:nummer|nr)|bg-?nummer)\b"
    r"\W{0,3}(?:ist|lautet|ist die|von mir ist)?\W{0,3}"
    r"(?P<value>[A-Z]{0,2}\d(?:[\s/-]?[A-Z]?\d){4,24})\b", re.IGNORECASE)
"""A number behind a word that says whose or what it is, whether or not its check digits fit."""
_DATE = r"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:\d{4}|\d{2})?(?!\d)"
_PHONE = re.compile(
    rf"(?<![\w.,/])(?!{_DATE})(?!0\d[./]\d{{4}}\b)(?:\+|0|\((?=[+0][\d ]{{1,6}}\)))(?:[\s/().-]{{0,2}}\d){{6,}}")
"""Begins with + or 0, at least seven digits, no date and no month."""
_NAMED_PHONE = re.compile(
    r"\b(?:tel(?:efon)?|handy|mobil|fax|whatsapp|(?:telefon|handy|mobil|fax|ruf)-?(?:nummer|nr)|meine nummer)\b"
    r"\W{0,3}(?:ist|lautet|unter)?\W{0,3}(?P<value>\d(?:[\s/.()-]{0,2}\d){4,14})(?!\w)", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:[A-ZÄÖÜ][\w-]+er\s)?(?:[\w.-]*(?:stra(?:ß|ss)e|str\.?)|[\w.-]{3,}(?:weg|allee|platz|gasse|ring|damm|ufer)|"
    r"[A-ZÄÖÜ][\w-]+\s(?:Weg|Allee|Platz|Gasse|Ring|Damm|Ufer)|"
    r"stra(?:ß|ss)e\s(?:de[rs]|am|an der)\s[\w-]+)"
    r"\s{0,2}\d{1,3}(?:\s?[a-z])?(?![\w%€])(?!\s?(?:Euro|Prozent|Jahr|Monat|Woche|Tag|Stunde|Mitarbeit|Leute|Personen|"
    r"Beschäftigt|Azubi|Mal|Mio|Tsd|[%€]))", re.IGNORECASE)
_NO_STREET = re.compile(
    r"(?:arbeits|ausbildungs|studien|lehr|praktikums|kita|betreuungs|stell|park|schul|lade|sitz|markt|werk|heim|"
    r"pflege|wohn|markt|förder|bildungs|karriere|lebens|rechts|beratungs|antrags|hin|rück|lern|reit|rad|rest)s?"
    r"(?:weg|platz)", re.IGNORECASE)
_PLACE_OF_HOUSE = re.compile(
    r"\b(?:Am|Im|An der|An den|Auf der|Auf dem|In der|Zum|Zur|Unter den|Hinter der)\s[A-ZÄÖÜ][\w-]+\s"
    r"\d{1,3}\s?[a-z]?(?=,?\s+\d{5}\b)")
"""„Am Markt 3“ only with a post code behind it."""
_FIRST, _WORD = r"[A-ZÄÖÜ][\w'’-]*[a-zäöüß][\w'’-]*", r"[^\W\d_][\w'’-]*"
_INTRODUCED = re.compile(
    rf"\b(?i:ich hei(?:ß|ss)e(?: übrigens)?|mein (?:voller |ganzer )?(?:vor|nach)?name(?: ist| lautet|:)?|"
    rf"my name is|hier spricht|hier schreibt)\s+(?i:herr |frau |dr\. )*(?!(?i:die|der) )"
    rf"(?P<name>{_FIRST}(?:\s+(?:(?:von|van|de|zu|der|el|al)\s+)?{_FIRST}){{0,3}}|{_WORD}(?:\s+{_WORD})?)")
"""A name behind words that introduce one; also in small letters."""
_ADDRESSED = re.compile(
    rf"\b(?:(?i:gr[üu](?:ß|ss)en?,?|mfg,?|gez\.)|Frau|Herrn?)\s+(?:(?:Dr|Prof)\.\s+)*"
    rf"(?P<name>{_FIRST}(?:\s+(?:(?:von|van|de|zu)\s+)?{_FIRST}){{0,2}})")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NO_NAME = frozenset((
    "aber", "als", "anders", "anfang", "apotheker", "aus", "bin", "das", "denn", "der", "die", "doch", "egal", "ein",
    "eine", "ende", "es", "für", "geheim", "gründer", "gründerin", "habe", "hier", "im", "in", "ja", "meisterin",
    "mit", "mitte", "möchte", "nein", "nicht", "noch", "oder", "programm", "seit", "sie", "so", "suche", "und",
    "unter", "unwichtig", "von", "weil", "wohne", "über",
))
"""Words that stand where a name might stand."""
_BEFORE_NAMES = ("heisse", "name", "spricht", "schreibt", "grüsse", "grusse", "mfg", "gez.", "frau", "herr")
"""One of these stands before every name, as ``casefold`` writes it: most texts need no closer look."""


def find_personal(text: str) -> list[Personal]:
    """Return everything personal in a text, in order and without overlap."""
    found: list[Personal] = []
    proposed = list(_proposed(text))
    proposed += _again(text, [each for each in proposed if each.kind is Kind.NAME])
    for each in sorted(proposed, key=lambda each: (each.start, -each.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
        elif each.end > found[-1].end:
            found[-1] = Personal(found[-1].kind, found[-1].start, each.end)
    return found


def _proposed(text: str) -> Iterator[Personal]:
    if "@" in text or "(" in text or "[" in text:
        yield from _matches(Kind.EMAIL, _MAIL, text)
    yield from _names(text)
    if any(letter.isdigit() for letter in text):
        yield from _numbers(text)


def _numbers(text: str) -> Iterator[Personal]:
    yield from _matches(Kind.IBAN, _DE_IBAN, text)
    yield from _matches(Kind.IBAN, _IBAN, text, iban.is_valid)
    yield from _matches(Kind.CARD, _CARD, text, lambda number: luhn.is_valid(_digits(number)))
    yield from _matches(Kind.TAX, _TAX_ID, text, lambda number: idnr.is_valid(_digits(number)))
    yield from _matches(Kind.TAX, _TAX_NUMBER, text)
    yield from _matches(Kind.INSURANCE, _INSURANCE, text)
    yield from _values(Kind.TAX, _NAMED_NUMBER, text)
    yield from _matches(Kind.PHONE, _PHONE, text)
    yield from _values(Kind.PHONE, _NAMED_PHONE, text)
    yield from _matches(Kind.ADDRESS, _STREET, text, lambda street: not _NO_STREET.match(street))
    yield from _matches(Kind.ADDRESS, _PLACE_OF_HOUSE, text)


def _names(text: str) -> Iterator[Personal]:
    plain = text.casefold()
    if not any(word in plain for word in _BEFORE_NAMES):
        return
    for match in (*_INTRODUCED.finditer(text), *_ADDRESSED.finditer(text)):
        name = match["name"]
        words = name.split()
        if words[0].lower() in _NO_NAME:
            continue
        while words[-1].lower() in _NO_NAME:
            words.pop()
        start = match.start("name")
        yield Personal(Kind.NAME, start, start + name.index(words[-1], len(" ".join(words[:-1]))) + len(words[-1]))


def _again(text: str, names: Iterable[Personal]) -> Iterator[Personal]:
    """The same names elsewhere in the text, whole or in part."""
    for name in names:
        for word in _LONG_WORD.findall(text[name.start:name.end]):
            yield from _matches(Kind.NAME, re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), text)


def _matches(
    kind: Kind, pattern: re.Pattern[str], text: str, accepts: Callable[[str], bool] = bool
) -> Iterable[Personal]:
    return (Personal(kind, *match.span()) for match in pattern.finditer(text) if accepts(match[0]))


def _values(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterable[Personal]:
    return (Personal(kind, *match.span("value")) for match in pattern.finditer(text))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
