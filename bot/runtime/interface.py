"""The interface between the channels and the bot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.runtime.messages import BotMessage


class Runtime(Protocol):
    """Takes messages of people and returns what the bot says. Embedded or remote."""

    async def handle(
        self,
        conversation_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        channel: str = "web",
    ) -> list[BotMessage]:
        """Answer one message.

        Messages of one conversation are answered strictly in the order in which they came.

        Args:
            conversation_id: Who speaks.
            text: What the person typed. Exactly one of ``text`` and ``payload`` is given.
            payload: The payload of the button that was chosen.
            message_id: If given, a repeated call returns the stored reply without running the bot.
            channel: Name of the channel the message came through.

        Returns:
            The reply, never empty.

        Raises:
            Rejected: If the message cannot be accepted as it is.
        """

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return intent and entities of a text, as Rasa's parse data."""

    async def health(self) -> Mapping[str, bool]:
        """Return what must work before people may write, each with whether it does."""

    async def close(self) -> None:
        """Let go of everything."""
