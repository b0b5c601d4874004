"""The part of a conversation that Rasa must see: the running session, and of a long session the last events.

Rasa's cost of a turn grows with the number of events it loads. So events far back are left out, and what they had led
to (slots, active loop) is put in front of the rest as events: Rasa replays events all the time and would forget a
state that was merely set. A form whose loop is lost this way would die silently.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

KEEP_EVENTS = 12
"""So many events stay when a window is cut, which is more than one turn; rules look back over fewer."""
CUT_AT_EVENTS = 30
"""A window is cut when it has grown to this size, between two forms if possible."""
CUT_ALWAYS_AT_EVENTS = 120
"""A window is cut at this size even within a form."""


@functools.lru_cache(maxsize=1)
def _event_types() -> dict[str, type[Event]]:
    """Classes by name of event; Rasa itself walks over all classes again for every event."""
    return {cls.type_name: cls for cls in all_subclasses(Event) if getattr(cls, "type_name", None)}


def read_events(rows: Sequence[dict[str, Any]]) -> list[Event]:
    """Return the events that were stored as dictionaries; kinds this Rasa does not know are left out."""
    types = _event_types()
    events = [types[row["event"]]._from_parameters(row) for row in rows if row["event"] in types]
    return [event for event in events if event is not None]


def state_before(tracker: DialogueStateTracker, position: int) -> dict[str, Any]:
    """Return what the events before ``position`` had led to, as JSON."""
    earlier = tracker.init_copy()
    for event in list(tracker.events)[:position]:
        earlier.update(event)
    slots = {name: slot.value for name, slot in earlier.slots.items() if slot.value != slot.initial_value}
    loop = dataclasses.asdict(earlier.active_loop) if earlier.active_loop and earlier.active_loop.name else None
    return {"slots": slots, "active_loop": loop, "paused": earlier.is_paused()}


def events_for_state(state: dict[str, Any] | None, timestamp: float) -> list[Event]:
    """Return events that lead to the state again, dated just before the window."""
    if not state:
        return []
    events: list[Event] = [ActionExecuted(ACTION_LISTEN_NAME, timestamp=timestamp)]
    loop = state.get("active_loop")
    if loop:
        events += [ActionExecuted(loop["name"], timestamp=timestamp), ActiveLoop(loop["name"], timestamp=timestamp)]
        if loop["rejected"]:
            events.append(ActionExecutionRejected(loop["name"], timestamp=timestamp))
    events += [SlotSet(name, value, timestamp=timestamp) for name, value in state.get("slots", {}).items()]
    if state.get("paused"):
        events.append(ConversationPaused(timestamp=timestamp))
    return events


def window_start(events: Sequence[Event], first: int) -> int:
    """Return the position from which on events are needed for the next turn.

    Args:
        events: All events of the tracker.
        first: Position of the first event that is not there merely for the state.

    Returns:
        ``first`` itself if the window may stay as it is.
    """
    session = max((at for at, event in enumerate(events) if isinstance(event, SessionStarted)), default=None)
    start = _before_session_start(events, session, first) if session is not None and session >= first else first
    if start > first:
        return start
    size = len(events) - first
    if size < CUT_AT_EVENTS:
        return first
    for between_forms in (True, False):
        cut = _turn_boundary(events, first, between_forms)
        if cut is not None and (between_forms or size >= CUT_ALWAYS_AT_EVENTS):
            return cut
    return first


def starts_session(events: Sequence[Event], position: int) -> bool:
    """Whether the events from ``position`` on begin a session, so that nothing before them matters."""
    return any(isinstance(event, SessionStarted) for event in list(events)[position:position + 3])


def _before_session_start(events: Sequence[Event], session: int, first: int) -> int:
    """Step back from the session event over the action that caused it (and the metadata slot before that)."""
    start = session
    while start > first and _belongs_to_session_start(events[start - 1]):
        start -= 1
    return start


def _belongs_to_session_start(event: Event) -> bool:
    if isinstance(event, ActionExecuted):
        return event.action_name == ACTION_SESSION_START_NAME
    return isinstance(event, SlotSet) and event.key == "session_started_metadata"


def _turn_boundary(events: Sequence[Event], first: int, between_forms: bool) -> int | None:
    """Return the last boundary between two turns that leaves enough events, or ``None``."""
    last = len(events) - KEEP_EVENTS
    loop: str | None = None
    found: int | None = None
    for at, event in enumerate(events[:last]):
        if isinstance(event, ActiveLoop):
            loop = event.name
        is_listen = isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
        if is_listen and at > first and not (between_forms and loop):
            found = at
    return found
