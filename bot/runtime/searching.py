"""Answers without a trained model: what a message names is looked up in the catalogue, buttons work as always.

The same actions answer as with a model, only the intent of a typed message is guessed from what it names. Nothing is
stored: the conversation is remembered by this process, and forgotten when it ends.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions.answer import Reply
from actions.base import NavigatorAction, Turn, buttons_of
from actions.memory import Memory
from actions.message import Message
from actions.registry import answer_of, subject_of
from actions.services import services
from actions.understanding import understand
from bot.log import get_logger, request_id
from bot.runtime.apology import Apology
from bot.runtime.buttons import Buttons
from bot.runtime.gate import Incoming, accept
from bot.runtime.locks import ConversationLocks
from bot.runtime.messages import BotMessage, complete_answer, erases, read_messages, understood
from knowledge_base.access import recogniser

REMEMBERED = 10_000
"""So many conversations are remembered; the one that is silent longest is forgotten first."""
HINT = ("Im Moment verstehe ich nur Stichwörter, zum Beispiel „Zuschuss Weiterbildung Hagen“. Sie sprechen mit einem "
        "KI-System, nicht mit einem Menschen.")
_SEARCH, _FACTS, _PEOPLE = "foerderung_allgemein", "angaben_machen", "mensch_sprechen"
_FIXED = "utter_"
_NAMED = frozenset({"programme", "topic", "purpose", "contact", "contact_kind", "place", "audience"})
"""A message that names one of these can be searched for; with any other people are shown."""
_log = get_logger(__name__)


class SearchingRuntime:
    """Answers from the catalogue (see ``bot.runtime.interface.Runtime``).

    Args:
        buttons: Allow-list of button intents.
        apology: Said when something fails.
        texts: The fixed texts by name.
        erase: Deletes what is stored of a conversation from better times.
        ready: Whether the catalogue can be searched.
    """

    def __init__(
        self,
        buttons: Buttons,
        apology: Apology,
        texts: Mapping[str, Any],
        erase: Callable[[str], object],
        ready: Callable[[], bool],
    ) -> None:
        self._buttons = buttons
        self._apology = apology
        self._texts = texts
        self._erase = erase
        self._ready = ready
        self._locks = ConversationLocks()
        self._memories: OrderedDict[str, Memory] = OrderedDict()

    async def handle(
        self,
        conversation_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        channel: str = "web",
    ) -> list[BotMessage]:
        """Answer one message (see ``Runtime.handle``); a repeated one is answered anew."""
        incoming = accept(text, payload, self._buttons)
        async with self._locks.hold(conversation_id):
            try:
                return await asyncio.to_thread(self._answer, conversation_id, incoming)
            except Exception as error:  # whatever it was: the person gets an answer
                _log.error("search.failed", error)
                return [self._apology.message(request_id.get())]

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return what a text names, and no intent (see ``Runtime.parse``)."""
        return {"text": text, "intent": {"name": None, "confidence": 0.0}, "entities": _entities(text)}

    async def health(self) -> Mapping[str, bool]:
        """Return whether the search works: people may write, although there is no model."""
        return {"suche_ohne_modell": await asyncio.to_thread(self._ready)}

    async def close(self) -> None:
        """Nothing is open."""

    def use_texts(self, responses: dict[str, list[dict[str, Any]]]) -> None:
        """Say these fixed texts from now on."""
        self._texts = responses

    def _answer(self, conversation_id: str, incoming: Incoming) -> list[BotMessage]:
        before = self._memories.get(conversation_id)
        message = _message(incoming, before or Memory())
        known = understand(before or Memory(), message)
        turn = Turn(message, before or Memory(), known, services(), conversation_id)
        replies = _action(message.intent).respond(turn)
        items = [self._item(reply) for reply in replies]
        memory = replies[-1].memory
        if any(erases(item.get("custom")) for item in items):
            self._erase(conversation_id)
            self._memories.pop(conversation_id, None)
        else:
            self._remember(conversation_id, memory)
        facts = understood(memory.slot_changes(Memory()))
        hint = [] if before else [BotMessage(HINT, answer=complete_answer({"kind": "info"}, facts))]
        return [*hint, *read_messages(items, facts)]

    def _item(self, reply: Reply) -> dict[str, Any]:
        if reply.response:
            return dict(self._texts[reply.response][0])
        return {"text": reply.text, "buttons": buttons_of(reply), "custom": reply.custom()}

    def _remember(self, conversation_id: str, memory: Memory) -> None:
        self._memories[conversation_id] = memory
        self._memories.move_to_end(conversation_id)
        while len(self._memories) > REMEMBERED:
            self._memories.popitem(last=False)


def load_action_classes(package: str = "actions") -> None:
    """Import all actions, so that each is known by its name."""
    ActionExecutor().register_package(package)


def _message(incoming: Incoming, before: Memory) -> Message:
    """Read a message as Rasa would have, with a guess in place of the classifier."""
    if incoming.parse_data is not None:
        intent = incoming.parse_data["intent"]["name"]
        return Message("", intent, incoming.parse_data["entities"], subject_of(intent))
    entities = _entities(incoming.text)
    return Message(incoming.text, _guess(entities, before), entities)


def _guess(entities: Sequence[Mapping[str, Any]], before: Memory) -> str:
    named = {each["entity"] for each in entities}
    if before.asked or (named and before.wish and not named & {"programme", "topic", "purpose"}):
        return _FACTS
    return _SEARCH if named & _NAMED else _PEOPLE


def _entities(text: str) -> list[dict[str, Any]]:
    return [
        {"entity": each.entity, "value": each.value, "start": each.start, "end": each.end,
         "confidence_entity": each.confidence}
        for each in recogniser().find(text)
    ]


def _action(intent: str | None) -> NavigatorAction:
    name = answer_of(intent)
    return NavigatorAction._by_name["action_say_fixed_text" if name.startswith(_FIXED) else name]()
