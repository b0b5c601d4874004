"""The default runtime: the trained Rasa agent and the actions live in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import UserUttered

from bot.errors import NavigatorError
from bot.instance import MESSENGERS
from bot.log import get_logger, request_id
from bot.records.conversations import ConversationConflict, ConversationStore, StoredReply
from bot.records.turn_locks import TurnLocks, open_turn_locks
from bot.runtime.apology import Apology
from bot.runtime.buttons import Buttons, load_buttons
from bot.runtime.fixed_texts import NOTICE, load_responses
from bot.runtime.gate import Incoming, Rejected, accept
from bot.runtime.graph import DirectRunner
from bot.runtime.in_process import InProcessActions, failed_actions, load_actions
from bot.runtime.locks import ConversationLocks
from bot.runtime.messages import BotMessage, complete_answer, read_messages, understood
from bot.runtime.output import WholeMessages
from bot.runtime.quiet import quiet_rasa
from bot.runtime.signing import require_signed
from bot.runtime.unclear import unclear_turn
from bot.settings import Settings
from bot.tracker_store import NavigatorTrackerStore, OpenTurn, open_turn

GREETING = "begruessung"
"""Intent whose answer introduces the bot."""
TURN_SECONDS = 15.0
"""Time limit for one message."""
ACTION_SECONDS = 10.0
"""Time limit for one custom action."""
ATTEMPTS = 3
"""So often a turn is tried if another process continues the same conversation meanwhile."""

_log = get_logger(__name__)


@dataclass(frozen=True)
class LoadedModel:
    """A model that is ready to answer. Turns that have begun with it end with it."""

    name: str
    """Name of its file."""
    agent: Agent
    tracker_store: NavigatorTrackerStore


Load = Callable[[Path], LoadedModel]


class EmbeddedRuntime:
    """Answers messages with a Rasa agent in this process (see ``bot.runtime.interface.Runtime``)."""

    def __init__(
        self,
        loaded: LoadedModel,
        load: Load,
        conversations: ConversationStore,
        buttons: Buttons,
        apology: Apology,
        checks: Mapping[str, Callable[[], bool]] | None = None,
        turn_seconds: float = TURN_SECONDS,
        notice: str | None = None,
        locks: TurnLocks | None = None,
    ) -> None:
        """Take what ``load`` has put together.

        Args:
            loaded: The model that answers first.
            load: Loads another one.
            conversations: The store behind the tracker stores.
            buttons: Allow-list of button intents.
            apology: Said when something fails.
            checks: Further conditions of being ready, by name.
            turn_seconds: Time limit for one message.
            notice: Said before the first reply of a conversation (EU AI Act, Art. 50: that a machine answers).
            locks: Keep other processes away from a conversation that is being answered.
        """
        self._notice = notice
        self._loaded = loaded
        self._load = load
        self._conversations = conversations
        self._buttons = buttons
        self._apology = apology
        self._checks = checks or {}
        self._turn_seconds = turn_seconds
        self._locks = ConversationLocks(shared=locks)

    async def handle(
        self,
        conversation_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        channel: str = "web",
    ) -> list[BotMessage]:
        """Answer one message (see ``Runtime.handle``)."""
        incoming = accept(text, payload, self._buttons)
        try:
            async with self._locks.hold(conversation_id):
                return await self._answer(conversation_id, incoming, message_id, channel)
        except Rejected:
            raise
        except Exception as error:  # the database is away or too slow
            _log.error("turn.not_begun", error)
            return [self._apology.message(request_id.get())]

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return intent and entities of a text (see ``Runtime.parse``)."""
        incoming = accept(text, None, self._buttons)
        return await self._loaded.agent.parse_message(incoming.text)

    async def health(self) -> Mapping[str, bool]:
        """Return what must work before people may write."""
        checks = {"modell": self._loaded.agent.is_ready, **self._checks}
        return {name: await asyncio.to_thread(_holds, check) for name, check in checks.items()}

    async def warm_up(self, text: str) -> None:
        """Answer a message that nobody wrote and forget it, so that the first person need not wait for caches."""
        token = open_turn.set(OpenTurn())
        try:
            await _run(self._loaded.agent, "warm-up", Incoming(text), "web")
        finally:
            open_turn.reset(token)

    @property
    def model(self) -> str:
        """Name of the file of the model that answers."""
        return self._loaded.name

    async def switch_to(self, model: Path) -> None:
        """Load another model beside the conversations and answer with it from the next turn on.

        Raises:
            Exception: If it cannot be loaded; then the old one goes on.
        """
        self._loaded = await asyncio.to_thread(self._load, model)

    def use_texts(self, responses: dict[str, list[dict[str, Any]]]) -> None:
        """Say these fixed texts from now on."""
        _use_current_responses(self._loaded.agent, responses)
        self._notice = _text_of(responses, NOTICE)

    async def close(self) -> None:
        """Let go of the locks; nothing else is open between two turns."""
        self._locks.close()

    async def _answer(
        self, conversation_id: str, incoming: Incoming, message_id: str | None, channel: str
    ) -> list[BotMessage]:
        """Return the stored reply of a repeated message; else run the bot, again if another process was faster."""
        for _ in range(ATTEMPTS):
            begun = await asyncio.to_thread(self._conversations.begin, conversation_id, message_id)
            if begun.reply is not None:
                return [BotMessage.from_dict(message) for message in begun.reply]
            try:
                return await self._turn(conversation_id, incoming, message_id, OpenTurn(channel, begun))
            except ConversationConflict:
                _log.warning("turn.conflict")
        return [self._apology.message(request_id.get())]

    async def _turn(
        self, conversation_id: str, incoming: Incoming, message_id: str | None, turn: OpenTurn
    ) -> list[BotMessage]:
        """Run the bot once and commit events and reply together; what went wrong becomes the apology."""
        loaded = self._loaded
        failed: list[str] = []
        tokens = open_turn.set(turn), failed_actions.set(failed)
        try:
            running = _run(loaded.agent, conversation_id, incoming, turn.channel)
            items = await asyncio.wait_for(running, self._turn_seconds)
            messages = read_messages(items, _facts(turn))
            if failed or not messages:
                _log.error("turn.unanswered", failed_actions=",".join(failed))
                messages.append(self._apology.message(request_id.get()))
            if turn.tracker is not None and incoming.parse_data is None:
                turn.unclear = unclear_turn(list(turn.tracker.events), messages)
            messages = [*self._first_words(turn), *messages]
            reply = StoredReply(message_id, [message.as_dict() for message in messages]) if message_id else None
            await loaded.tracker_store.commit(turn, reply)
            return messages
        except ConversationConflict:
            raise
        except Exception as error:  # whatever it was: the person gets an answer, the log gets the place
            _log.error("turn.failed", error)
            return [self._apology.message(request_id.get())]
        finally:
            open_turn.reset(tokens[0])
            failed_actions.reset(tokens[1])

    def _first_words(self, turn: OpenTurn) -> list[BotMessage]:
        """The notice, if this is the first message of the conversation and no greeting, which says it itself.

        Messengers have a notice of their own (``channels/messenger/manners.py``).
        """
        if self._notice is None or turn.tracker is None or turn.channel in MESSENGERS:
            return []
        said = [event for event in turn.tracker.events if isinstance(event, UserUttered)]
        if len(said) != 1 or said[0].intent_name == GREETING:
            return []
        return [BotMessage(self._notice, answer=complete_answer({"kind": "info"}, _facts(turn)))]


