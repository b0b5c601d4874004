"""Events of Matrix, one by one, as the contract names them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import nio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.matrix.events import keycap, read_event
from channels.messenger.contract import Kind

NOW = 1_790_000_000_000
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))


def _event(content: dict[str, Any], kind: str = "m.room.message", sent: int = NOW) -> Any:
    return nio.Event.parse_event({"type": kind, "event_id": "$e", "sender": "@anna:example.org",
                                  "origin_server_ts": sent, "content": content})


def _text(body: str, **more: Any) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": body, **more}


def _file(msgtype: str) -> dict[str, Any]:
    return {"msgtype": msgtype, "body": "x", "url": "mxc://example.org/x"}


REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$x"}}}
REPLACES = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$x"}}


@pytest.mark.parametrize(("content", "kind", "text"), [
    (_text("Hallo"), Kind.TEXT, "Hallo"),
    ({"msgtype": "m.emote", "body": "winkt"}, Kind.TEXT, "winkt"),
    (_text("> <@bot:example.org> Was?\n> noch was\n\nJa", **REPLY), Kind.TEXT, "Ja"),
    (_text("> nur ein Zitat"), Kind.TEXT, "> nur ein Zitat"),
    (_text("Hallo", **{"m.relates_to": "kaputt"}), Kind.TEXT, "Hallo"),
    (_text("* neu", **REPLACES), Kind.EDIT, ""),
    *((_file(f"m.{kind}"), Kind.UNREADABLE, "") for kind in ("image", "audio", "video", "file")),
    ({"msgtype": "m.location", "body": "hier", "geo_uri": "geo:1,2"}, Kind.UNREADABLE, ""),
    ({"msgtype": "m.text"}, Kind.UNREADABLE, ""),
])  # fmt: skip
def test_messages(content: dict[str, Any], kind: Kind, text: str) -> None:
    found = read_event("!r", _event(content))

    assert found is not None
    assert (found.kind, found.text, found.external_id, found.address) == (kind, text, "$e", "!r")


@pytest.mark.parametrize(("kind", "content"), [
    ("m.sticker", {"body": "x", "url": "mxc://example.org/x"}),
    ("m.poll.start", {}),
    ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2"}),
])  # fmt: skip
def test_other_things_nobody_can_read(kind: str, content: dict[str, Any]) -> None:
    found = read_event("!r", _event(content, kind))

    assert found is not None and found.kind is Kind.UNREADABLE


@pytest.mark.parametrize(("kind", "content"), [
    ("m.room.message", {"msgtype": "m.notice", "body": "x"}),
    ("m.room.message", {"msgtype": "m.key.verification.request", "body": "x"}),
    ("m.room.name", {"name": "x"}), ("m.unbekannt", {}),
])  # fmt: skip
def test_what_says_nothing_to_us(kind: str, content: dict[str, Any]) -> None:
    assert read_event("!r", _event(content, kind)) is None


@pytest.mark.parametrize("sent", [0, 10**15, 10**300])
def test_no_server_can_send_from_the_future(sent: int) -> None:
    found = read_event("!r", _event(_text("Hallo"), sent=sent))

    assert found is not None and found.sent_at <= dt.datetime.now(dt.timezone.utc)


@pytest.mark.parametrize(("key", "number"), [
    ("1️⃣", 1), ("9\u20e3", 9), ("🔟", 10), ("0️⃣", None), ("👍", None), ("1", None), ("", None), ("٣️⃣", None),
])  # fmt: skip
def test_reactions_with_a_number(key: str, number: int | None) -> None:
    assert keycap(key) == number


@given(st.dictionaries(st.sampled_from(["msgtype", "body", "url", "m.relates_to", "file", "info"]),
                       JSON | st.sampled_from(["m.text", "m.image", "m.emote"])))
def test_nothing_anybody_sends_breaks_us(content: dict[str, Any]) -> None:
    event = _event(content)
    if isinstance(event, nio.Event | nio.BadEvent):
        read_event("!r", event)
