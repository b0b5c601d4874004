"""Words for programmes: the short card, one aspect, an ended programme. Every figure comes from the record."""

from __future__ import annotations

import datetime as dt
from typing import Callable, Sequence

from actions.german import date_de, sentence
from knowledge_base.eligibility import Verdict
from knowledge_base.german import KINDS, LEVELS, STATUS
from knowledge_base.schema.common import Statement, source_keys
from knowledge_base.schema.programme import Programme, Status

_BEFORE_START = (
    "Wichtig: Beantragen Sie zuerst und fangen Sie erst danach an. "
    "Nach Beginn oder Unterschrift ist die Förderung meist verloren."
)
_MAX_POINTS = 8


def card(programme: Programme, verdict: Verdict | None, contact: str | None, plain: bool = False) -> str:
    """What it is, what you get, the condition that matters, next step, person, Stand and source."""
    lines = [heading(programme), (programme.plain if plain else programme.summary).text]
    lines.append(f"Was Sie bekommen: {sentence(programme.funding.text.text)}")
    lines += _state(programme)
    decisive = _decisive(programme, verdict)
    if decisive:
        lines.append(f"Bedingung: {sentence(decisive)}")
    if programme.apply_before_start:
        lines.append("Erst beantragen, dann anfangen: Der Antrag muss vor dem Beginn gestellt sein.")
    if programme.steps:
        lines.append(f"Nächster Schritt: {sentence(programme.steps[0].text)}")
    if contact:
        lines.append(f"Ansprechstelle: {contact}")
    lines.append(stand(programme))
    return "\n".join(lines)


def heading(programme: Programme) -> str:
    """„Bildungsscheck 2.0 (Zuschuss, Land NRW)“"""
    return f"{programme.name} ({KINDS[programme.kind]}, {LEVELS[programme.level]})"


def stand(programme: Programme, statements: Sequence[Statement] = ()) -> str:
    """„Stand“ and source; an overdue record says so."""
    keys = [key for s in statements for key in source_keys(s.source) if key in programme.sources]
    source = programme.sources[keys[0]] if keys else next(iter(programme.sources.values()))
    where = source.url if source.url.startswith("http") else source.title
    return f"Stand: {date_de(programme.verified.on)}. Quelle: {where}"


def overdue(programme: Programme, today: dt.date) -> str | None:
    """A warning when the record is past its day of checking."""
    if programme.verified.next >= today:
        return None
    return "Diese Angaben sind noch nicht wieder geprüft worden. Bitte fragen Sie vor einer Entscheidung nach."


def ended(programme: Programme, successor: Programme | None) -> str:
    """Since when it is over and what exists instead."""
    note = programme.status_note.text if programme.status_note else "Das genaue Ende ist nicht veröffentlicht."
    lines = [f"{programme.name} ist ausgelaufen. Das können Sie nicht mehr beantragen.", sentence(note)]
    if successor is not None:
        lines.append(f"Stattdessen gibt es: {heading(successor)}. {successor.summary.text}")
        lines.append(f"Was Sie dort bekommen: {sentence(successor.funding.text.text)}")
        if programme.successor and programme.successor.not_replaced:
            lines.append(sentence(programme.successor.not_replaced))
    lines.append(stand(programme))
    return "\n".join(lines)


def besides_lines(programmes: Sequence[Programme]) -> list[str]:
    """What else there is for the same plan, with what one gets; whether both go together is for the office to say."""
    if not programmes:
        return []
    lines = ["Für dasselbe Vorhaben gibt es auch:"]
    lines += [f"• {heading(p)}. Was Sie bekommen: {sentence(p.funding.text.text)}" for p in programmes]
    return [*lines, "Fragen Sie die Stelle, ob beides zusammen geht, bevor Sie zwei Anträge stellen."]


def aspect_text(programme: Programme, aspect: str, plain: bool = False) -> str:
    """The words for one aspect of the contract (``hoehe``, ``frist`` …) without heading, Stand and contact."""
    return "\n".join(_ASPECTS[aspect](programme, plain))


def _overview(programme: Programme, plain: bool) -> list[str]:
    lines = [
        (programme.plain if plain else programme.summary).text,
        f"Was Sie bekommen: {sentence(programme.funding.text.text)}",
    ]
    if programme.conditions:
        lines += _points("Die wichtigsten Bedingungen:", programme.conditions[:3])
    lines.append(f"Frist: {sentence(programme.deadline.text)}")
    if programme.steps:
        lines.append(f"Nächster Schritt: {sentence(programme.steps[0].text)}")
    return lines


def _amount(programme: Programme, plain: bool) -> list[str]:
    lines = [f"Was Sie bekommen: {sentence(programme.funding.text.text)}"]
    if programme.exclusions:
        lines += _points("Das geht nicht:", [e for e in programme.exclusions if not e.rules][:3])
    return lines


def _requirements(programme: Programme, plain: bool) -> list[str]:
    lines = _points("Das muss erfüllt sein:", programme.conditions) or [
        "Besondere Bedingungen sind nicht veröffentlicht. Die Stelle prüft Ihren Fall."
    ]
    note = programme.company_size.note
    if note:
        lines.append(f"Größe des Betriebs: {sentence(note)}")
    return lines + _points("Das geht nicht:", programme.exclusions)


