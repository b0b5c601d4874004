"""All programmes that pass some filters, for people who look around: nobody's case is judged here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge_base.finding import weights as w
from knowledge_base.finding.desk import Desk, Mask
from knowledge_base.finding.programmes import ProgrammeSearch
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Kind, Programme, Status

NOT_ENDED = tuple(status for status in Status if status is not Status.AUSGELAUFEN)
"""What is shown unless somebody asks for something else."""


@dataclass(frozen=True)
class Filters:
    """What a list of programmes is narrowed down to; what is empty narrows nothing."""

    text: str = ""
    topic: str | None = None
    audience: str | None = None
    """Id of those who benefit or file the application."""
    place: str | None = None
    """Id of a place or area, ``outside:<id>`` for one outside NRW."""
    kind: str | None = None
    statuses: Sequence[Status] = NOT_ENDED
    """States on the day."""


def browse(desk: Desk, filters: Filters, as_of: dt.date, home: str | None) -> list[Programme]:
    """Return all programmes that pass the filters, in the order in which the chat would name them.

    Duties, which are no funding, come last unless they were asked for.

    Args:
        desk: The catalogue.
        filters: What is wanted.
        as_of: The day for which it is asked.
        home: Id of the region of the agency, whose offers come first while no place is known.
    """
    topics = (filters.topic,) if filters.topic else ()
    profile = Profile(topics, filters.audience, filters.place, home)
    search = ProgrammeSearch(desk, profile, filters.text, as_of)
    shelf = desk.programmes
    duties = shelf.any_of(shelf.kinds, [Kind.PFLICHT.value]) & (search.relevance < w.DUTY_TEXT)
    scores = search.scores - duties * np.float32(w.DUTY_ASKED)
    rows = np.flatnonzero(_passing(desk, filters, as_of) & _about(search, filters.text))
    return [shelf.records[row] for row in sorted(rows, key=lambda row: (-scores[row], shelf.records[row].name))]


def _passing(desk: Desk, filters: Filters, as_of: dt.date) -> Mask:
    shelf, none = desk.programmes, desk.programmes.none()
    masks = shelf.statuses(as_of)
    passing: Mask = np.logical_or.reduce([masks.get(status, none) for status in filters.statuses] or [none])
    if filters.topic:
        passing = passing & shelf.any_of(shelf.topics, [filters.topic])
    if filters.audience:
        whom = [filters.audience]
        passing = passing & (shelf.any_of(shelf.audiences, whom) | shelf.any_of(shelf.applicants, whom))
    if filters.kind:
        passing = passing & shelf.any_of(shelf.kinds, [filters.kind])
    if filters.place:
        passing = passing & ~shelf.near(filters.place, desk.directory)[0]
    return passing


def _about(search: ProgrammeSearch, text: str) -> Mask:
    """Which programmes the words are about: relevant enough, and not far behind the best one."""
    if not text.strip():
        return np.ones(len(search.relevance), np.bool_)
    return search.relevance >= max(w.CANDIDATE_TEXT, w.CANDIDATE_SHARE * float(search.relevance.max(initial=0)))
