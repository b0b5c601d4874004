"""State, deadline and figures of a programme in words, on different days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from channels.web.programme_view import ProgrammeView, opening, value_de
from knowledge_base.schema.common import Amount
from knowledge_base.schema.programme import Deadline, DeadlineKind, Kind, Programme, Status
from knowledge_base.store import KnowledgeStore

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def make(shared_store: KnowledgeStore) -> Any:
    """A view of a programme with some fields changed."""
    plain = shared_store.catalogue().programmes["zim"].model_copy(update={"valid_from": None, "valid_until": None})

    def made(on: dt.date = DAY, **changes: Any) -> ProgrammeView:
        return ProgrammeView(plain.model_copy(update=changes), on)

    return made


def deadline(**fields: Any) -> Deadline:
    return Deadline(kind=DeadlineKind.STICHTAG, text="Siehe Aufruf.", **fields)


@pytest.mark.parametrize(("changes", "words", "tone"), [
    ({}, "läuft", "success"),
    ({"valid_until": DAY}, "endet am 21.11.2026, nur noch heute", "warning"),
    ({"valid_until": DAY + dt.timedelta(1)}, "endet am 22.11.2026, noch 1 Tag", "warning"),
    ({"valid_until": dt.date(2026, 12, 31)}, "endet am 31.12.2026, noch 40 Tage", "warning"),
    ({"valid_until": dt.date(2029, 12, 31)}, "läuft", "success"),
    ({"valid_until": DAY - dt.timedelta(1)}, "ausgelaufen am 20.11.2026", "danger"),
    ({"status": Status.AUSGELAUFEN}, "ausgelaufen", "danger"),
    ({"valid_from": dt.date(2027, 1, 1)}, "geplant ab 01.01.2027", "info"),
    ({"status": Status.PAUSIERT}, "zurzeit pausiert", "warning"),
    ({"status": Status.LOSVERFAHREN}, "offen im Losverfahren", "success"),
    ({"kind": Kind.PFLICHT}, "gilt", "success"),
])
def test_the_state_is_said_in_words(make: Any, changes: dict[str, Any], words: str, tone: str) -> None:
    state = make(**changes).state
    assert (state.words, state.tone) == (words, tone)


def test_every_state_has_words(make: Any) -> None:
    assert all(make(status=status).state.words for status in Status)


@pytest.mark.parametrize(("dates", "note"), [
    ({}, None),
    ({"date": DAY}, "Die Frist endet am 21.11.2026: nur noch heute."),
    ({"date": dt.date(2026, 12, 4)}, "Die Frist endet am 04.12.2026: noch 13 Tage."),
    ({"date": dt.date(2028, 12, 4)}, None),
    ({"date": DAY - dt.timedelta(1)},
     "Die letzte bekannte Frist endete am 20.11.2026. Ob es eine neue Runde gibt, ist offen."),
    ({"opens": dt.date(2027, 2, 2), "date": dt.date(2027, 3, 2)},
     "Anträge sind erst ab dem 02.02.2027 möglich."),
])
def test_the_deadline_is_said_as_of_the_day(make: Any, dates: dict[str, dt.date], note: str | None) -> None:
    assert make(deadline=deadline(**dates)).deadline_note == note


def test_what_has_ended_has_no_deadline_and_no_figures(make: Any, shared_store: KnowledgeStore) -> None:
    ended = make(deadline=deadline(date=dt.date(2026, 12, 4)), status=Status.AUSGELAUFEN)
    assert ended.deadline_note is None and ended.amounts == {}
    assert make().amounts


def test_figures_that_are_over_are_left_out_and_those_to_come_are_dated(make: Any, shared_store: KnowledgeStore
                                                                        ) -> None:
    def amount(**fields: Any) -> Amount:
        return Amount(what="Zuschuss", unit="eur", source="s1", **fields)

    programme: Programme = make().programme
    listed = [amount(value=1, valid_until=DAY - dt.timedelta(1)), amount(value=2, valid_until=dt.date(2026, 12, 31)),
              amount(value=3, valid_from=dt.date(2027, 1, 1), case="für kleine Betriebe")]
    view = make(funding=programme.funding.model_copy(update={"amounts": listed}))
    assert view.amounts == {"Zuschuss": [("2 Euro", "bis 31.12.2026"),
                                         ("3 Euro", "für kleine Betriebe, ab 01.01.2027")]}


@pytest.mark.parametrize(("fields", "words"), [
    ({"value": 50, "unit": "prozent"}, "50 %"),
    ({"value": 1234567, "unit": "eur", "bound": "hoechstens"}, "höchstens 1.234.567 Euro"),
    ({"value": 0.5, "unit": "eur_pro_tag"}, "0,5 Euro am Tag"),
    ({"value": 1, "unit": "monate", "bound": "mindestens"}, "mindestens 1 Monat"),
    ({"value": 3, "unit": "anzahl"}, "3"),
    ({"value": None, "unit": "eur"}, "entfällt"),
])
def test_a_figure_has_its_unit_and_its_bound(fields: dict[str, Any], words: str) -> None:
    assert value_de(Amount(what="Zuschuss", source="s1", **fields)) == words


def test_a_card_shows_whole_sentences() -> None:
    text = "Es gibt z. B. höchstens 5 Mio. Euro bis zum 1. Februar. Danach weniger. " + "Sehr viel Text " * 20
    assert opening(text, 80) == "Es gibt z. B. höchstens 5 Mio. Euro bis zum 1. Februar. Danach weniger."
    assert opening("Kurz.", 80) == "Kurz."
    assert opening("x" * 99, 80) == "x" * 99
