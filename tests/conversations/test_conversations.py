"""Whole conversations against the trained model."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from bot.curation.models_conversations import missed
from bot.runtime.interface import Runtime
from knowledge_base.content import Catalogue
from tests.conversations.player import Player, load_conversations

CONVERSATIONS = load_conversations()

pytestmark = pytest.mark.model


def test_there_are_conversations() -> None:
    assert len(CONVERSATIONS) >= 20


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=[f"{c['file']}:{c['name']}" for c in CONVERSATIONS])
async def test_conversation(
    conversation: dict[str, Any], runtime: Runtime, catalogue: Catalogue, instance: BaseModel
) -> None:
    player = Player(runtime, catalogue, instance)
    for number, turn in enumerate(conversation["turns"], 1):
        messages = await (player.press(turn["button"]) if "button" in turn else player.say(turn["text"]))
        failed = missed(messages, turn.get("expect", {}))
        assert not failed, f"turn {number} misses {failed}; reply: {[m['text'] for m in messages]}"
