"""Messages whose key comes late, or never."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import nio

from channels.matrix.keys import PATIENCE_SECONDS, Unread


class KeyRing:
    """A client that knows the keys it was given."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def decrypt_event(self, event: Any) -> str:
        if event.session_id == "junk":
            raise AssertionError
        if event.session_id not in self.keys:
            raise nio.EncryptionError
        return f"plain {event.session_id}"


def test_a_message_waits_for_its_key_but_not_for_ever() -> None:
    now, ring = [0.0], KeyRing()
    unread = Unread(lambda: now[0])
    late, never, junk = (SimpleNamespace(session_id=name) for name in ("late", "never", "junk"))
    for event in (late, never, junk):
        unread.add(event)

    assert unread and not unread.readable(ring) and not unread.given_up()
    ring.keys.add("late")
    assert unread.readable(ring) == ["plain late"] and not unread.readable(ring)
    now[0] = PATIENCE_SECONDS
    assert unread.given_up() == [never, junk]
    for event in (never, junk):
        unread.drop(event)
    assert not unread
