"""A programme as the templates show it: state, deadline and figures in words, as of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.web.rendering import date_de
from knowledge_base.eligibility import current_status
from knowledge_base.german import KINDS, LEVELS, STATUS, number_de
from knowledge_base.schema.common import Amount, Bound, Condition, Unit
from knowledge_base.schema.programme import Kind, Programme, Status
from knowledge_base.text import sentences

ENDS_SOON_DAYS = 92
"""From so many days before its end on a programme is marked."""
COUNTDOWN_DAYS = 365
"""Days are counted down from here; further away a date alone says more."""
CARD_LENGTH = 220
"""Most characters of a fact on a card; the page says the rest."""
_TONES = {Status.AKTIV: "success", Status.LOSVERFAHREN: "success", Status.AUSGELAUFEN: "danger",
          Status.GEPLANT: "info"}
_BOUNDS = {Bound.GENAU: "", Bound.HOECHSTENS: "höchstens ", Bound.MINDESTENS: "mindestens "}
_UNITS = {
    Unit.PROZENT: ("%", "%"), Unit.PROZENTPUNKTE: ("Prozentpunkt", "Prozentpunkte"), Unit.EUR: ("Euro", "Euro"),
    Unit.EUR_PRO_MONAT: ("Euro im Monat", "Euro im Monat"), Unit.EUR_PRO_JAHR: ("Euro im Jahr", "Euro im Jahr"),
    Unit.EUR_PRO_TAG: ("Euro am Tag", "Euro am Tag"), Unit.EUR_PRO_STUNDE: ("Euro je Stunde", "Euro je Stunde"),
    Unit.STUNDEN: ("Stunde", "Stunden"), Unit.TAGE: ("Tag", "Tage"), Unit.WOCHEN: ("Woche", "Wochen"),
    Unit.MONATE: ("Monat", "Monate"), Unit.JAHRE: ("Jahr", "Jahre"), Unit.ANZAHL: ("", ""),
}


@dataclass(frozen=True)
class State:
    """The state of a programme on a day."""

    words: str
    tone: str
    """Kind of badge: success, info, warning or danger."""


@dataclass(frozen=True)
class ProgrammeView:
    """One programme on one day."""

    programme: Programme
    on: dt.date

    @property
    def about(self) -> str:
        """Kind and level: „Zuschuss, Land NRW“."""
        return f"{KINDS[self.programme.kind]}, {LEVELS[self.programme.level]}"

    @property
    def status(self) -> Status:
        """The status on the day."""
        return current_status(self.programme, self.on)

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.status is Status.AUSGELAUFEN

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should have checked it again by now."""
        return self.programme.verified.next < self.on

    @property
    def state(self) -> State:
        """The state in words, with its end when that is known and near."""
        status, programme = self.status, self.programme
        if status is Status.AUSGELAUFEN and programme.valid_until and programme.valid_until < self.on:
            return State(f"ausgelaufen am {date_de(programme.valid_until)}", "danger")
        if status is Status.GEPLANT and programme.valid_from and programme.valid_from > self.on:
            return State(f"geplant ab {date_de(programme.valid_from)}", "info")
        tone = _TONES.get(status, "warning")
        if tone == "success" and programme.valid_until:
            left = (programme.valid_until - self.on).days
            if left <= ENDS_SOON_DAYS:
                return State(f"endet am {date_de(programme.valid_until)}, {_left(left)}", "warning")
        if programme.kind is Kind.PFLICHT and status is Status.AKTIV:
            return State("gilt", tone)
        return State(STATUS[status], tone)

    @property
    def deadline_note(self) -> str | None:
        """The deadline relative to the day, if the record names a date that matters now."""
        opens, last = self.programme.deadline.opens, self.programme.deadline.date
        if self.is_ended:
            return None
        if opens and opens > self.on:
            return f"Anträge sind erst ab dem {date_de(opens)} möglich."
        if last is None or (last - self.on).days > COUNTDOWN_DAYS:
            return None
        if last < self.on:
            return f"Die letzte bekannte Frist endete am {date_de(last)}. Ob es eine neue Runde gibt, ist offen."
        return f"Die Frist endet am {date_de(last)}: {_left((last - self.on).days)}."

    @property
    def gets_title(self) -> str:
        """The heading over what one gets; a duty gives nothing."""
        if self.is_ended:
            return "Was es gab"
        return "Worum es geht" if self.programme.kind is Kind.PFLICHT else "Was Sie bekommen"

    @property
    def gets(self) -> str:
        """What one gets, as much of it as fits on a card."""
        return opening(self.programme.funding.text.text)

    @property
    def has_more_to_get(self) -> bool:
        """Whether the card had to leave something out."""
        return self.gets != self.programme.funding.text.text

    @property
    def amounts(self) -> dict[str, list[tuple[str, str]]]:
        """The figures that hold on the day or will, by what they are about: value and case."""
        listed: dict[str, list[tuple[str, str]]] = {}
        for amount in [] if self.is_ended else self.programme.funding.amounts:
            if amount.valid_until is None or amount.valid_until >= self.on:
                listed.setdefault(amount.what, []).append((value_de(amount), self._case(amount)))
        return listed

    @property
    def own_conditions(self) -> list[Condition]:
        """The conditions that people can check themselves."""
        return [condition for condition in self.programme.conditions if _is_decidable(condition)]

    @property
    def adviser_conditions(self) -> list[Condition]:
        """The conditions that only the responsible body can judge."""
        return [condition for condition in self.programme.conditions if not _is_decidable(condition)]

    def _case(self, amount: Amount) -> str:
        since = amount.valid_from and amount.valid_from > self.on and f"ab {date_de(amount.valid_from)}"
        until = amount.valid_until and f"bis {date_de(amount.valid_until)}"
        return ", ".join(part for part in (amount.case, since, until) if part)


def opening(text: str, most: int = CARD_LENGTH) -> str:
    """Return as many whole sentences as fit into so many characters, at least one."""
    if len(text) <= most:
        return text
    first, *others = sentences(text)
    for sentence in others:
        if len(first) + len(sentence) >= most:
            break
        first = f"{first} {sentence}"
    return first


def value_de(amount: Amount) -> str:
    """Return „höchstens 500 Euro im Jahr“."""
    if amount.value is None:
        return "entfällt"
    one, many = _UNITS[amount.unit]
    return f"{_BOUNDS[amount.bound]}{number_de(amount.value)} {one if amount.value == 1 else many}".rstrip()


def _is_decidable(condition: Condition) -> bool:
    return bool(condition.rules or condition.any_of or condition.unless)


def _left(days: int) -> str:
    """Return „noch 13 Tage“."""
    if days == 0:
        return "nur noch heute"
    return f"noch {days} {'Tag' if days == 1 else 'Tage'}"
