"""Events, glossary terms and names that lead astray."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from knowledge_base.finding.desk import Desk
from knowledge_base.schema.misc import ConfusableName, Event, Term
from knowledge_base.text import stem, words

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
    """The glossary term the text names, in any form of its words; of several the longest."""
    return _longest_named(text, ((name, term) for term in desk.catalogue.terms.values()
                                 for name in (term.term, *term.aliases)))


def confusable_in(desk: Desk, text: str) -> ConfusableName | None:
    """The name in the text that does not mean what people think."""
    return _longest_named(text, ((name, confusable) for confusable in desk.catalogue.confusable
                                 for name in (confusable.name, *confusable.aliases)))


def _longest_named(text: str, names: Iterable[tuple[str, T]]) -> T | None:
    """The record with the longest name that stands in the text as whole words, whatever their endings."""
    padded = f" {_stems(text)} "
    found = [(len(key), record) for key, record in ((_stems(name), record) for name, record in names)
             if key and f" {key} " in padded]
    return max(found, key=lambda hit: hit[0])[1] if found else None


def _stems(text: str) -> str:
    return " ".join(map(stem, words(text)))
