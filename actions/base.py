"""The base of all actions: reads the turn, keeps a time limit, never leaves the user in silence."""

from __future__ import annotations

import abc
import asyncio
import logging
import secrets
import traceback
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answer import MAX_BUTTONS, Button, Reply
from actions.follow_up import only_guesses_subject, reread
from actions.memory import Memory
from actions.message import Message
from actions.paused import paused_reply
from actions.registry import answer_of, subject_of
from actions.services import Services, services
from actions.understanding import understand

_log = logging.getLogger(__name__)
_TIME_LIMIT_SECONDS = 8.0
_ASKING = {"callback_": "action_call_back", "erase_": "action_erase_conversation"}
"""Beginning of a fact asked for, and the action that asks and therefore sees the answer first."""


@dataclass(frozen=True)
class Turn:
    """One message of the user with everything an action may look at."""

    message: Message
    before: Memory
    """Memory before this message."""
    memory: Memory
    """Memory with what this message says."""
    services: Services
    conversation_id: str = ""
    reread: bool = False
    """Whether the conversation gives the message another intent than the classifier did."""

    @property
    def text(self) -> str:
        """The words of the user."""
        return self.message.text


class NavigatorAction(Action, abc.ABC):
    """Abstract on purpose: Rasa instantiates every concrete subclass without arguments.

    Subclasses set ``action_name`` and answer a turn; no tracker and no dispatcher, so that they can be tested
    with plain values.
    """

    action_name: ClassVar[str]
    _by_name: ClassVar[dict[str, type[NavigatorAction]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Remember the action by its name, so that one can hand a turn to another."""
        super().__init_subclass__(**kwargs)
        NavigatorAction._by_name[cls.action_name] = cls

    def name(self) -> str:
        """Name in the domain."""
        return self.action_name

    @abc.abstractmethod
    def answer(self, turn: Turn) -> Sequence[Reply]:
        """Return the messages of the reply, the last one carrying the memory to keep."""

    def take(self, turn: Turn) -> Sequence[Reply]:
        """Take the answer to a question of this action (``_ASKING``); empty if the message is none."""
        return ()

    def remind(self, turn: Turn, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Add to an answer in between that the question of this action is still open."""
        return replies

    def respond(self, turn: Turn) -> Sequence[Reply]:
        """Answer the turn, unless it answers a question that another action asked."""
        asking = next((name for fact, name in _ASKING.items() if (turn.before.asked or "").startswith(fact)), None)
        waiting = self._by_name[asking]() if asking in self._by_name else None
        taken = waiting.take(turn) if waiting else ()
        if taken:
            return taken
        paused = paused_reply(turn)
        if paused is not None:
            return [paused]
        answering = self._by_name[answer_of(turn.message.intent)] if turn.reread else type(self)
        replies = answering().answer(turn)
        return waiting.remind(turn, replies) if waiting else replies

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Answer within the time limit; any failure becomes a spoken apology."""
        try:
            turn = read_turn(tracker)
            replies = await asyncio.wait_for(asyncio.to_thread(self.respond, turn), _TIME_LIMIT_SECONDS)
            before = turn.before
        except Exception as error:  # the last line of defence: the user must never be left in silence
            reference = secrets.token_hex(4)
            _log.error(
                "action failed: %s %s at %s reference=%s",
                self.action_name,
                type(error).__name__,
                _where(error),
                reference,
            )
            replies, before = [apology(reference)], Memory()
        for reply in replies:
            if reply.response:
                dispatcher.utter_message(response=reply.response)
            else:
                dispatcher.utter_message(
                    text=reply.text, buttons=buttons_of(reply), json_message=reply.custom()
                )
        changes = replies[-1].memory.slot_changes(before) if replies and replies[-1].kind != "error" else {}
        return [SlotSet(name, value) for name, value in changes.items()]


def read_turn(tracker: Tracker) -> Turn:
    """Build the turn from Rasa's tracker."""
    latest = tracker.latest_message or {}
    intent = (latest.get("intent") or {}).get("name")
    text = latest.get("text") or ""
    message = Message(
        text="" if text.startswith("/") else text,
        intent=intent,
        entities=latest.get("entities") or [],
        subject=subject_of(intent),
        confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
        ranking=latest.get("intent_ranking") or (),
    )
    before = Memory.from_slots(tracker.slots)
    meant = reread(before, message)
    if meant or only_guesses_subject(before, message):
        message = replace(message, intent=meant or intent, subject=None)
    return Turn(message, before, understand(before, message), services(), tracker.sender_id, reread=bool(meant))


def apology(reference: str) -> Reply:
    """What the user hears when something broke: sorry, a number to call, a reference."""
    agency = services().instance.agency
    return Reply(
        "error",
        "Entschuldigung, da ist bei uns etwas schiefgegangen. Bitte versuchen Sie es noch einmal oder rufen "
        f"Sie an: {agency.name}, Telefon {agency.phone}. Fehlernummer: {reference}",
        [human_button(), Button("Neu anfangen", "/neu_anfangen")],
    )


@lru_cache(maxsize=1)
def human_button() -> Button:
    """The way to a human, one tap away in every reply."""
    return Button("Mit einem Menschen sprechen", "/mensch_sprechen")


def resuming(reply: Reply) -> Sequence[Button]:
    """The buttons of a reply; one that interrupts a Fördercheck leads back to it."""
    if reply.memory.check is None or reply.asks or reply.kind in ("programmes", "verdict"):
        return reply.buttons
    return [Button("Weiter mit dem Fördercheck", "/foerdercheck"), *reply.buttons]


def buttons_of(reply: Reply) -> list[dict[str, str]]:
    """The buttons of a reply as they travel; the way to a human is always among them."""
    chosen = list(dict.fromkeys(resuming(reply)))[:MAX_BUTTONS]
    if human_button() not in chosen:
        chosen = [*chosen[: MAX_BUTTONS - 1], human_button()]
    return [{"title": button.title, "payload": button.payload} for button in chosen]


def _where(error: Exception) -> str:
    """File and line of the failure; never the message of the error, which may hold the user's words."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
