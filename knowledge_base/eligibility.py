"""Does a programme fit a case? A pure, three-valued answer with reasons: no SQL, no dialogue, no clock.

A condition is true, false or unknown. „passt“ needs every decidable condition to be true; what no rule decides is
listed for the adviser. Learning one more fact can settle an unknown, but never unsettles what was settled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Optional

from knowledge_base.case import BALANCE_INSTEAD, Case, Truth
from knowledge_base.places import GERMANY, Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Amount, Condition, Op, Rule
from knowledge_base.schema.programme import Kind, Programme, Status
from knowledge_base.text import german_date

FITS = "passt"
OPEN = "offen"
FITS_NOT = "passt_nicht"

AUDIENCE_LABELS = {
    "unternehmen": "Unternehmen", "beschaeftigte": "Beschäftigte", "arbeitsuchende": "Arbeitsuchende",
    "auszubildende": "Auszubildende und junge Menschen vor der Ausbildung", "selbststaendige": "Selbstständige",
    "rueckkehrende": "Menschen, die in den Beruf zurückkehren", "zugewanderte": "Zugewanderte",
    "gruendende": "Menschen, die gründen", "weiterbildungsanbieter": "Anbieter von Weiterbildung",
}


@dataclass(frozen=True)
class Reason:
    """Why something is met, not met or open, in German, and the fact it hangs on."""

    text: str
    fact: str | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether a programme fits a case on a day."""

    result: str
    """``passt``, ``offen`` or ``passt_nicht``."""
    met: list[Reason] = field(default_factory=list)
    unmet: list[Reason] = field(default_factory=list)
    open: list[Reason] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Facts that would settle something and have not been asked yet; ``place`` and ``purpose`` among them."""
    amounts: list[Amount] = field(default_factory=list)
    """The amounts that may hold for this case on this day."""
    adviser: list[str] = field(default_factory=list)
    """Conditions and limits that no rule decides; somebody has to look."""


@dataclass(frozen=True)
class _Finding:
    """The truth of one criterion with the sentence for each outcome; an empty sentence is not listed."""

    truth: Truth
    met: str = ""
    unmet: str = ""
    open: str = ""
    fact: str | None = None


_Criterion = Callable[[Programme, Case], "_Finding | None"]


def evaluate(programme: Programme, profile: Profile, as_of: dt.date, directory: Directory) -> Verdict:
    """Judge one programme for one case on one day."""
    case = Case(profile, directory)
    return _verdict(list(_findings(programme, case, as_of)), programme, case, as_of)


def is_ruled_out(programme: Programme, case: Case, as_of: dt.date) -> bool:
    """Whether the verdict would be „passt_nicht“, without its reasons."""
    return any(finding.truth.truth is False for finding in _findings(programme, case, as_of))


@dataclass(frozen=True)
class Undecided:
    """A criterion that is still open for a case, and how it comes out for another case."""

    missing: tuple[str, ...]
    """Facts that would settle it; empty if nothing the asker could say would."""
    fact: str | None
    """What it is about."""
    outcome: Callable[[Case], Truth]
    audiences: frozenset[str] = frozenset()
    """If it is about the audience: those that meet it."""


def undecided(programme: Programme, case: Case) -> list[Undecided] | None:
    """The criteria that are open for a case, without those of the day; ``None`` if one fails for sure."""
    found = []
    for fact, outcome, audiences in _outcomes(programme):
        truth = outcome(case)
        if truth.truth is False:
            return None
        if truth.truth is None:
            found.append(Undecided(truth.missing, fact, outcome, audiences))
    return found


def current_status(programme: Programme, as_of: dt.date) -> Status:
    """The status on a day: dates go before what the record says, so that nothing ended is offered as open."""
    if programme.valid_until and programme.valid_until < as_of:
        return Status.AUSGELAUFEN
    if programme.valid_from and programme.valid_from > as_of and programme.status != Status.AUSGELAUFEN:
        return Status.GEPLANT
    return programme.status


def is_open(programme: Programme, as_of: dt.date) -> bool:
    """Whether applications are taken on a day, as far as status and dates say."""
    return not _on_the_day(programme, as_of)


def valid_amounts(programme: Programme, case: Case, as_of: dt.date) -> list[Amount]:
    """The amounts in force on the day whose case is not ruled out; of a dated series the latest value."""
    latest: dict[tuple[str, str, str | None], Amount] = {}
    for amount in programme.funding.amounts:
        begun = amount.valid_from is None or amount.valid_from <= as_of
        over = amount.valid_until is not None and amount.valid_until < as_of
        if not begun or over or case.all_of(amount.when).truth is False:
            continue
        key = (amount.what, amount.unit.value + amount.bound.value, amount.case)
        rival = latest.get(key)
        if rival is None or (amount.valid_from or dt.date.min) >= (rival.valid_from or dt.date.min):
            latest[key] = amount
    return [amount for amount in latest.values() if amount.value is not None]


def _findings(programme: Programme, case: Case, as_of: dt.date) -> Iterator[_Finding]:
    """All criteria, one after the other."""
    yield from _on_the_day(programme, as_of)
    for criterion in _CRITERIA:
        finding = criterion(programme, case)
        if finding:
            yield finding
    yield from _from_rules(programme.conditions, case, exclusion=False)
    yield from _from_rules(programme.exclusions, case, exclusion=True)


_Outcome = tuple[Optional[str], Callable[[Case], Truth], frozenset[str]]


def _outcomes(programme: Programme) -> Iterator[_Outcome]:
    """Every criterion as a function of the case, with the fact it is about and the audiences that meet it."""
    for criterion in _CRITERIA:
        whom = {each.value for each in (*programme.audiences, *programme.applicants)}
        yield _ABOUT[criterion], partial(_settled, criterion, programme), frozenset(whom)
    for conditions, exclusion in ((programme.conditions, False), (programme.exclusions, True)):
        for condition in conditions:
            rules = _rules(condition)
            if rules or condition.decisive:
                fact = next((rule.fact for rule in rules), None)
                yield fact, partial(_truth, condition, exclusion=exclusion), _whom(rules, exclusion)


def _whom(rules: Iterable[Rule], exclusion: bool) -> frozenset[str]:
    """The audiences that meet rules about the audience."""
    found: set[str] = set()
    for rule in rules:
        if rule.fact == "audience":
            named = set(rule.value) if isinstance(rule.value, list) else {str(rule.value)}
            found |= named if (rule.op in (Op.EQ, Op.IN)) is not exclusion else set(AUDIENCE_LABELS) - named
    return frozenset(found)


def _settled(criterion: _Criterion, programme: Programme, case: Case) -> Truth:
    finding = criterion(programme, case)
    return finding.truth if finding else Truth(True)


def _verdict(findings: list[_Finding], programme: Programme, case: Case, as_of: dt.date) -> Verdict:
    unmet = [Reason(f.unmet, f.fact) for f in findings if f.truth.truth is False]
    unknown = [f for f in findings if f.truth.truth is None]
    result = FITS_NOT if unmet else OPEN if unknown else FITS
    missing = dict.fromkeys(fact for f in unknown for fact in f.truth.missing if not case.was_asked(fact))
    return Verdict(
        result=result,
        met=[Reason(f.met, f.fact) for f in findings if f.truth.truth is True and f.met],
        unmet=unmet,
        open=[Reason(f.open or f.met, f.fact) for f in unknown],
        missing=list(missing),
        amounts=valid_amounts(programme, case, as_of),
        adviser=_for_the_adviser(programme, case),
    )


def _audience(programme: Programme, case: Case) -> _Finding:
    applicants = {audience.value for audience in programme.applicants}
    audiences = {audience.value for audience in programme.audiences}
    truth = case.belongs_to(applicants | audiences)
    whom = _enumerate(AUDIENCE_LABELS[a.value] for a in programme.audiences)
    met = f"Das Angebot ist für {whom} gedacht."
    if truth.truth and case.belongs_to(applicants).truth is not True:
        who = _enumerate(AUDIENCE_LABELS[a.value] for a in programme.applicants)
        met = f"Das Angebot kommt Ihnen zugute. Den Antrag stellen {who}."
    return _Finding(truth, met, f"Das Angebot ist nur für {whom} gedacht.",
                    f"Das Angebot ist für {whom} gedacht. Ob Sie dazugehören, ist noch offen.", "audience")


def _area(programme: Programme, case: Case) -> _Finding:
    where = _enumerate(case.directory.name(area) for area in programme.area)
    truth = Truth(True) if case.place is None and GERMANY in programme.area else case.lies_in(programme.area)
    return _Finding(truth, f"Es gilt hier: {where}.", f"Es gilt nur hier: {where}.",
                    f"Es gilt hier: {where}. Ob Ihr Ort ganz dazugehört, ist noch offen.", "place")


def _company_size(programme: Programme, case: Case) -> _Finding | None:
    """The size of the firm; for people without a firm it is nothing to decide."""
    size = programme.company_size
    truths = [case.is_true("employees", op, limit)
              for op, limit in ((Op.GE, size.min_employees), (Op.LE, size.max_employees)) if limit is not None]
    if size.max_turnover_eur is not None:
        turnover = case.is_true("turnover_eur", Op.LE, size.max_turnover_eur)
        balance = BALANCE_INSTEAD.get(int(size.max_turnover_eur))
        instead = [case.is_true("balance_eur", Op.LE, balance)] if balance is not None else []
        truths.append(Truth.some([turnover, *instead]))
    if not truths or case.has_no_firm:
        return None
    text = f"Größe des Betriebs: {size.note or _size_text(size.min_employees, size.max_employees)}."
    return _Finding(Truth.every(truths), text, text, text, "employees")


def _purpose(programme: Programme, case: Case) -> _Finding | None:
    """What the person has in mind against what the programme is for and what it rules out."""
    wanted, paid, ruled_out = set(case.profile.purposes), set(programme.purposes), set(programme.not_for)
    if not paid and not ruled_out:
        return None
    if not wanted:
        truth = Truth(None, ("purpose",))
    elif wanted & paid or (not paid and not wanted <= ruled_out):
        truth = Truth(True)
    else:
        truth = Truth(False) if wanted & ruled_out else Truth(None)
    return _Finding(truth, "Ihr Vorhaben gehört zu dem, was gefördert wird.",
                    "Dieses Vorhaben ist ausdrücklich ausgeschlossen.",
                    "Ob Ihr Vorhaben gefördert wird, ist noch offen.", "purpose")


def _not_started(programme: Programme, case: Case) -> _Finding | None:
    """Most grants must be applied for before the measure starts."""
    if not programme.apply_before_start:
        return None
    if any(rule.fact == "started" for c in (*programme.conditions, *programme.exclusions) for rule in _rules(c)):
        return None
    truth = case.is_true("started", Op.EQ, False)
    return _Finding(truth, "Sie haben noch nicht begonnen. Stellen Sie den Antrag vor dem Beginn.",
                    "Der Antrag muss vor dem Beginn gestellt werden. Sie haben schon begonnen.",
                    "Der Antrag muss vor dem Beginn gestellt werden.", "started")


_CRITERIA: tuple[_Criterion, ...] = (_audience, _area, _company_size, _purpose, _not_started)
_ABOUT = dict(zip(_CRITERIA, ("audience", "place", "employees", "purpose", "started"), strict=True))


def _from_rules(conditions: Iterable[Condition], case: Case, exclusion: bool) -> Iterator[_Finding]:
    """The conditions or exclusions that rules decide. An exclusion that does not apply is not worth a line."""
    for condition in conditions:
        if not _rules(condition) and not condition.decisive:
            continue
        truth = _truth(condition, case, exclusion)
        facts = [rule.fact for rule in (*condition.rules, *(r for group in condition.any_of for r in group))]
        unmet = _ruled_out(condition) if exclusion else condition.text
        met = "" if exclusion else condition.text
        yield _Finding(truth, met, unmet, unmet if exclusion else condition.text, next(iter(facts), None))


def _ruled_out(exclusion: Condition) -> str:
    """The sentence of an exclusion, so that it cannot be read as a condition."""
    says_so = "ausgeschlossen" in exclusion.text.lower()
    return exclusion.text if says_so else f"Ausgeschlossen: {exclusion.text}"


def _applies_to_a_part(exclusion: Condition, case: Case) -> bool:
    """Whether an exclusion hits some purposes of the plan, but not all of them."""
    stated = _stated(exclusion, case, whole_plan=False).truth
    return bool(stated) and _stated(exclusion, case, whole_plan=True).truth is False


def _stated(condition: Condition, case: Case, whole_plan: bool) -> Truth:
    """Whether what the rules state is the case."""
    parts = [case.all_of(condition.rules, whole_plan)] if condition.rules else []
    if condition.any_of:
        parts.append(case.any_of(condition.any_of, whole_plan))
    return Truth.every(parts) if parts else Truth(None)


def _truth(condition: Condition, case: Case, exclusion: bool) -> Truth:
    """Whether a condition is met, or an exclusion does not apply."""
    stated = _stated(condition, case, whole_plan=exclusion)
    if exclusion:
        stated = stated.negated()
    return Truth.some([case.all_of(condition.unless), stated]) if condition.unless else stated


def _rules(condition: Condition) -> list[Rule]:
    return [*condition.rules, *condition.unless, *(rule for group in condition.any_of for rule in group)]


def _on_the_day(programme: Programme, as_of: dt.date) -> list[_Finding]:
    """What status and dates say. An ended programme never fits; one that is not open for sure never surely fits."""
    status = current_status(programme, as_of)
    note = programme.status_note.text if programme.status_note else ""
    if status == Status.AUSGELAUFEN:
        since = f" am {german_date(programme.valid_until)}" if programme.valid_until else ""
        return [_Finding(Truth(False), unmet=note or f"Das Angebot ist{since} ausgelaufen.")]
    findings = []
    if status in _NOT_OPEN:
        findings.append(_Finding(Truth(None), open=note or _NOT_OPEN[status]))
    if programme.deadline.opens and programme.deadline.opens > as_of:
        text = f"Anträge sind erst ab dem {german_date(programme.deadline.opens)} möglich."
        findings.append(_Finding(Truth(None), open=text))
    if programme.deadline.date and programme.deadline.date < as_of:
        text = (f"Die letzte bekannte Frist endete am {german_date(programme.deadline.date)}. "
                "Ob es eine neue Runde gibt, ist offen.")
        findings.append(_Finding(Truth(None), open=text))
    return findings


_NOT_OPEN = {
    Status.PAUSIERT: "Zurzeit werden keine Anträge angenommen.",
    Status.GEPLANT: "Das Angebot ist angekündigt, aber noch nicht gestartet.",
    Status.UNKLAR: "Ob es das Angebot noch gibt, ließ sich nicht sicher klären.",
    Status.AUSGESCHOEPFT: "Das Geld dafür ist zurzeit aufgebraucht.",
}


def _for_the_adviser(programme: Programme, case: Case) -> list[str]:
    """What somebody has to look at: texts without rules, parts of the plan that are ruled out, the draw of lots."""
    texts = [c.text for c in programme.conditions if not _rules(c) and not c.decisive]
    texts += [_ruled_out(condition) for condition in programme.exclusions if not _rules(condition)]
    texts += [f"Für einen Teil Ihres Vorhabens gilt: {_ruled_out(condition)}"
              for condition in programme.exclusions if _rules(condition) and _applies_to_a_part(condition, case)]
    if set(case.profile.purposes) & set(programme.not_for) and set(case.profile.purposes) & set(programme.purposes):
        texts.append("Ein Teil Ihres Vorhabens ist ausgeschlossen.")
    if programme.status == Status.LOSVERFAHREN and programme.kind != Kind.PFLICHT:
        texts.append("Über die Anträge entscheidet das Los.")
    return texts


def _size_text(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"{low} bis {high} Beschäftigte"
    if high is not None:
        return f"höchstens {high} Beschäftigte"
    return f"mindestens {low} Beschäftigte" if low is not None else "Obergrenze beim Umsatz"


def _enumerate(names: Iterable[str]) -> str:
    """„A, B und C“."""
    listed = list(dict.fromkeys(names))
    return " und ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)

