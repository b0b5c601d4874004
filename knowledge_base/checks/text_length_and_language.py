"""Texts are short and plain: two sentences of summary, short main clauses, Sie-Form, real umlauts. Warnings only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, warning
from knowledge_base.content import Catalogue, Loc
from knowledge_base.schema.programme import Programme
from knowledge_base.text import sentences

SUMMARY_SENTENCES = 2
TERM_SENTENCES = 3
PLAIN_WORDS = 15
LONGEST_WORDS = 35
_DU = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?)\b", re.IGNORECASE)
_TYPED_UMLAUT = re.compile(
    r"\b(?:fuer|ueber\w*|moeglich\w*|koennen|muessen|muss[ts]en|foerder\w*|hoechst\w*|gebuehr\w*|zusaetzlich|"
    r"naechst\w*|beschaeftig\w*|ausserdem|groess\w*|jaehrlich|spaetestens)\b",
    re.IGNORECASE,
)


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report texts that are too long or not in our language."""
    for p in catalogue.programmes.values():
        for loc, text in _texts(p):
            for fault in _language(text):
                yield warning("programme", p.id, loc, fault)
        if len(sentences(p.summary.text)) > SUMMARY_SENTENCES:
            yield warning(
                "programme",
                p.id,
                ("summary",),
                f"Die Zusammenfassung hat mehr als {SUMMARY_SENTENCES} Sätze – kürzen Sie sie.",
            )
        for sentence in sentences(p.plain.text):
            if len(sentence.split()) > PLAIN_WORDS:
                yield warning(
                    "programme",
                    p.id,
                    ("plain",),
                    f"Der Satz „{_short(sentence)}“ ist für einfache Sprache zu "
                    f"lang – höchstens {PLAIN_WORDS} Wörter.",
                )
    for term in catalogue.terms.values():
        if len(sentences(term.text.text)) > TERM_SENTENCES:
            yield warning(
                "term", term.id, ("text",), f"Die Erklärung hat mehr als {TERM_SENTENCES} Sätze – kürzen Sie sie."
            )


def _texts(p: Programme) -> Iterator[tuple[Loc, str]]:
    for name in ("summary", "plain", "status_note", "deadline"):
        statement = getattr(p, name)
        if statement:
            yield (name,), statement.text
    yield ("funding", "text"), p.funding.text.text
    for name in ("conditions", "exclusions", "steps", "documents", "combination"):
        for index, statement in enumerate(getattr(p, name)):
            yield (name, index), statement.text


def _language(text: str) -> Iterator[str]:
    if found := _DU.search(text):
        yield f"„{found[0]}“ duzt – schreiben Sie in der Sie-Form."
    if found := _TYPED_UMLAUT.search(text):
        yield f"„{found[0]}“ ist ohne Umlaut oder ß geschrieben – schreiben Sie ä, ö, ü, ß."
    for sentence in sentences(text):
        if len(sentence.split()) > LONGEST_WORDS:
            yield f"Der Satz „{_short(sentence)}“ hat mehr als {LONGEST_WORDS} Wörter – teilen Sie ihn."


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:50] + "…"