def _deadline(programme: Programme, plain: bool) -> list[str]:
    lines = [f"Frist: {sentence(programme.deadline.text)}"]
    if programme.valid_until and programme.status is not Status.AUSGELAUFEN:
        lines.append(f"Das Programm läuft nach heutigem Stand bis zum {date_de(programme.valid_until)}.")
    return lines


def _steps(programme: Programme, plain: bool) -> list[str]:
    steps = [f"{n}. {sentence(s.text)}" for n, s in enumerate(programme.steps[:_MAX_POINTS], 1)]
    lines = (
        ["So gehen Sie vor:", *steps]
        if steps
        else ["Der genaue Ablauf ist nicht veröffentlicht. Fragen Sie zuerst die Stelle."]
    )
    return [
        *lines,
        f"Frist: {sentence(programme.deadline.text)}",
        f"Zuständig: {programme.provider.name}" + (f", {programme.provider.url}" if programme.provider.url else ""),
    ]


def _documents(programme: Programme, plain: bool) -> list[str]:
    return _points("Diese Unterlagen brauchen Sie:", programme.documents) or [
        "Welche Unterlagen nötig sind, ist nicht veröffentlicht. Fragen Sie vor dem Antrag die Stelle."
    ]


def _contact(programme: Programme, plain: bool) -> list[str]:
    provider = programme.provider
    reach = [part for part in (provider.phone and f"Telefon {provider.phone}", provider.email, provider.url) if part]
    return [f"Zuständig für {programme.name}: {provider.name}" + (f" ({', '.join(reach)})" if reach else "")]


def _combination(programme: Programme, plain: bool) -> list[str]:
    return _points("Zur Kombination mit anderer Förderung:", programme.combination) or [
        "Ob Sie das mit anderer Förderung verbinden dürfen, ist in unseren Quellen nicht geregelt. "
        "Fragen Sie die Stelle, bevor Sie zwei Anträge stellen."
    ]


def _legal_basis(programme: Programme, plain: bool) -> list[str]:
    return [
        f"Rechtsgrundlage: {programme.legal_basis}"
        if programme.legal_basis
        else "Eine Rechtsgrundlage ist in unseren Quellen nicht genannt."
    ]


_ASPECTS: dict[str, Callable[[Programme, bool], list[str]]] = {
    "ueberblick": _overview,
    "hoehe": _amount,
    "voraussetzungen": _requirements,
    "frist": _deadline,
    "ablauf": _steps,
    "unterlagen": _documents,
    "kontakt": _contact,
    "kombination": _combination,
    "rechtsgrundlage": _legal_basis,
}
ASPECTS = tuple(_ASPECTS)


def before_start_warning(programme: Programme) -> str | None:
    """The „apply before you start“ guard, if it holds for the programme."""
    return _BEFORE_START if programme.apply_before_start else None


def begun(lost: Sequence[Programme]) -> str:
    """Said to somebody who has begun already: what that means, and which programmes it costs."""
    lines = [
        "Wichtig: Sie haben schon angefangen oder etwas unterschrieben. Die meisten Förderungen muss man vorher "
        "beantragen. Was Sie noch nicht begonnen haben, beantragen Sie bitte zuerst."
    ]
    if lost:
        lines.append("Das geht deshalb nicht mehr: " + "; ".join(programme.name for programme in lost) + ".")
    return "\n".join([*lines, "Das kann noch passen:"])


def _state(programme: Programme) -> list[str]:
    """What must be said about the state of a programme that is not simply open."""
    if programme.status_note is not None:
        return [f"Stand des Programms: {sentence(programme.status_note.text)}"]
    return [] if programme.status is Status.AKTIV else [f"Stand des Programms: {STATUS[programme.status]}."]


def state_lines(programme: Programme) -> list[str]:
    """Public form of the state, for explanations."""
    return _state(programme)


def open_question(programme: Programme) -> str | None:
    """The first open question of the record, shown as such."""
    return f"Noch nicht geklärt: {sentence(programme.open_questions[0])}" if programme.open_questions else None


def verdict_lines(verdict: Verdict) -> list[str]:
    """The verdict with its reasons in plain German."""
    if verdict.result == "passt_nicht":
        return ["Nach Ihren Angaben passt das nicht.", *[f"Grund: {sentence(r.text)}" for r in verdict.unmet[:3]]]
    lines = ["Nach Ihren Angaben passt das." if verdict.result == "passt" else "Ob es passt, ist noch offen."]
    lines += [f"Offen: {sentence(r.text)}" for r in verdict.open[:3]]
    return lines + [f"Das prüft die Stelle: {sentence(text)}" for text in verdict.adviser[:2]]


def _decisive(programme: Programme, verdict: Verdict | None) -> str | None:
    """The first condition that is still open for this case, else the first one."""
    still_open = {reason.text for reason in verdict.open} if verdict else set()
    conditions = [condition.text for condition in programme.conditions]
    return next((text for text in conditions if text in still_open), conditions[0] if conditions else None)


def _points(title: str, statements: Sequence[Statement]) -> list[str]:
    return [title, *[f"• {sentence(s.text)}" for s in statements[:_MAX_POINTS]]] if statements else []
