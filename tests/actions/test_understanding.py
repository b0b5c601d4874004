"""From entities to memory: what is added, what is replaced, what is corrected."""

from __future__ import annotations

from typing import Any

from actions.follow_up import only_adds_facts
from actions.memory import Memory
from actions.understanding import Message, understand


def _message(text: str = "", intent: str = "angaben_machen", subject: str | None = None, **entities: Any) -> Message:
    found = [
        {"entity": name, "value": value, "start": 0, "end": 0, "confidence_entity": 1.0}
        for name, values in entities.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return Message(text, intent, found, subject)


def test_facts_survive_and_are_corrected() -> None:
    memory = understand(Memory(), _message(place="luedenscheid", employees=270))
    memory = understand(memory, _message(number=27.0))
    assert (memory.place, memory.facts["employees"]) == ("luedenscheid", 27)


def test_the_first_of_two_numbers_for_one_fact_counts() -> None:
    assert understand(Memory(), _message(employees=[510, 25])).facts["employees"] == 510


def test_a_number_answers_the_fact_that_was_asked_for() -> None:
    assert understand(Memory(asked="age"), _message(number=41.0)).facts["age"] == 41


def test_a_range_replaces_the_exact_number_and_the_other_way_round() -> None:
    memory = understand(Memory(), _message(employees=12))
    entities = [{"entity": "employees_range", "value": [10, 49], "start": 0, "end": 0}]
    memory = understand(memory, Message("", "angaben_machen", entities))
    assert memory.employees_range == (10, 49)
    assert "employees" not in memory.facts
    assert understand(memory, _message(employees=30)).employees_range is None


def test_a_new_question_replaces_topic_and_purpose() -> None:
    before = Memory(topics=("ki",), purposes=("ki_einfuehrung",), place="hagen")
    memory = understand(before, _message(intent="foerderung_ausbildung", subject="ausbildung"))
    assert (memory.topics, memory.purposes, memory.place) == (("ausbildung",), (), "hagen")


def test_a_fact_without_topic_keeps_the_topic() -> None:
    assert understand(Memory(topics=("ki",)), _message(place="hagen")).topics == ("ki",)


def test_the_size_of_a_firm_says_that_a_firm_asks() -> None:
    assert understand(Memory(), _message(employees=12)).audience == "unternehmen"


def test_a_weak_word_does_not_correct_who_asks() -> None:
    weak = {"entity": "audience", "value": "unternehmen", "start": 0, "end": 1, "confidence_entity": 0.85}
    message = Message("zahlt das der Betrieb?", "programm_hoehe", [weak])
    assert understand(Memory(audience="auszubildende"), message).audience == "auszubildende"
    assert understand(Memory(), message).audience == "unternehmen"
    assert understand(Memory(audience="unternehmen"), _message(audience="auszubildende")).audience == "auszubildende"


def test_what_was_known_of_one_person_says_nothing_about_the_next() -> None:
    before = Memory(
        audience="arbeitsuchende",
        place="hagen",
        facts={"age": 45, "employment": "arbeitslos", "costs_eur": 900.0, "sector": "handwerk"},
        posed=("age", "place"),
    )
    memory = understand(before, _message(person="child", age=17))
    assert (memory.facts, memory.audience) == ({"age": 17, "costs_eur": 900.0}, None)
    assert (memory.place, memory.posed) == ("hagen", ("place",))
    assert understand(memory, _message(person="child")).facts == memory.facts
    assert understand(before, _message(person="self")).facts == before.facts
    assert understand(memory, _message(person="self")).facts == {"costs_eur": 900.0}


def test_a_situation_is_no_purpose_of_who_has_one_already() -> None:
    entities = [
        {"entity": name, "value": value, "start": 4, "end": 14, "confidence_entity": 1.0}
        for name, value in (
            ("life_fact", "employment=elternzeit_pflege"),
            ("purpose", "wiedereinstieg"),
            ("audience", "rueckkehrende"),
        )
    ]
    message = Message("bin in Elternzeit", "angaben_machen", entities)
    founder = Memory(audience="gruendende", topics=("gruendung",), purposes=("gruendung",))
    memory = understand(founder, message)
    assert (memory.audience, memory.purposes) == ("gruendende", ("gruendung",))
    assert memory.facts["employment"] == "elternzeit_pflege"
    assert understand(Memory(), message).purposes == ("wiedereinstieg",)


def test_a_declined_loan_is_no_purpose_any_more_and_answers_no_other_question() -> None:
    before = Memory(purposes=("finanzierung_kredit", "hardware"), asked="started")
    message = _message("nee, keinen Kredit", unwanted_kind="darlehen")
    memory = understand(before, message)
    assert memory.purposes == ("hardware",)
    assert "started" not in memory.facts


def test_a_correction_means_the_number_given_before_not_the_one_asked_for() -> None:
    before = Memory(asked="course_hours", last_fact="age", facts={"age": 28})
    assert understand(before, _message("doch eher 31", number=31.0)).facts == {"age": 31}
    assert understand(before, _message("31", number=31.0)).facts == {"age": 28, "course_hours": 31}
    number = _message("nee, 14", number=14.0)
    assert understand(Memory(asked="started", last_fact="employees"), number).facts == {"employees": 14}


def test_who_lives_abroad_does_not_live_in_nrw() -> None:
    text = "ich wohne in venlo und arbeite in heinsberg"
    entities = [
        {"entity": "place_outside", "value": "venlo", "start": 13, "end": 18},
        {"entity": "place", "value": "heinsberg", "start": 34, "end": 43},
    ]
    memory = understand(Memory(), Message(text, "angaben_machen", entities))
    assert (memory.place, memory.facts["residence_nrw"]) == ("heinsberg", False)


def test_a_declined_loan_is_remembered_but_a_declined_grant_is_not() -> None:
    assert understand(Memory(), _message(unwanted_kind=["darlehen", "zuschuss"])).unwanted_kinds == ("darlehen",)


def test_slots_hold_plain_values_and_come_back() -> None:
    memory = understand(Memory(), _message(topic="ki", employees=5, place="hagen"))
    slots = memory.slot_changes(Memory())
    assert slots["topics"] == ["ki"]
    assert Memory.from_slots(slots) == memory


def test_another_kind_of_office_goes_on_with_the_search_for_contacts() -> None:
    message = _message("und die IHK?", intent="mehr_zeigen", contact_kind="ihk")
    assert only_adds_facts(Memory(goal="contacts", place="hagen"), message)
    assert not only_adds_facts(Memory(goal="programmes", place="hagen"), message)


def test_what_was_asked_for_is_the_answer_and_nothing_besides() -> None:
    plan = {"entity": "purpose", "value": "studium", "start": 0, "end": 7, "confidence_entity": 1.0}
    memory = understand(Memory(asked="employment"), Message("Studium", "foerderung_allgemein", [plan]))
    assert (memory.facts, memory.purposes) == ({"employment": "studium"}, ())
    assert understand(Memory(asked="sector"), _message("Bau")).facts == {"sector": "bau"}
    assert understand(Memory(asked="legal_form"), _message("eine GmbH")).facts == {
        "legal_form": "kapitalgesellschaft"
    }
    assert understand(Memory(asked="employment"), _message("Arbeit")).facts == {}, "not „Ohne Arbeit“"
    assert only_adds_facts(Memory(asked="sector", goal="programmes"), Message("IT", "foerderung_digital", []))


def test_five_digits_are_money_where_money_was_asked_for() -> None:
    place = {"entity": "place", "value": "dortmund", "start": 0, "end": 5, "confidence_entity": 1.0}
    message = Message("44135", "angaben_machen", [place])
    memory = understand(Memory(asked="taxable_income_eur"), message)
    assert (memory.facts, memory.place) == ({"taxable_income_eur": 44135.0}, None)
    assert understand(Memory(asked="place"), message).place == "dortmund"


def test_the_taxable_income_is_at_most_the_gross_pay_of_a_year() -> None:
    limit = {"taxable_income_eur_range": [0, 32000.0]}
    assert understand(Memory(asked="taxable_income_eur"), _message("32000 brutto")).facts == limit
    assert understand(Memory(), _message("Ich verdiene 32.000 Euro brutto im Jahr")).facts == limit
    assert understand(Memory(), _message("2.800 brutto im Monat")).facts == {}
    assert understand(Memory(audience="unternehmen"), _message("Er bekommt 32000 brutto")).facts == {}


def test_who_a_plan_is_mostly_for_is_no_fact_about_who_asks() -> None:
    plan = {"entity": "purpose", "value": "forschung_entwicklung", "start": 0, "end": 9, "confidence_entity": 1.0}
    follows = {"entity": "audience", "value": "unternehmen", "start": 0, "end": 9, "confidence_entity": 0.8}
    asker = Message("Forschung und Entwicklung", "foerderung_allgemein", [plan, follows])
    assert understand(Memory(), asker).audience is None
    says_we = {**follows, "start": 20, "end": 23, "confidence_entity": 0.85}
    assert understand(Memory(), Message("Forschung brauchen wir", "x", [plan, follows, says_we])).audience is not None


def test_a_plan_named_by_a_part_of_the_words_for_another_one_is_none() -> None:
    words = "Lebensunterhalt in der Gründung"
    spans = {"gruendung_lebensunterhalt": (0, 31), "lebensunterhalt": (0, 15), "gruendung": (23, 31)}
    found = [{"entity": "purpose", "value": plan, "start": a, "end": b} for plan, (a, b) in spans.items()]
    assert understand(Memory(), Message(words, "foerderung_allgemein", found)).purposes == (
        "gruendung_lebensunterhalt",
    )
