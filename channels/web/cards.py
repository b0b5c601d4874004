"""What the widget shows besides the words of a reply: names, states and addresses of programmes and contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bot.runtime.messages import BotMessage
from channels.web.contact_view import contact_view
from knowledge_base.eligibility import current_status
from knowledge_base.german import KINDS, LEVELS, STATUS
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme, Status
from knowledge_base.store import KnowledgeStore

_TONES = {Status.AKTIV: "good", Status.LOSVERFAHREN: "good", Status.AUSGELAUFEN: "bad"}
"""How a state is to be taken; all others want care."""


def cards(store: KnowledgeStore, messages: Iterable[BotMessage], on: dt.date) -> dict[str, dict[str, Any]]:
    """Return the programmes and contacts that messages name, by id.

    Args:
        store: The knowledge base.
        messages: Messages of the bot.
        on: The day for which state and age are said.
    """
    answers = [message.answer for message in messages]
    programmes = {entry["id"]: store.programme(entry["id"]) for each in answers for entry in each["programmes"]}
    contacts = {entry["id"]: store.contact(entry["id"]) for each in answers for entry in each["contacts"]}
    return {
        "programmes": {name: _programme(record, on) for name, record in programmes.items() if record},
        "contacts": {name: _contact(record, on) for name, record in contacts.items() if record},
    }


def _programme(programme: Programme, on: dt.date) -> dict[str, Any]:
    status = current_status(programme, on)
    return {
        "name": programme.name,
        "about": f"{KINDS[programme.kind]}, {LEVELS[programme.level]}",
        "status": STATUS[status],
        "tone": _TONES.get(status, "care"),
        "path": f"/foerderung/{programme.id}",
    }


def _contact(contact: Contact, on: dt.date) -> dict[str, Any]:
    view = contact_view(contact, on)
    return {
        "name": contact.name,
        "about": view.kind,
        "path": f"/anlaufstellen/{contact.id}",
        "ways": [
            {"label": way.label, "value": way.value, "href": way.href, "note": way.note,
             "age": way.age if way.is_old else None}
            for way in view.ways
        ],
    }
