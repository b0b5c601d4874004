"""How the things that are counted are called in German."""

from __future__ import annotations

from collections.abc import Mapping

from bot.instance import ChannelName
from bot.records.feedback import FAILED, HELPED, TITLES
from bot.records.usage import BOUNDS_MS
from knowledge_base.german import number_de

KINDS: Mapping[str, str] = {
    "programmes": "Programme vorgeschlagen", "programme": "Frage zu einem Programm beantwortet",
    "verdict": "Geprüft, ob ein Programm passt", "contacts": "Ansprechstelle genannt",
    "question": "Nach dem Fall gefragt", "clarify": "Nicht verstanden und nachgefragt", "events": "Termine genannt",
    "glossary": "Begriff erklärt", "info": "Auskunft gegeben", "smalltalk": "Begrüßung, Dank und Ähnliches",
    "handoff": "Zu einem Menschen vermittelt", "no_match": "Nichts gefunden", "error": "Fehler",
}
"""Kinds of answers."""
RATINGS: Mapping[str, str] = {
    HELPED: "Hilfreich", FAILED: "Nicht hilfreich",
    **{f"{FAILED}.{reason.value}": f"Nicht hilfreich: {title}" for reason, title in TITLES.items()},
}
MOST_TURNS = 10
"""From here on messages until the goal are counted together."""
_CHANNELS: Mapping[str, str] = {
    ChannelName.WEB.value: "Internetseite", ChannelName.MATRIX.value: "Matrix",
    ChannelName.TELEGRAM.value: "Telegram", ChannelName.WHATSAPP.value: "WhatsApp",
}


def channel_name(channel: str) -> str:
    """Return how people call a channel."""
    return _CHANNELS.get(channel, channel)


def hour_name(hour: int) -> str:
    """Return „14 bis 15 Uhr“."""
    return f"{hour} bis {hour + 1} Uhr"


def turns_name(turns: int | None) -> str:
    """Return a number of messages."""
    return str(turns) if turns else f"{MOST_TURNS} und mehr"


def latency_name(bound: int | None) -> str:
    """Return the upper end of a class of durations in milliseconds."""
    return f"bis {number_de(bound)} ms" if bound else f"über {number_de(BOUNDS_MS[-1])} ms"
