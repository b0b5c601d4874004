"""Who is named with a programme and for a need."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from actions.base import Turn
from actions.memory import Memory
from actions.people import people_for, person_nearby
from actions.understanding import Message
from bot.database import open_engine
from knowledge_base.schema.contact import Contact
from tests.actions.talk import services
from tests.knowledge_base.small import catalogue, contact, programme

AGENCIES = [
    contact("regionalagentur-mitte", kind="regionalagentur", area=["mitte"]),
    contact("regionalagentur-sued", kind="regionalagentur", area=["sued"]),
]


def _turn(*contacts: Contact, **memory: Any) -> Turn:
    engine: sa.Engine = open_engine("sqlite://")
    built = catalogue([programme(contact_kinds=["jobcenter", "ihk"])], [*AGENCIES, *contacts])
    return Turn(Message("", None, []), Memory(), Memory(**memory), services(engine, built))


def _ids(found: list[Contact]) -> list[str]:
    return [one.id for one in found]


def test_the_regionalagentur_of_the_place_stands_in_where_a_body_is_known_by_name_only() -> None:
    turn = _turn(place="schwelm")
    found = people_for(turn, turn.memory, turn.services.store.programme("kurszuschuss"))
    assert _ids(found) == ["regionalagentur-sued"]


def test_a_body_that_can_be_reached_goes_before_one_without_record() -> None:
    turn = _turn(contact("ihk-sued", kind="ihk", area=["sued"]), place="schwelm")
    found = people_for(turn, turn.memory, turn.services.store.programme("kurszuschuss"), limit=1)
    assert _ids(found) == ["ihk-sued"]


def test_who_was_made_for_a_need_is_the_person_nearby() -> None:
    office = contact("inklusionsamt", purposes=["behinderung_teilhabe"], audiences=["beschaeftigte"])
    for_firms = contact("ansprechstelle", purposes=["behinderung_teilhabe"], audiences=["unternehmen"])
    turn = _turn(office, for_firms, place="schwelm", audience="beschaeftigte", purposes=("behinderung_teilhabe",))
    assert _ids(person_nearby(turn, turn.memory)) == ["inklusionsamt"]
    assert "ansprechstelle" not in _ids(people_for(turn, turn.memory, limit=9)), "that one is for others"
    turn = _turn(for_firms, place="schwelm", audience="beschaeftigte", purposes=("behinderung_teilhabe",))
    assert _ids(person_nearby(turn, turn.memory)) == ["regionalagentur-sued"], (
        "who is there for firms helps nobody else"
    )
    turn = _turn(for_firms, place="schwelm", purposes=("behinderung_teilhabe",))
    assert _ids(person_nearby(turn, turn.memory)) == ["ansprechstelle"], "who asks is not known"
    turn = _turn(office, place="schwelm", audience="beschaeftigte", purposes=("weiterbildung",))
    assert "inklusionsamt" not in _ids(person_nearby(turn, turn.memory))


def test_a_situation_told_besides_the_plan_adds_a_person_and_hides_none() -> None:
    office = contact("inklusionsamt", purposes=["behinderung_teilhabe"], audiences=["arbeitsuchende"])
    plans = ("umschulung", "behinderung_teilhabe")
    turn = _turn(office, place="schwelm", audience="arbeitsuchende", purposes=plans, facts={"disability": True})
    assert _ids(person_nearby(turn, turn.memory)) == ["inklusionsamt", "regionalagentur-sued"]


def test_where_no_body_deals_with_the_topic_those_of_the_programmes_count() -> None:
    chamber = contact("ihk-sued", kind="ihk", area=["sued"], topics=["digitalisierung"], audiences=["unternehmen"])
    turn = _turn(chamber, place="schwelm", audience="selbststaendige", topics=("it-sicherheit",))
    programmes = [programme(contact_kinds=["ihk"], topics=["it-sicherheit"])]
    assert _ids(person_nearby(turn, turn.memory, programmes)) == ["ihk-sued"]
    assert _ids(person_nearby(turn, turn.memory, [])) == ["regionalagentur-sued"]
