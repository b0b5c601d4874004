"""The second opinion is right about people of whom everything is known, and the measurement counts what it says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.answer import Reply, ShownProgramme
from bot.evaluation.oracle import FITS, NOT, OPEN, Oracle, Person
from bot.evaluation.population import population
from bot.evaluation.simulated_talk import together
from bot.evaluation.turns_to_goal import CATALOGUE, DAY, Outcome, measure, summed
from knowledge_base.loader import load_catalogue

RECORD: dict[str, Any] = {
    "status": "aktiv",
    "kind": "zuschuss",
    "audiences": ["unternehmen"],
    "applicants": ["unternehmen"],
    "area": ["kreis"],
    "topics": ["ki"],
    "purposes": ["hardware"],
    "deadline": {},
    "contact_kinds": ["ihk"],
}
PLACES = {
    "kreise": [
        {
            "id": "kreis",
            "gemeinden": [
                {"id": "dorf", "name": "Dorf"},
                {"id": "stadt", "name": "Stadt", "responsible": {"ihk": "ihk-stadt"}},
            ],
            "responsible": {"ihk": "ihk-kreis", "regionalagentur": "agentur", "jobcenter": "nirgends"},
        },
        {"id": "fern", "gemeinden": [{"id": "fern", "name": "Fern"}], "responsible": {"regionalagentur": "agentur"}},
    ],
    "regions": [],
}
CONTACTS = {
    "ihk-kreis": {"topics": ["ki"], "audiences": ["unternehmen"]},
    "ihk-stadt": {"topics": ["gruendung"]},
    "agentur": {"topics": ["qualifizierung"]},
}


def oracle(folder: Path, **changes: Any) -> Oracle:
    files = {"programmes/land/hilfe.yml": {**RECORD, **changes}, "places.yml": PLACES}
    files |= {f"contacts/{name}.yml": record for name, record in CONTACTS.items()}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return Oracle(folder, dt.date(2026, 11, 22))


def firm(place: str = "dorf", purpose: str | None = "hardware", topic: str = "ki", **facts: Any) -> Person:
    return Person(
        "unternehmen",
        frozenset({"unternehmen"}),
        place,
        frozenset({topic}),
        purpose,
        {"employees": 12, "started": False, **facts},
    )


def rule(fact: str, op: str, value: Any) -> dict[str, Any]:
    return {"rules": [{"fact": fact, "op": op, "value": value}], "text": "…"}


@pytest.mark.parametrize(
    ("changes", "person", "verdict"),
    [
        ({}, firm(), FITS),
        ({}, firm(place="fern"), NOT),
        ({"audiences": ["beschaeftigte"], "applicants": ["beschaeftigte"]}, firm(), NOT),
        ({"status": "ausgelaufen"}, firm(), NOT),
        ({"status": "unklar"}, firm(), OPEN),
        ({"valid_until": dt.date(2026, 11, 20)}, firm(), NOT),
        ({"company_size": {"max_employees": 11}}, firm(), NOT),
        ({"company_size": {"max_turnover_eur": 50_000_000}}, firm(turnover_eur=6e7, balance_eur=1e6), FITS),
        ({"company_size": {"max_turnover_eur": 50_000_000}}, firm(turnover_eur=6e7, balance_eur=5e7), NOT),
        ({"apply_before_start": True}, firm(started=True), NOT),
        ({}, firm(purpose="studium", topic="ki"), OPEN),
        ({}, firm(purpose="studium", topic="gruendung"), NOT),
        ({"not_for": ["studium"]}, firm(purpose="studium"), NOT),
        ({"conditions": [rule("employees", "lt", 12)]}, firm(), NOT),
        ({"exclusions": [rule("employees", "lt", 12)]}, firm(), FITS),
        ({"exclusions": [rule("employees", "ge", 12)]}, firm(), NOT),
        ({"conditions": [rule("age", "lt", 40)]}, firm(), OPEN),
        ({"conditions": [{"text": "…", "decisive": True}]}, firm(), OPEN),
        ({"conditions": [{"text": "…"}]}, firm(), FITS),
        (
            {
                "conditions": [
                    {**rule("employees", "lt", 5), "unless": [{"fact": "started", "op": "eq", "value": False}]}
                ]
            },
            firm(),
            FITS,
        ),
    ],
)
def test_judges_who_is_known_completely(
    tmp_path: Path, changes: dict[str, Any], person: Person, verdict: str
) -> None:
    assert oracle(tmp_path, **changes).judge("hilfe", person) == verdict


def test_the_responsible_body_is_that_of_the_gemeinde_for_the_topic_else_the_agency(tmp_path: Path) -> None:
    known = oracle(tmp_path)
    assert known.responsible(firm("dorf"), []) == {"ihk-kreis"}
    assert known.responsible(firm("stadt"), []) == {"agentur"}
    assert known.responsible(firm("stadt"), ["hilfe"]) == {"agentur", "ihk-stadt"}
    assert known.responsible(firm("dorf", topic="innovation"), []) == {"agentur"}


def test_a_contact_made_for_the_plan_is_responsible_in_its_area(tmp_path: Path) -> None:
    oracle(tmp_path)
    special = {"topics": ["ki"], "purposes": ["hardware"], "audiences": ["unternehmen"], "area": ["kreis"]}
    (tmp_path / "contacts" / "amt.yml").write_text(yaml.safe_dump(special), encoding="utf-8")
    known = Oracle(tmp_path, DAY)
    assert known.responsible(firm("dorf"), []) == {"ihk-kreis", "amt"}
    assert "amt" not in known.responsible(firm("dorf", purpose="studium"), []) | known.responsible(firm("fern"), [])


def test_people_say_and_are_what_goes_together() -> None:
    names = {n: n for r in Oracle(CATALOGUE, DAY).programmes.values() for n in (*r["topics"], *r.get("purposes", ()))}
    people = population(Oracle(CATALOGUE, DAY), names, 400)
    firms = {"unternehmen", "weiterbildungsanbieter"}
    assert {asker.person.audience in firms for asker in people if "Wir brauchen" in asker.opening} == {True}
    facts = [asker.person.facts for asker in people]
    assert {f["employment"] for f in facts if f.get("benefit") == "alg1"} == {"arbeitslos"}
    assert {f["benefit"] for f in facts if f.get("abroad")} == {"keine"}


def test_everybody_drawn_has_a_programme_and_the_same_seed_draws_the_same() -> None:
    known = Oracle(CATALOGUE, DAY)
    names = {
        name: name
        for record in known.programmes.values()
        for name in (*record["topics"], *(record.get("purposes") or ()))
    }
    people = population(known, names, 60)
    assert len(people) == 60 and people == population(known, names, 60)
    assert len({asker.person.audience for asker in people}) >= 5
    for asker in people:
        assert FITS in {known.judge(programme, asker.person) for programme in known.programmes}


def test_who_never_arrives_counts_as_slowest() -> None:
    def outcome(turns: int | None) -> Outcome:
        return Outcome(population_of_one(), turns, (), (), "" if turns else "unfit", ())

    order = summed([outcome(1), outcome(4), outcome(None)])
    assert (order.median, order.within.right, order.reached.right) == (4.0, 1, 2)
    assert (order.turns, order.lacking) == ({"1": 1, "4": 1, "never": 1}, {"unfit": 1})
    assert summed([outcome(1), outcome(None), outcome(None)]).median is None


def population_of_one() -> Any:
    known = Oracle(CATALOGUE, DAY)
    return population(
        known, {n: n for r in known.programmes.values() for n in (*r["topics"], *r.get("purposes", ()))}, 1
    )[0]


def test_all_messages_of_a_turn_count_and_the_last_one_asks() -> None:
    store = load_catalogue(CATALOGUE)
    first = Reply("programme", programmes=[ShownProgramme(store.programmes["tep-nrw"])])
    last = Reply("contacts", contacts=[next(iter(store.contacts.values()))], asks="place")
    both = together([first, last])
    assert (list(both.programmes), list(both.contacts), both.asks) == (first.programmes, last.contacts, "place")


def test_most_people_get_there_within_three_messages() -> None:
    report = measure(people=80)
    assert report.people == 80
    assert report.dynamic.median is not None and report.dynamic.median <= 2
    assert report.dynamic.within.value >= 0.75
    assert report.as_dict()["fixed"]["turns"]
