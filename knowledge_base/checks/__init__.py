"""What must hold across the catalogue: one rule per module, each with a broken example in ``tests/broken_data/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from knowledge_base.checks import (
    alias_collision,
    amounts_cover_funding_text,
    contact_reachable,
    contacts_cover_area,
    date_order,
    ended_says_what_instead,
    figure_without_source,
    https_links,
    low_confidence,
    open_programme_needs_contact,
    overdue_verification,
    phone_format,
    status_fits_dates,
    successor_cycle,
    text_length_and_language,
    unknown_fact_or_value,
    unknown_place,
    unknown_purpose,
    unknown_reference,
    unknown_source,
    vocabulary_ids,
)
from knowledge_base.checks.finding import Finding
from knowledge_base.content import Catalogue
from knowledge_base.loader import read_catalogue
from knowledge_base.problems import Problem, ordered

Check = Callable[[Catalogue, dt.date], Iterable[Finding]]

CHECKS: dict[str, Check] = {
    module.__name__.rpartition(".")[2]: module.check
    for module in (
        figure_without_source,
        unknown_source,
        unknown_reference,
        unknown_place,
        unknown_purpose,
        unknown_fact_or_value,
        vocabulary_ids,
        alias_collision,
        status_fits_dates,
        date_order,
        ended_says_what_instead,
        successor_cycle,
        amounts_cover_funding_text,
        open_programme_needs_contact,
        contacts_cover_area,
        contact_reachable,
        phone_format,
        https_links,
        text_length_and_language,
        overdue_verification,
        low_confidence,
    )
}
"""Name of the rule → its function."""


OF_ONE_RECORD = frozenset(
    module.__name__.rpartition(".")[2]
    for module in (
        figure_without_source,
        unknown_source,
        unknown_purpose,
        unknown_fact_or_value,
        vocabulary_ids,
        status_fits_dates,
        date_order,
        amounts_cover_funding_text,
        contact_reachable,
        phone_format,
        https_links,
        text_length_and_language,
        overdue_verification,
    )
)
"""Rules that look at one record and nothing else: what they find stays true until the record or the day changes."""


def check_directory(directory: Path, today: dt.date) -> tuple[Catalogue, list[Problem]]:
    """Read the catalogue and apply all rules to what could be read.

    Args:
        directory: The directory of the catalogue.
        today: The day that dates are compared with.

    Returns:
        The catalogue without its unreadable records, and all problems by file and line.
    """
    catalogue, problems = read_catalogue(directory)
    return catalogue, ordered([*problems, *run_checks(catalogue, today)])


def run_checks(catalogue: Catalogue, today: dt.date, rules: Collection[str] = CHECKS.keys()) -> list[Problem]:
    """Apply rules to a catalogue, by default all."""
    return [problem_of(catalogue, rule, finding) for rule in rules for finding in CHECKS[rule](catalogue, today)]


def problem_of(catalogue: Catalogue, rule: str, finding: Finding) -> Problem:
    """Return a finding with its file and line."""
    path, line = catalogue.locate(finding.kind, finding.record_id, finding.loc)
    return Problem(path, line, finding.text, finding.severity, rule)
