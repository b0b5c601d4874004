"""Events, glossary terms and names that lead astray."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from knowledge_base.finding.desk import Desk
from knowledge_base.schema.misc import ConfusableName, Event, Term
from knowledge_base.search import TERM
from knowledge_base.text import tokens

_TERM_TEXT = 0.75
"""Relevance from which a term is meant although its name is not in the text."""
T = TypeVar("T")


def upcoming_events(desk: Desk, as_of: dt.date, place: str | None, topics: Sequence[str]) -> list[Event]:
    """Events that are still to come or recur, near the place and on the topics; dated ones first, by date."""
    wanted = set(topics)
    fitting = [
        event for event in desk.catalogue.events.values()
        if _is_ahead(event, as_of)
        and (place is None or desk.directory.covers(event.area, place) is not False)
        and (not wanted or wanted & {topic.value for topic in event.topics})
    ]
    return sorted(fitting, key=lambda event: (event.date is None, event.date or dt.date.max, event.id))


def _is_ahead(event: Event, as_of: dt.date) -> bool:
    """Whether it can still be attended. Roughly dated ones („Herbst 2025“) are never offered: nobody knows."""
    last = event.end_date or event.date
    return last >= as_of if last else event.recurring is not None


def term_in(desk: Desk, text: str) -> Term | None:
    """The glossary term the text is about: the longest one it names, else the one its words lead to."""
    named = _longest_named(text, ((name, term) for term in desk.catalogue.terms.values()
                                  for name in (term.term, *term.aliases)))
    if named is not None:
        return named
    found = desk.index.search(text, [TERM], limit=1)
    return desk.catalogue.terms.get(found[0].id) if found and found[0].score >= _TERM_TEXT else None


def confusable_in(desk: Desk, text: str) -> ConfusableName | None:
    """The name in the text that does not mean what people think."""
    return _longest_named(text, ((name, confusable) for confusable in desk.catalogue.confusable
                                 for name in (confusable.name, *confusable.aliases)))


def _longest_named(text: str, names: Iterable[tuple[str, T]]) -> T | None:
    """The record with the longest name that stands in the text as whole words."""
    padded = f" {' '.join(tokens(text))} "
    found = [(len(key), record) for key, record in ((" ".join(tokens(name)), record) for name, record in names)
             if key and f" {key} " in padded]
    return max(found, key=lambda hit: hit[0])[1] if found else None
