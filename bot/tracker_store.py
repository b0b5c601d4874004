"""Our tracker store: appends events, loads only what the next turn needs, and can wait for the reply.

Rasa's own SQL store does not run with SQLAlchemy 2 and loads a whole conversation at every turn. This one works for
plain Rasa too (``endpoints.yml``). Within a turn of the embedded runtime nothing is written before the runtime
commits events and reply together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.database import create_engine_from
from bot.records.conversations import Begun, Checkpoint, ConversationStore, StoredReply, StoredWindow, Turn
from bot.records.unclear_turns import Unclear
from bot.runtime.messages import erases
from bot.runtime.window import events_for_state, read_events, starts_session, state_before, window_start
from bot.settings import load_settings

DEFAULT_CHANNEL = "rasa"


@dataclass
class OpenTurn:
    """A turn of the embedded runtime: what it saves is kept here until the runtime commits it."""

    channel: str = DEFAULT_CHANNEL
    begun: Begun | None = None
    """What was stored before the turn; ``None`` if it was not read yet."""
    tracker: DialogueStateTracker | None = None
    """The tracker as it was saved last."""
    unclear: Unclear | None = None
    """The turn, if staff should look at it."""


open_turn: ContextVar[OpenTurn | None] = ContextVar("open_turn", default=None)


@dataclass(frozen=True)
class _Position:
    """Where the events of a tracker stand in the database; attached to the tracker that was loaded."""

    for_state: int = 0
    """So many events at the front stand for the state before the window and are not stored."""
    stored: int = 0
    """So many events at the front, those included, need no storing any more."""
    seq: int = 0
    """Number of the first event behind those for the state."""


class NavigatorTrackerStore(TrackerStore):
    """Keeps conversations in the database of the bot."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        store: ConversationStore | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the store.

        Args:
            domain: Domain of the model; Rasa sets it again after loading.
            event_broker: Where new events are published, if anywhere.
            host: Not used; Rasa passes the ``url`` of ``endpoints.yml``. The database is that of the settings.
            store: The store to use; by default it is opened from the settings.
            **kwargs: Ignored.
        """
        super().__init__(domain, event_broker)
        self._store = store or ConversationStore(create_engine_from(load_settings()))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker with the events the next turn needs."""
        turn = open_turn.get()
        if turn is not None and turn.tracker is not None and turn.tracker.sender_id == sender_id:
            return turn.tracker
        begun = turn.begun if turn is not None else None
        window = begun.window if begun is not None else await asyncio.to_thread(self._store.load, sender_id)
        return self._tracker(sender_id, window) if window else None

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the tracker with all events ever stored."""
        window = await asyncio.to_thread(self._store.load_all, conversation_id)
        return self._tracker(conversation_id, window) if window else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the new events of the tracker, or hand them to the open turn."""
        turn = open_turn.get()
        if turn is not None:
            turn.tracker = tracker
        elif not tracker.events:
            _place(tracker, _Position())
        elif _position(tracker) is None:
            # Not loaded from here: Rasa's HTTP API replaces the whole conversation.
            await asyncio.to_thread(self._store.erase, tracker.sender_id)
            await self._append(tracker, DEFAULT_CHANNEL, None)
        else:
            await self._append(tracker, DEFAULT_CHANNEL, None)

    async def commit(self, turn: OpenTurn, reply: StoredReply | None) -> None:
        """Store what the turn saved, together with its reply, in one transaction.

        Raises:
            ConversationConflict: If another process continued the conversation meanwhile.
        """
        if turn.tracker is not None:
            await self._append(turn.tracker, turn.channel, reply, turn.unclear)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await asyncio.to_thread(self._store.ids)

    def _tracker(self, sender_id: str, window: StoredWindow) -> DialogueStateTracker:
        timestamp = window.events[0]["timestamp"] if window.events else 0.0
        before = events_for_state(window.checkpoint.state, timestamp)
        tracker = self.init_tracker(sender_id)
        for event in [*before, *read_events(window.events)]:
            tracker.update(event)
        _place(tracker, _Position(len(before), len(tracker.events), window.checkpoint.seq))
        return tracker

    async def _append(
        self, tracker: DialogueStateTracker, channel: str, reply: StoredReply | None, unclear: Unclear | None = None
    ) -> None:
        at = _position(tracker) or _Position()
        events = list(tracker.events)
        new = events[at.stored:]
        if any(isinstance(event, BotUttered) and erases(event.data.get("custom")) for event in new):
            await asyncio.to_thread(self._store.erase, tracker.sender_id)
            return
        if not new and reply is None:
            return
        turn = Turn(
            conversation_id=tracker.sender_id,
            first_seq=at.seq + at.stored - at.for_state,
            events=[event.as_dict() for event in new],
            checkpoint=_moved_checkpoint(tracker, at),
            reply=reply,
            channel=channel,
            unclear=unclear,
        )
        await asyncio.to_thread(self._store.append, turn)
        _place(tracker, _Position(at.for_state, len(events), at.seq))
        await self._publish(tracker.sender_id, new)

    async def _publish(self, sender_id: str, events: list[Event]) -> None:
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, events, sender_id)


def _position(tracker: DialogueStateTracker) -> _Position | None:
    return getattr(tracker, "navigator_position", None)


def _place(tracker: DialogueStateTracker, position: _Position) -> None:
    tracker.navigator_position = position


def _moved_checkpoint(tracker: DialogueStateTracker, at: _Position) -> Checkpoint | None:
    """Return the checkpoint from which the next turn loads, if it is another one than before."""
    start = window_start(list(tracker.events), at.for_state)
    if start == at.for_state:
        return None
    state = None if starts_session(list(tracker.events), start) else state_before(tracker, start)
    return Checkpoint(at.seq + start - at.for_state, state)
