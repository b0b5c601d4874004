"""What the bot says when something went wrong: never silence, never a traceback, always a way to a human."""

from __future__ import annotations

from dataclasses import dataclass

from bot.runtime.messages import BotMessage, complete_answer


@dataclass(frozen=True)
class Apology:
    """The apology of one agency."""

    phone: str
    """Where people may call instead."""
    contact_id: str | None = None
    """The agency in the catalogue."""

    def message(self, request_id: str) -> BotMessage:
        """Return the apology for one failed request."""
        text = (
            "Entschuldigung, das hat gerade nicht geklappt. Das liegt an uns, nicht an Ihnen.\n"
            f"Bitte versuchen Sie es noch einmal. Oder rufen Sie uns an: {self.phone}.\n"
            f"Ihre Vorgangsnummer ist {request_id}."
        )
        contacts = [{"id": self.contact_id}] if self.contact_id else []
        return BotMessage(text, (), complete_answer({"kind": "error", "contacts": contacts}, {}))
