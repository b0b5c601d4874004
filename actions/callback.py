"""„Können Sie mich anrufen?“: ask way, address and time, show what is sent and to whom, send it with consent.

What was said so far stands in the table of call-backs, not in the slots, so that no address lies in the conversation.
Only the question that is open stands in the memory (``asked``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Sequence

from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.callback_words import (
    ANY_TIME,
    EMAIL,
    PHONE,
    agrees,
    changes_mind,
    meant_as_address,
    read_address,
    read_time,
    read_way,
    refuses,
    stops,
    whole_time,
)
from actions.hand_over import hand_over
from actions.render_callback import (
    ADDRESS,
    CONSENT,
    EXISTING,
    TIME,
    WAY,
    ask,
    called_off,
    confirmation,
    existing,
    no_address,
    offer,
    reminder,
    subject_of_request,
)
from bot.records.callbacks import CallbackRequest, State

STEP = "callback_step"
"""Entity of the buttons that decide: ``senden``, ``abbrechen``, ``aendern``, ``behalten``."""


class CallBack(NavigatorAction):
    """Answers ``rueckruf_wuenschen`` and every message that answers one of its questions."""

    action_name: ClassVar[str] = "action_call_back"

    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Begin, go on where it stopped, or show the request that was sent."""
        if not turn.services.instance.human_handoff.callback:
            return hand_over(turn, "Einen Rückruf kann ich hier nicht vermitteln. So erreichen Sie einen Menschen:")
        turn = replace(turn, before=_with_subject(turn))
        request = turn.services.callbacks.find(turn.conversation_id)
        if request is not None and request.state is State.OPEN:
            return self._decided(turn, request) or [existing(turn, request)]
        step = next_step(request)
        if request is not None:
            taken = self._taken(turn, request, step)
            if taken:
                return taken
        opening = [offer(turn)] if request is None or request.state is State.DONE else []
        return [*opening, self._note(turn, {"way": read_way(turn.text), **_whatever_is_said(turn)})]

    def take(self, turn: Turn) -> Sequence[Reply]:
        """Take the answer to the open question; empty if the message is about something else."""
        request = turn.services.callbacks.find(turn.conversation_id)
        if turn.message.intent == "neu_anfangen":
            turn.services.callbacks.withdraw(turn.conversation_id, only_draft=True)
            return ()
        if turn.before.asked == EXISTING:
            return self._decided(turn, request) if request else ()
        return self._taken(turn, request, turn.before.asked or WAY) if request else ()

    def remind(self, turn: Turn, replies: Sequence[Reply]) -> Sequence[Reply]:
        """After another question was answered: say that the call-back is not sent yet, and how to go on."""
        request = turn.services.callbacks.find(turn.conversation_id)
        own = replies[-1].asks or ""
        if request is None or request.state is not State.DRAFT or own.startswith("callback_"):
            return replies
        return [*replies, reminder(replies[-1], next_step(request))]

    def _taken(self, turn: Turn, request: CallbackRequest, step: str) -> Sequence[Reply]:
        decided = self._decided(turn, request, step)
        if decided:
            return decided
        changes = _changes(turn, step)
        if changes:
            return [self._note(turn, changes)]
        if step == ADDRESS and meant_as_address(turn.text):
            return [no_address(turn, request.way)]
        return [ask(turn, request, step)] if turn.message.intent == "weiss_nicht" else ()

    def _decided(self, turn: Turn, request: CallbackRequest | None, step: str = EXISTING) -> Sequence[Reply]:
        """Sending, calling off and writing anew, by button or in words."""
        store, words = turn.services.callbacks, turn.text
        said = turn.message.first(STEP)
        if said == "behalten" or (step == EXISTING and agrees(words)):
            return [confirmation(turn, request)] if request else ()
        calls_off = stops(words) and read_way(words) != EMAIL
        negative = refuses(words) and not changes_mind(words)
        if said == "abbrechen" or calls_off or (negative and not _changes(turn, step)):
            store.withdraw(turn.conversation_id)
            return [called_off(turn)]
        if said == "aendern" or (step == CONSENT and changes_mind(words) and not _changes(turn, step)):
            return [ask(turn, store.draft(turn.conversation_id, address=None, best_time=None), ADDRESS)]
        if said == "senden" or (step == CONSENT and agrees(words)):
            return self._send(turn)
        return ()

    def _send(self, turn: Turn) -> Sequence[Reply]:
        """Hand it to staff; pressed before all is said, the missing question is asked."""
        store = turn.services.callbacks
        draft = store.find(turn.conversation_id)
        if draft is None or (draft.state is State.DRAFT and next_step(draft) != CONSENT):
            return [self._note(turn, {})]
        sent = store.send(turn.conversation_id)
        return [confirmation(turn, sent)] if sent else ()

    @staticmethod
    def _note(turn: Turn, changes: dict[str, Any]) -> Reply:
        """Keep what was said and ask for what is missing."""
        known = {name: value for name, value in changes.items() if value is not None}
        draft = turn.services.callbacks.draft(turn.conversation_id, **known, about=subject_of_request(turn))
        return ask(turn, draft, next_step(draft))


def next_step(request: CallbackRequest | None) -> str:
    """What is to be asked next. Who wants a mail is not asked for a time."""
    if request is None or request.way is None:
        return WAY
    if request.address is None:
        return ADDRESS
    return TIME if request.way == PHONE and request.best_time is None else CONSENT


def _changes(turn: Turn, step: str) -> dict[str, Any]:
    """What the message adds to the request, as an answer to the question of ``step``."""
    buttons = {"way": turn.message.first("callback_way"), "best_time": turn.message.first("callback_time")}
    pressed = {name: value for name, value in buttons.items() if value}
    if pressed:
        return {**pressed, "address": None} if "way" in pressed else pressed
    address = read_address(turn.text)
    if address is not None:
        return _whatever_is_said(turn)
    if step in (WAY, ADDRESS) and not meant_as_address(turn.text):
        way = read_way(turn.text)
        return {"way": way} if way else {}
    if step == TIME and turn.message.intent == "weiss_nicht":
        return {"best_time": ANY_TIME}
    when = whole_time(turn.text) if step in (TIME, CONSENT) else None
    return {"best_time": when} if when else {}


def _whatever_is_said(turn: Turn) -> dict[str, Any]:
    """Address and time, wherever they stand in the message; the address decides about the way."""
    address = read_address(turn.text)
    said: dict[str, Any] = {"best_time": read_time(turn.text.replace(address.value, " ") if address else turn.text)}
    if address is not None:
        said |= {"way": address.way, "address": address.value}
    return {name: value for name, value in said.items() if value is not None}


def _with_subject(turn: Turn) -> Any:
    """The memory of before with what the message is about; no number of it is kept, it may be an address."""
    now = turn.memory
    return replace(turn.before, topics=now.topics, place=now.place, programme=now.programme)
