"""The schema of the reply agrees with the catalogue, and refuses what it must refuse."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bot.contract.validator import ContractError, load_schema, validate_reply
from bot.runtime.messages import BotMessage, Button, complete_answer, read_messages, understood
from knowledge_base.facts import BY_NAME
from knowledge_base.schema.common import Audience, Topic
from knowledge_base.schema.programme import Status

PROGRAMME = {"id": "bildungsscheck-2-0", "status": "aktiv", "verdict": "offen", "missing": ["employees"]}
GOOD: dict[str, Any] = {"request_id": "r1", "messages": [{
    "text": "Das passt vielleicht.",
    "buttons": [{"title": "Mehr", "payload": '/mehr_zeigen{"programme": "x"}'}],
    "answer": {"kind": "programme", "programmes": [PROGRAMME], "contacts": [{"id": "ihk-hagen"}], "asks": None,
               "aspect": "hoehe", "sources": [{"url": "https://example.org/", "checked_on": "2026-11-21"}], "more": 4,
               "understood": {"topics": ["ki"], "audience": "unternehmen", "place": "hagen", "employees": 12,
                              "employees_range": [10, 49], "started": False, "taxable_income_eur": 1.5}},
}]}


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    """Return the good reply with one value changed, or removed if it is ``...``."""
    data = copy.deepcopy(GOOD)
    part: Any = data
    for step in path[:-1]:
        part = part[step]
    if value is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return data


MESSAGE = ["messages", 0]
ANSWER = [*MESSAGE, "answer"]


def test_good_reply_is_accepted() -> None:
    validate_reply(GOOD)


@pytest.mark.parametrize(("path", "value"), [
    (["request_id"], ...), (["messages"], []), (["extra"], 1),
    ([*MESSAGE, "text"], " "), ([*MESSAGE, "custom"], {}), ([*MESSAGE, "buttons", 0, "payload"], "mehr"),
    ([*MESSAGE, "buttons", 0, "title"], ""), ([*MESSAGE, "answer"], ...), ([*ANSWER, "asks"], ...),
    ([*ANSWER, "kind"], "text"), ([*ANSWER, "kind"], "question"), ([*ANSWER, "aspect"], None),
    ([*ANSWER, "more"], -1), ([*ANSWER, "more"], "4"), ([*ANSWER, "extra"], 1),
    ([*ANSWER, "programmes", 0, "status"], "beendet"), ([*ANSWER, "programmes", 0, "verdict"], "ja"),
    ([*ANSWER, "programmes", 0, "missing"], ...), ([*ANSWER, "contacts", 0], {"name": "IHK"}),
    ([*ANSWER, "sources", 0, "url"], "seeds/blatt.pdf"), ([*ANSWER, "sources", 0, "checked_on"], "21.11.2026"),
    ([*ANSWER, "understood", "employees"], "12"), ([*ANSWER, "understood", "topics"], ["geld"]),
    ([*ANSWER, "understood", "employees_range"], [10]), ([*ANSWER, "understood", "audience"], None),
    ([*ANSWER, "understood", "Straße"], "x"),
])
def test_what_breaks_the_contract_is_refused(path: list[Any], value: Any) -> None:
    with pytest.raises(ContractError) as error:
        validate_reply(changed(path, value))
    assert "$" in str(error.value)


def test_schema_knows_the_words_of_the_catalogue() -> None:
    parts = load_schema()["$defs"]
    case = parts["understood"]["properties"]
    assert set(case["topics"]["items"]["enum"]) == {topic.value for topic in Topic}
    assert set(case["audience"]["enum"]) == {audience.value for audience in Audience}
    assert set(parts["programme"]["properties"]["status"]["enum"]) == {status.value for status in Status}


def test_understood_takes_the_case_and_nothing_else() -> None:
    slots = {"topics": ["ki"], "audience": None, "place": "hagen", "purposes": [], "employees_range": [10, 49],
             "facts": {"employees": 12, "age": None, "started": False, "unbekannt": 1}, "shown": ["x"],
             "requested_slot": "age"}
    assert understood(slots) == {"topics": ["ki"], "place": "hagen", "employees_range": [10, 49], "employees": 12,
                                 "started": False}
    assert understood({}) == {}
    assert set(BY_NAME) >= {"employees", "age", "started"}


def test_partial_answers_are_completed() -> None:
    answer = complete_answer({"kind": "smalltalk"}, {"place": "hagen"})
    message = BotMessage("Hallo", (Button("Weiter", "/weiter"),), answer)
    reply = {"request_id": "r1", "messages": [message.as_dict()]}
    validate_reply(reply)
    assert BotMessage.from_dict(message.as_dict()) == message


def test_messages_without_text_vanish_or_join_the_one_before() -> None:
    items = [{"text": " "}, {"text": "Eins"}, {"custom": {"answer": {"kind": "contacts"}}},
             {"text": None, "buttons": []}, {"custom": {"answer": {"kind": "events"}}}]
    [message] = read_messages(items, {})
    assert (message.text, message.answer["kind"]) == ("Eins", "contacts")
    assert read_messages([{"custom": {"answer": {"kind": "info"}}}], {}) == []
