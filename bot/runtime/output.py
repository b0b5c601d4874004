"""An output channel for Rasa that keeps every message whole."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class WholeMessages(OutputChannel):
    """Collects text, buttons and ``custom`` of a message as one item.

    Rasa's own channels send them apart and split texts at blank lines.
    """

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.items: list[dict[str, Any]] = []
        """The messages in order, as Rasa made them."""

    def name(self) -> str:
        """Return the name of the channel the person uses; Rasa asks the instance, texts may differ by channel."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message as it is."""
        self.items.append(message)
