"""German forms of dates, names and lists."""

from __future__ import annotations

import datetime as dt
import re
from typing import Sequence

_BUTTON_NAME = 40

TOPICS = {
    "qualifizierung": "Weiterbildung",
    "digitalisierung": "Digitalisierung",
    "ki": "Künstliche Intelligenz",
    "innovation": "Forschung und Innovation",
    "fachkraefte": "Personal und Fachkräfte",
    "ausbildung": "Ausbildung",
    "anerkennung": "Anerkennung ausländischer Abschlüsse",
    "wiedereinstieg": "Rückkehr in Arbeit",
    "gruendung": "Gründung",
    "transformation": "Wandel im Betrieb",
    "it-sicherheit": "IT-Sicherheit",
    "personalentwicklung": "Personalentwicklung",
}


def short_name(name: str) -> str:
    """A name as it fits on a button: without what stands in brackets, at most 40 characters."""
    bare = re.sub(r"\s*\(.*?\)", "", name).strip() or name
    return bare if len(bare) <= _BUTTON_NAME else f"{bare[: _BUTTON_NAME - 1].rstrip()}…"


def date_de(day: dt.date) -> str:
    """21.11.2026"""
    return day.strftime("%d.%m.%Y")


def join_de(words: Sequence[str], last: str = "und") -> str:
    """„A, B und C“"""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.rstrip().endswith((".", "!", "?", "“")) else f"{text.rstrip()}."
