"""Words of the summary: per programme why, until when, what next, which papers, and who helps."""

from __future__ import annotations

import datetime as dt

from actions.german import date_de, sentence
from actions.render_contact import contact_line
from actions.render_programme import heading, overdue, stand, verdict_lines
from knowledge_base.eligibility import Verdict
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme

_COUNTS = ("null", "einem", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_WEEK, _MONTH, _YEAR = 7, 30.4, 365
_DAYS_AT_MOST, _WEEKS_AT_MOST = 12, 9
_REASONS = 3
_PAPERS = 8


def summary_block(programme: Programme, verdict: Verdict, people: list[Contact], today: dt.date) -> str:
    """One programme of the summary."""
    lines = [heading(programme), *verdict_lines(verdict)[: _REASONS + 1]]
    lines += [f"Erfüllt: {sentence(reason.text)}" for reason in verdict.met[:_REASONS] if reason.text]
    lines += deadline_lines(programme, today)
    if programme.steps:
        lines.append(f"Nächster Schritt: {sentence(programme.steps[0].text)}")
    if programme.documents:
        lines += ["Diese Unterlagen brauchen Sie:", *[f"☐ {sentence(p.text)}" for p in programme.documents[:_PAPERS]]]
    if people:
        lines.append(f"Ansprechstelle: {contact_line(people[0], today)}")
    return "\n".join([*lines, *[line for line in (overdue(programme, today),) if line], stand(programme)])


def deadline_lines(programme: Programme, today: dt.date) -> list[str]:
    """Until when, in the words of the record, and how far away that is today."""
    deadline, lines = programme.deadline, [f"Frist: {sentence(programme.deadline.text)}"]
    if programme.apply_before_start:
        lines.append("Erst beantragen, dann anfangen.")
    if deadline.opens and deadline.opens > today:
        lines.append(f"Anträge sind ab dem {date_de(deadline.opens)} möglich, das ist {away(today, deadline.opens)}.")
    elif deadline.date:
        lines.append(_distance("Die Frist endet", deadline.date, today))
    elif programme.valid_until:
        lines.append(_distance("Das Programm endet", programme.valid_until, today))
    return lines


def away(today: dt.date, day: dt.date) -> str:
    """How far a day is away, in words: no figure that stands in no record."""
    days = (day - today).days
    if days < 0:
        return "schon vorbei"
    if days <= 1:
        return ("heute", "morgen")[days]
    if days <= _DAYS_AT_MOST:
        return f"in {_COUNTS[days]} Tagen"
    if round(days / _WEEK) <= _WEEKS_AT_MOST:
        return f"in etwa {_COUNTS[round(days / _WEEK)]} Wochen"
    months = round(days / _MONTH)
    return f"in etwa {_COUNTS[months]} Monaten" if days <= _YEAR and months < len(_COUNTS) else "in über einem Jahr"


def _distance(what: str, day: dt.date, today: dt.date) -> str:
    if day < today:
        return f"Der Tag {date_de(day)} ist schon vorbei. Fragen Sie die Stelle, ob es weitergeht."
    return f"{what} am {date_de(day)}, das ist {away(today, day)}."
