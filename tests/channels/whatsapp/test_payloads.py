"""Every message of a call becomes what it is, and nothing that Meta may send makes us stumble."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.messenger.contract import Incoming, Kind
from channels.whatsapp.payloads import read_call
from tests.channels.whatsapp import official
from tests.channels.whatsapp.official import NUMBER, PHONE_ID, USER_ID, call, of_kind, text, value

NOT_OURS = "999999999999999"


def read(*messages: dict[str, Any], **how: Any) -> list[Incoming]:
    return read_call(call(value(*messages, **how)), PHONE_ID)


def test_a_text() -> None:
    assert read(text()) == [Incoming(
        official.WAMID, NUMBER, dt.datetime(2025, 6, 8, 20, 59, 43, tzinfo=dt.timezone.utc), Kind.TEXT,
        "Does it come in another color?")]


@pytest.mark.parametrize("how", ["button_reply", "list_reply"])
def test_a_choice_is_known_by_its_token(how: str) -> None:
    [incoming] = read(official.chosen("abcdefghijklmnopqrstuv", how))

    assert (incoming.kind, incoming.token, incoming.text) == (Kind.CHOICE, "abcdefghijklmnopqrstuv", "")


@pytest.mark.parametrize("name", official.KINDS)
def test_what_is_no_text_is_unreadable(name: str) -> None:
    assert [incoming.kind for incoming in read(of_kind(official.KINDS[name]))] == [Kind.UNREADABLE]


@pytest.mark.parametrize("name", official.SILENT)
def test_what_asks_for_no_answer_is_passed_over(name: str) -> None:
    assert read(of_kind(official.SILENT[name]), text()) == read(text())


def test_an_edit_brings_no_text() -> None:
    [incoming] = read(official.edit("Text was edited"))

    assert (incoming.kind, incoming.text) == (Kind.EDIT, "")


def test_an_opened_chat_and_a_group() -> None:
    opened = read(of_kind({"type": "request_welcome"}))
    group = read(text(group_id="Y2FwaV9ncm91cDox"))

    assert [incoming.kind for incoming in opened] == [Kind.JOINED]
    assert [(incoming.kind, incoming.address, incoming.text) for incoming in group] == [
        (Kind.GROUP, "Y2FwaV9ncm91cDox", "")]


@pytest.mark.parametrize("incoming", [
    read(text(from_user_id=USER_ID)), read(text(), user_id=USER_ID),
    read({key: part for key, part in text().items() if key != "from"}, user_id=USER_ID),
])  # fmt: skip
def test_the_id_made_for_us_goes_before_the_number(incoming: list[Incoming]) -> None:
    assert [each.address for each in incoming] == [USER_ID]


def test_ids_of_several_persons_are_not_mixed_up() -> None:
    two = value(text(), {**text("Und ich?"), "from": "4915112345678", "id": "wamid.2"}, user_id=USER_ID)
    two["contacts"].append({"wa_id": "4915112345678", "user_id": "DE.42"})

    assert [incoming.address for incoming in read_call(call(two), PHONE_ID)] == [USER_ID, "DE.42"]


def test_every_message_of_a_batch_is_read_and_none_of_another_number() -> None:
    batch = call(value(text("eins"), text("zwei", id="wamid.2")), value(text("fremd"), phone_id=NOT_OURS),
                 value(text("drei", id="wamid.3")))

    assert [incoming.text for incoming in read_call(batch, PHONE_ID)] == ["eins", "zwei", "drei"]


def test_news_of_another_field_are_passed_over() -> None:
    other = call(value(text()))
    other["entry"][0]["changes"][0]["field"] = "account_update"

    assert read_call(other, PHONE_ID) == []


def test_news_of_our_messages_are_no_messages_and_failures_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert read_call(call(value(statuses=[official.DELIVERED])), PHONE_ID) == []
        assert not caplog.records
        assert read_call(call(value(statuses=[official.FAILED])), PHONE_ID) == []

    assert [record.getMessage() for record in caplog.records] == ["whatsapp.not_delivered"]
    assert caplog.records[0].__dict__["navigator_fields"] == {"codes": "131047"}


@pytest.mark.parametrize("broken", [
    text(id=None), text(timestamp="bald"), text(timestamp="1" * 40), text(timestamp=None), {"type": "text"},
    {**text(), "from": ""},
])  # fmt: skip
def test_a_message_that_cannot_be_answered_does_not_hold_up_the_others(broken: dict[str, Any]) -> None:
    assert read(broken, text("danach")) == read(text("danach"))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "entry", "changes", "value", "field", "messages", "contacts", "metadata", "type", "text", "body", "from",
        "id", "timestamp", "interactive", "statuses", "errors", "wa_id", "user_id", "x"]), inner, max_size=4),
    max_leaves=20)


@given(anything, anything)
def test_no_call_makes_us_stumble(whole: object, message: object) -> None:
    read_call(whole, PHONE_ID)
    around = value(text())
    around["messages"] = [message, text()]
    around["contacts"] = message
    around["statuses"] = message
    around["errors"] = message
    assert text()["text"]["body"] in [incoming.text for incoming in read_call(call(around), PHONE_ID)]
