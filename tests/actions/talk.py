"""A conversation with the actions alone: no Rasa, no model, a small catalogue. The test says what was understood."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

import actions.callback
import actions.conversation
import actions.erase
import actions.explain_programme
import actions.fixed_text
import actions.sum_up
import actions.take_facts
from actions.answer import Reply
from actions.base import NavigatorAction, Turn
from actions.memory import Memory
from actions.services import Services
from actions.understanding import Message, understand
from bot.database import Base
from bot.instance import load_instance
from bot.records.callbacks import CallbackStore
from bot.settings import load_settings
from knowledge_base.content import Catalogue
from tests.knowledge_base.small import TODAY, catalogue, contact, programme, store_of

ACTIONS: dict[str, type[NavigatorAction]] = {
    "rueckruf_wuenschen": actions.callback.CallBack,
    "zusammenfassung": actions.sum_up.SumUp,
    "daten_loeschen": actions.erase.EraseConversation,
    "datenschutz": actions.fixed_text.SayFixedText,
    "neu_anfangen": actions.conversation.StartOver,
    "programm_hoehe": actions.explain_programme.ExplainProgramme,
    "weiss_nicht": actions.take_facts.TakeUnknown,
    "angaben_machen": actions.take_facts.TakeFacts,
    "ablehnung": actions.take_facts.TakeYesNo,
    "zustimmung": actions.take_facts.TakeYesNo,
}


def services(engine: sa.Engine, built: Catalogue | None = None, today: dt.date = TODAY, **changes: Any) -> Services:
    """The agency of the repository with a small catalogue and a table of call-backs."""
    instance = load_instance(load_settings())
    instance = instance.model_copy(update=changes)
    own = contact(instance.contact_id, reach=[{"kind": "telefon", "value": instance.agency.phone, "source": "s1"}])
    built = built or catalogue([programme("kurszuschuss")], [own])
    Base.metadata.create_all(engine)
    return Services(store_of(built), instance, today=lambda: today, callbacks=CallbackStore(engine))


@dataclass
class Talk:
    """One conversation."""

    services: Services
    memory: Memory = field(default_factory=Memory)
    replies: list[Reply] = field(default_factory=list)

    def say(self, text: str, intent: str, **entities: Any) -> Reply:
        """Send a text that was understood as this intent; return the last message."""
        found = [{"entity": name, "value": value} for name, value in entities.items()]
        message = Message(text, intent, found)
        turn = Turn(message, self.memory, understand(self.memory, message), self.services, "anna")
        self.replies = list(ACTIONS[intent]().respond(turn))
        self.memory = self.replies[-1].memory
        return self.replies[-1]

    def press(self, title: str) -> Reply:
        """Press a button of the last reply."""
        payload = next(b.payload for r in self.replies for b in r.buttons if title in b.title)
        intent, _, entities = payload.lstrip("/").partition("{")
        return self.say("", intent, **json.loads("{" + entities if entities else "{}"))