async def _run(agent: Agent, conversation_id: str, incoming: Incoming, channel: str) -> list[dict[str, Any]]:
    output = WholeMessages(channel)
    message = UserMessage(
        incoming.text, output, sender_id=conversation_id, parse_data=incoming.parse_data, input_channel=channel,
        metadata={"request_id": request_id.get()})
    assert agent.processor is not None  # an agent is only taken with a model
    await agent.processor.handle_message(message)
    return output.items


def load_runtime(
    settings: Settings,
    apology: Apology,
    engine: sa.Engine,
    model: Path,
    action_package: str = "actions",
    checks: Mapping[str, Callable[[], bool]] | None = None,
) -> EmbeddedRuntime:
    """Load the model and everything around it.

    Args:
        settings: Where the content lies.
        apology: Said when something fails.
        engine: Database of the conversations; the tables must exist.
        model: Archive written by the training.
        action_package: Package with the custom actions.
        checks: Further conditions of being ready, by name.

    Raises:
        NavigatorError: If model, actions or buttons cannot be used.
    """
    quiet_rasa()
    nlu_data = settings.content_dir / "nlu_data"
    conversations = ConversationStore(engine)
    endpoint = load_actions(action_package, ACTION_SECONDS)
    buttons = load_buttons(nlu_data / "buttons.yml")
    notice = _text_of(load_responses(nlu_data / "responses"), NOTICE)

    def load(archive: Path) -> LoadedModel:
        require_signed(archive, settings)
        tracker_store = NavigatorTrackerStore(store=conversations)
        agent = _load_agent(archive, tracker_store, endpoint)
        _use_current_responses(agent, load_responses(nlu_data / "responses"))
        _refuse_unknown_intents(buttons, agent)
        return LoadedModel(archive.name, agent, tracker_store)

    database = {"datenbank": lambda: _answers(engine)}
    checks = {**database, **(checks or {})}
    locks = open_turn_locks(engine)
    return EmbeddedRuntime(load(model), load, conversations, buttons, apology, checks, notice=notice, locks=locks)


def _text_of(responses: Mapping[str, Any], name: str) -> str | None:
    variants = responses.get(name)
    return str(variants[0]["text"]) if variants else None


def _load_agent(model: Path, tracker_store: NavigatorTrackerStore, endpoint: InProcessActions) -> Agent:
    """Load the model; a database that fails must lead to an apology, not to Rasa's fallback of an empty memory."""
    agent = Agent.load(model, tracker_store=tracker_store, action_endpoint=endpoint)
    assert agent.processor is not None
    agent.processor.tracker_store = tracker_store
    if isinstance(agent.processor.graph_runner, DaskGraphRunner):
        agent.processor.graph_runner = DirectRunner.of(agent.processor.graph_runner)
    return agent


def _use_current_responses(agent: Agent, responses: dict[str, list[dict[str, Any]]]) -> None:
    """Put the texts of today's files over those in the model: a corrected text needs no training."""
    assert agent.domain is not None and isinstance(agent.nlg, TemplatedNaturalLanguageGenerator)
    agent.domain.responses.update(responses)
    agent.nlg.responses = agent.domain.responses


def _refuse_unknown_intents(buttons: Buttons, agent: Agent) -> None:
    unknown = sorted(set(buttons.validators) - set(agent.domain.intents if agent.domain else []))
    if unknown:
        raise NavigatorError("nlu_data/buttons.yml nennt Absichten, die das Modell nicht kennt: "
                             f"{', '.join(unknown)} – "
                             "ergänzen Sie sie in domain.yml und trainieren Sie neu.")


def _facts(turn: OpenTurn) -> dict[str, Any]:
    return understood(turn.tracker.current_slot_values()) if turn.tracker is not None else {}


def _answers(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(sa.text("SELECT 1")).scalar_one() == 1


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return bool(check())
    except Exception as error:  # a check that cannot even run is one that does not hold
        _log.error("health.check_failed", error)
        return False
