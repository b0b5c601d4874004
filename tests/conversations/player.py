"""Plays conversations against the runtime with the trained model, as data of ``tests/conversations/*.yml``."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.contract.validator import validate_reply
from bot.curation.models_conversations import load_conversations as load
from bot.runtime.interface import Runtime
from knowledge_base.content import Catalogue
from tests.figures import unsupported_figures

HERE = Path(__file__).parent


def load_conversations() -> list[dict[str, Any]]:
    """All conversations of the folder, each with the file it stands in."""
    return load(HERE)


@dataclass
class Player:
    """One conversation with the bot; checks the rules that every reply must keep."""

    runtime: Runtime
    catalogue: Catalogue
    instance: BaseModel
    session: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    said: list[str] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Send a text."""
        self.said.append(text)
        return self._check(await self.runtime.handle(self.session, text=text))

    async def press(self, title: str) -> list[dict[str, Any]]:
        """Press the first button whose title contains ``title``."""
        fitting = [b for b in self.buttons if title.lower() in b["title"].lower()]
        assert fitting, f"no button {title!r} among {[b['title'] for b in self.buttons]}"
        return self._check(await self.runtime.handle(self.session, payload=fitting[0]["payload"]))

    def _check(self, reply: list[Any]) -> list[dict[str, Any]]:
        messages = [message.as_dict() for message in reply]
        validate_reply({"request_id": "test", "messages": messages})
        assert not any(m["answer"]["kind"] == "error" for m in messages), "the bot apologised"
        assert any(m["buttons"] for m in messages), "dead end: no next step"
        invented = unsupported_figures(messages, self.said, self.catalogue, self.instance)
        assert not invented, f"figures without a source: {sorted(invented)} in {[m['text'] for m in messages]}"
        self.buttons = [button for m in messages for button in m["buttons"]]
        return messages
