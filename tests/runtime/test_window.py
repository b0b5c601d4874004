"""Long conversations: the window is cut, and nobody notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.records.conversations import ConversationStore

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

GREETING = "Guten Tag.\n\nIch bin ein KI-System."


async def say(runtime: EmbeddedRuntime, *texts: str) -> list[str]:
    """Play a conversation and return all texts of the bot."""
    return [message.text for text in texts for message in await runtime.handle("anna", text=text)]


def limits(monkeypatch: pytest.MonkeyPatch, keep: int, cut: int, always: int) -> None:
    from bot.runtime import window

    monkeypatch.setattr(window, "KEEP_EVENTS", keep)
    monkeypatch.setattr(window, "CUT_AT_EVENTS", cut)
    monkeypatch.setattr(window, "CUT_ALWAYS_AT_EVENTS", always)


async def test_loaded_window_stays_small_and_keeps_slots(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits(monkeypatch, 10, 20, 60)
    await say(runtime, "Zuschuss in hagen")
    sizes = []
    for _ in range(12):
        await say(runtime, "Hallo")
        sizes.append(len(conversations.load("anna").events))
    assert max(sizes) <= 30
    assert len(conversations.load_all("anna").events) > 40, "nothing is deleted"
    messages = await runtime.handle("anna", text="Zuschuss")
    assert messages[1].text == "Ort: hagen"
    assert messages[1].answer["understood"] == {"place": "hagen", "employees": 12}


async def test_turn_200_reads_no_more_than_turn_5(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot import tracker_store

    restored: list[int] = []
    real = tracker_store.read_events

    def counted(rows):
        restored.append(len(rows))
        return real(rows)

    monkeypatch.setattr(tracker_store, "read_events", counted)
    for number in range(40):
        await say(runtime, "Hallo" if number % 3 else "Zuschuss in hagen")
    assert len(restored) == 39, "the first turn has nothing to read"
    assert len(conversations.load_all("anna").events) > 200
    early, late = restored[:6], restored[-15:]
    assert max(late) <= 1.2 * max(early), "the window has its full size at turn 5"


async def test_form_survives_a_cut(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits(monkeypatch, 6, 8, 16)
    assert await say(runtime, "Formular") == ["Wo liegt Ihr Betrieb?"]
    assert await say(runtime, *["Hallo"] * 8) == [GREETING, "Wo liegt Ihr Betrieb?"] * 8
    checkpoint = conversations.load("anna").checkpoint
    assert checkpoint.seq > 0 and checkpoint.state["active_loop"]["name"] == "tiny_form"
    assert await say(runtime, "in hagen", "zwölf", "Hallo") == [
        "Wie viele Menschen arbeiten bei Ihnen?", "Danke: hagen, zwölf", GREETING]


async def test_cut_conversation_answers_like_an_uncut_one(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = ["Hallo", "Zuschuss in aachen", "Formular", "vier", "Hallo", "Zuschuss", "Formular", "in hagen", "fünf",
             "Formular", "sechs", "Zuschuss", "Hallo"]
    limits(monkeypatch, 1_000, 1_000, 1_000)
    uncut = await say(runtime, *turns)
    assert conversations.load("anna").checkpoint.seq == 0
    conversations.erase("anna")
    limits(monkeypatch, 6, 8, 16)
    assert await say(runtime, *turns) == uncut
    assert conversations.load("anna").checkpoint.seq > 0


async def test_new_session_is_loaded_alone(
    runtime: EmbeddedRuntime, conversations: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(runtime, "Zuschuss in hagen")
    before = conversations.load("anna").next_seq
    monkeypatch.setattr(runtime._loaded.agent.processor, "_has_session_expired", lambda tracker: True)
    await say(runtime, "Hallo")
    monkeypatch.undo()
    window = conversations.load("anna")
    assert window.checkpoint.seq == before
    started = [event["event"] for event in window.events].index("session_started")
    assert {event["event"] for event in window.events[:started]} <= {"action", "slot"}, "nothing said before it"
    assert (await runtime.handle("anna", text="Zuschuss"))[1].text == "Ort: hagen", "slots are carried over"
