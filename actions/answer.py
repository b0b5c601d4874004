"""Builds the messages of a reply by the answer contract (``bot/contract/answer.schema.json``)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Mapping, Sequence

from actions.german import short_name
from actions.memory import Memory
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme

MAX_BUTTONS = 10


@dataclass(frozen=True)
class Button:
    """A quick reply: what it says and the payload it sends."""

    title: str
    payload: str


def about(programme: Programme, lead: str = "Mehr zu ") -> Button:
    """The button that explains a programme."""
    payload = f"/programm_ueberblick{json.dumps({'programme': programme.id})}"
    return Button(f"{lead}{short_name(programme.name)}", payload)


@dataclass(frozen=True)
class ShownProgramme:
    """A programme in a reply with its verdict for this case."""

    programme: Programme
    verdict: str | None = None
    missing: tuple[str, ...] = ()

    def as_contract(self) -> dict[str, Any]:
        """The entry of ``answer.programmes``."""
        return {
            "id": self.programme.id,
            "status": self.programme.status.value,
            "verdict": self.verdict,
            "missing": list(self.missing),
        }


@dataclass(frozen=True)
class Reply:
    """One message of the bot: text, buttons, and what it is."""

    kind: str
    text: str = ""
    buttons: Sequence[Button] = ()
    programmes: Sequence[ShownProgramme] = ()
    contacts: Sequence[Contact] = ()
    asks: str | None = None
    aspect: str | None = None
    sources: Sequence[Mapping[str, str]] = ()
    more: int = 0
    memory: Memory = field(default_factory=Memory)
    """State after this reply; written back to the slots."""
    response: str | None = None
    """Name of a fixed text of ``nlu_data/responses`` that is said instead; it brings its own buttons and kind."""

    def custom(self) -> dict[str, Any]:
        """The ``custom`` part of the Rasa message; ``understood`` is added by the runtime from the final slots."""
        return {
            "answer": {
                "kind": self.kind,
                "programmes": [shown.as_contract() for shown in self.programmes],
                "contacts": [{"id": contact.id} for contact in self.contacts],
                "asks": self.asks,
                "aspect": self.aspect,
                "sources": [dict(source) for source in self.sources],
                "more": self.more,
            }
        }


def sources_of(
    record: Programme | Contact, keys: Sequence[str] | None = None, limit: int = 3
) -> list[dict[str, str]]:
    """Return address and day of checking of the sources that stand in the web, the named ones first."""
    chosen = [key for key in (keys or []) if key in record.sources] or list(record.sources)
    chosen = [key for key in chosen if record.sources[key].url.startswith("http")]
    return [
        {"url": record.sources[key].url, "checked_on": record.sources[key].checked_on.isoformat()}
        for key in chosen[:limit]
    ]
