"""The tracker store as plain Rasa uses it, and the texts that are read at start."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.records.conversations import ConversationStore
from bot.settings import Settings
from tests.runtime.fixtures import ACTION_MODULE, APOLOGY

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


async def test_plain_rasa_uses_it_through_its_endpoints(
    settings: Settings, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
    from rasa.utils.endpoints import read_endpoint_config

    from bot.settings import REPOSITORY

    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    slot = {"type": "text", "mappings": [{"type": "custom"}]}
    domain = Domain.from_dict({"intents": ["a"], "slots": {"place": slot}})
    endpoint = read_endpoint_config(str(REPOSITORY / "endpoints.yml"), "tracker_store")
    store = TrackerStore.create(endpoint, domain=domain)
    assert type(store).__name__ == "NavigatorTrackerStore", "neither the fallback nor a wrapper"

    tracker = await store.get_or_create_tracker("anna")
    tracker.update(UserUttered("Hallo", {"name": "a"}), domain)
    tracker.update(SlotSet("place", "hagen"), domain)
    await store.save(tracker)
    tracker.update(ActionExecuted("action_listen"), domain)
    await store.save(tracker)
    await store.save(tracker)

    again = await store.retrieve("anna")
    assert again.get_slot("place") == "hagen"
    assert [event.type_name for event in again.events] == ["action", "user", "slot", "action"]
    assert conversations.load("anna").next_seq == 4
    assert list(await store.keys()) == ["anna"]
    assert len((await store.retrieve_full_tracker("anna")).events) == 4
    assert await store.retrieve("berta") is None


async def test_replaced_conversation_is_replaced(settings: Settings, conversations: ConversationStore) -> None:
    from rasa.shared.core.events import UserUttered

    from bot.tracker_store import NavigatorTrackerStore

    store = NavigatorTrackerStore(store=conversations)
    for text in ("eins", "zwei"):
        tracker = store.init_tracker("anna")
        tracker.update(UserUttered(text, {"name": "a"}))
        await store.save(tracker)
    assert [event["text"] for event in conversations.load("anna").events] == ["zwei"]


async def test_a_turn_that_says_all_is_erased_is_not_stored_but_erases(conversations: ConversationStore) -> None:
    from rasa.shared.core.events import BotUttered, UserUttered

    from bot.tracker_store import NavigatorTrackerStore

    store = NavigatorTrackerStore(store=conversations)
    tracker = await store.get_or_create_tracker("anna")
    tracker.update(UserUttered("Meine Nummer ist geheim", {"name": "a"}))
    await store.save(tracker)
    again = await store.retrieve("anna")
    again.update(UserUttered("ja", {"name": "a"}))
    again.update(BotUttered("Weg.", {"custom": {"erase": True}}))
    await store.save(again)
    assert conversations.ids() == []


async def test_unknown_kinds_of_events_are_left_out(conversations: ConversationStore) -> None:
    from bot.runtime.window import read_events

    assert read_events([{"event": "gibt_es_nicht", "timestamp": 1.0}]) == []


async def test_database_failure_is_an_apology_not_a_lost_memory(
    project: tuple[Path, Path], settings: Settings, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.runtime.embedded import load_runtime

    runtime = load_runtime(settings, APOLOGY, engine, project[1], ACTION_MODULE)
    await runtime.handle("anna", text="Zuschuss in hagen")

    tries = []

    def fail(conversation_id: str, message_id: str | None) -> None:
        tries.append(conversation_id)
        raise sa.exc.OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(runtime._conversations, "begin", fail)
    [message] = await runtime.handle("anna", text="Zuschuss")
    assert message.answer["kind"] == "error"
    assert len(tries) == 1, "it is not taken for a new conversation"
    monkeypatch.undo()
    assert (await runtime.handle("anna", text="Zuschuss"))[1].text == "Ort: hagen"


async def test_corrected_text_needs_no_training(
    project: tuple[Path, Path], settings: Settings, engine: sa.Engine
) -> None:
    from bot.runtime.embedded import load_runtime

    texts = project[0] / "nlu_data" / "responses" / "alltag.yml"
    before = texts.read_text(encoding="utf-8")
    try:
        texts.write_text(before.replace("Guten Tag.", "Glück auf."), encoding="utf-8")
        runtime = load_runtime(settings, APOLOGY, engine, project[1], ACTION_MODULE)
    finally:
        texts.write_text(before, encoding="utf-8")
    [message] = await runtime.handle("anna", text="Hallo")
    assert message.text.startswith("Glück auf.")
