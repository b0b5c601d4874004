"""Every kind of update becomes the right thing, or nothing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.messenger.contract import Incoming, Kind
from channels.telegram import updates
from tests.channels.telegram.emulator import NOW, BotApi
from tests.channels.telegram.people import MEDIA, Group, Person

AT = dt.datetime(2026, 11, 21, 21, 0, tzinfo=dt.timezone.utc)
OFFICIAL: dict[str, Any] = json.loads(Path(__file__).with_name("official_updates.json").read_text(encoding="utf-8"))


def _read(raw: dict[str, Any]) -> Incoming | None:
    update = updates.parse(raw)
    assert update
    return updates.read(update, "4242", AT)


def _official(example: dict[str, Any]) -> dict[str, Any]:
    """Put together what all examples share."""
    name = next(name for name in example if name not in ("name", "kind", "text"))
    content = {"from": OFFICIAL["from"], **example[name]}
    if name.endswith("message"):
        content = {**OFFICIAL["head"], "chat": OFFICIAL["chat"], **content}
    return {"update_id": 10000, name: content}


def test_there_are_official_examples() -> None:
    assert len(OFFICIAL["examples"]) == 12


@pytest.mark.parametrize("example", OFFICIAL["examples"], ids=lambda example: example["name"])
def test_the_official_examples(example: dict[str, Any]) -> None:
    found = _read(_official(example))

    assert (found.kind.value if found else None) == example["kind"]
    if found:
        assert (found.address, found.external_id, found.text) == ("1111111", "4242:10000", example["text"])
        seconds = 1441646600 if found.kind is Kind.EDIT else 1441645532
        assert found.sent_at == dt.datetime.fromtimestamp(seconds, dt.timezone.utc).replace(microsecond=10000)


def test_a_text_is_taken_as_it_is() -> None:
    found = _read(Person(BotApi(), 7).writes("Gibt es\nZuschüsse? 🙂"))

    assert found and (found.kind, found.text, found.address) == (Kind.TEXT, "Gibt es\nZuschüsse? 🙂", "7")


@pytest.mark.parametrize(("typed", "read"), [
    ("/start", "/start"), ("/start aus-der-webseite", "/start"), ("/hilfe@navigator_bot", "/hilfe"),
    ("/loeschen bitte", "/loeschen bitte"), ("Was heißt /start?", "Was heißt /start?"), ("/", "/"),
])  # fmt: skip
def test_commands_lose_what_telegram_adds(typed: str, read: str) -> None:
    found = _read(Person(BotApi(), 7).writes(typed))

    assert found and found.text == read


def test_there_is_something_to_send() -> None:
    assert len(MEDIA) >= 10


@pytest.mark.parametrize("kind", MEDIA)
def test_what_is_no_text_is_unreadable(kind: str) -> None:
    found = _read(Person(BotApi(), 7).sends(kind))

    assert found and (found.kind, found.text) == (Kind.UNREADABLE, "")


def test_an_album_counts_once() -> None:
    person = Person(BotApi(), 7)
    album = [_read(person.sends("photo", media_group_id="12")) for _ in range(3)]
    other = _read(person.sends("photo", media_group_id="13"))

    assert len({item.external_id for item in album if item}) == 1
    assert other and album[0] and other.external_id != album[0].external_id


def test_only_a_changed_text_is_an_edit() -> None:
    person = Person(BotApi(), 7)
    written, place = person.writes("KI"), person.sends("location")
    moved = {"update_id": 5, "edited_message": {**place["message"], "edit_date": NOW}}

    changed = _read(person.edits(written, "Digitalisierung"))

    assert changed and (changed.kind, changed.text) == (Kind.EDIT, "")
    assert _read(moved) is None


def test_a_pressed_option_brings_its_token() -> None:
    person = Person(BotApi(), 7)
    message = {"message_id": 5, "date": NOW, "chat": person.chat, "text": "Wählen Sie."}

    found = _read(person.presses_token("t" * 22, message))

    assert found and (found.kind, found.token, found.address) == (Kind.CHOICE, "t" * 22, "7")
    assert found.sent_at.replace(microsecond=0) == AT


def test_an_option_of_a_very_old_message_counts_too() -> None:
    person = Person(BotApi(), 7)
    inaccessible = {"message_id": 5, "date": 0, "chat": person.chat}

    found = _read(person.presses_token("t" * 22, inaccessible))

    assert found and (found.kind, found.token) == (Kind.CHOICE, "t" * 22)


def test_an_option_pressed_in_a_group_is_nobodys() -> None:
    group = Group(BotApi())
    message = {"message_id": 5, "date": NOW, "chat": group.chat, "text": "Wählen Sie."}

    assert _read(group.member.presses_token("t" * 22, message)) is None


def test_blocking_is_leaving_and_coming_back_waits_for_start() -> None:
    person = Person(BotApi(), 7)

    left = _read(person.blocks())

    assert left and (left.kind, left.address) == (Kind.LEFT, "7")
    assert _read(person.unblocks()) is None


def test_only_being_put_into_a_group_counts_of_groups() -> None:
    api = BotApi()
    group = Group(api)

    invited = _read(group.invites())
    said = _read(group.writes("Hallo zusammen"))
    api._leavechat({"chat_id": group.id})

    assert invited and invited.kind is Kind.GROUP and updates.chat_of(invited.address) == group.id
    assert said is None and _read(api.waiting[-1]) is None


def test_every_invitation_is_one_of_its_own() -> None:
    group = Group(BotApi())

    addresses = {found.address for found in (_read(group.invites()), _read(group.invites())) if found}

    assert len(addresses) == 2 and {updates.chat_of(address) for address in addresses} == {group.id}


def test_other_bots_and_service_messages_are_nobody() -> None:
    person = Person(BotApi(), 7)
    pinned = {"update_id": 1, "message": person._message(pinned_message=person._message(text="KI"))}
    bot = {"update_id": 2, "message": {**person._message(text="KI"), "from": {**person.user, "is_bot": True}}}

    assert _read(pinned) is None and _read(bot) is None


@pytest.mark.parametrize("raw", [
    None, 5, [], "x", {}, {"update_id": 1, "message": {"text": "ohne Chat"}}, {"message": {}},
    {"update_id": 1, "callback_query": {"id": "1"}},
])  # fmt: skip
def test_what_cannot_be_read_is_skipped(raw: Any) -> None:
    assert updates.parse(raw) is None


def test_within_a_second_the_order_of_the_updates_counts() -> None:
    person = Person(BotApi(), 7)
    written = [_read(person.writes(str(number))) for number in range(5)]

    assert [item.text for item in sorted(written, key=lambda item: item.sent_at)] == ["0", "1", "2", "3", "4"]  # type: ignore[union-attr]


@given(st.lists(st.integers(0, 20), max_size=12))
def test_nothing_is_later_than_what_follows(seconds: list[int]) -> None:
    items = [Incoming(str(place), "7", AT + dt.timedelta(seconds=second)) for place, second in enumerate(seconds)]

    ordered = updates.in_order(items)

    assert [item.external_id for item in ordered] == [item.external_id for item in items]
    times = [item.sent_at for item in ordered]
    assert times == sorted(times)
    assert all(new.sent_at <= old.sent_at for new, old in zip(ordered, items, strict=True))
