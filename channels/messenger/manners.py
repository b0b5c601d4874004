"""The manners every messenger has in common: the notice, the commands, what is said about things nobody can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from bot.instance import OPEN, Instance
from bot.runtime.fixed_texts import ERASED
from bot.runtime.messages import BotMessage, Button, complete_answer
from channels.messenger.contract import Kind
from channels.messenger.hours import closed_until

NOTICE_EVERY = dt.timedelta(days=182)
"""After half a year the notice is said again."""


class Command(str, Enum):
    """What may be typed instead of a question."""

    START = "/start"
    HELP = "/hilfe"
    PRIVACY = "/datenschutz"
    EXPORT = "/auskunft"
    ERASE = "/loeschen"
    HUMAN = "/mensch"


PAYLOADS: Mapping[Command, str] = {
    Command.START: "/begruessung",
    Command.ERASE: "/daten_loeschen",
    Command.HUMAN: "/mensch_sprechen",
}
"""Commands the bot itself answers, by the button they stand for."""
_ALSO = {"/help": Command.HELP, "/löschen": Command.ERASE, "/privacy": Command.PRIVACY}
_TEXTS = {Kind.UNREADABLE: "unlesbar", Kind.EDIT: "bearbeitet", Kind.GROUP: "gruppe"}


def command(text: str) -> Command | None:
    """Return the command somebody typed; what stands behind it does not matter."""
    word = text.strip().split(maxsplit=1)[0].lower().split("@")[0] if text.strip() else ""
    known = {each.value: each for each in Command} | _ALSO
    return known.get(word)


class Manners:
    """What one agency says."""

    def __init__(self, texts: Mapping[str, Sequence[Mapping[str, Any]]], instance: Instance, public_url: str) -> None:
        """Take the words.

        Args:
            texts: The fixed texts (``bot.runtime.fixed_texts``).
            instance: The agency.
            public_url: Where the pages are; empty if there are none.
        """
        self._texts = texts
        self._instance = instance
        self._public_url = public_url

    def is_notice_due(self, notice_at: dt.datetime | None, now: dt.datetime) -> bool:
        """Whether the person must be told (again) that a machine answers."""
        return notice_at is None or now - notice_at >= NOTICE_EVERY

    def notice(self) -> BotMessage:
        """That a machine answers, and what happens with the data."""
        return self._say("hinweis", days=self._instance.privacy.retention_days)

    def help(self) -> BotMessage:
        """How to write, and which commands there are."""
        return self._say("hilfe")

    def privacy(self) -> BotMessage:
        """What happens with the data, whom to ask, and where it stands in full."""
        about = self._instance.privacy
        facts = {
            "Verantwortlich": about.controller,
            "Kontakt": about.contact,
            "Datenschutzbeauftragte Person": about.data_protection_officer,
            "Rechtsgrundlage": about.legal_basis,
            "Aufsicht": about.supervisory_authority,
        }
        lines = [f"{name}: {value}" for name, value in facts.items() if value != OPEN]
        lines += [f"Alles dazu: {self._public_url}/datenschutz"] if self._public_url else []
        said = self._say("datenschutz", days=about.retention_days)
        return BotMessage("\n".join([said.text, "", *lines]).strip(), said.buttons, said.answer)

    def about(self, kind: Kind) -> BotMessage:
        """What is said about something that is no message."""
        return self._say(_TEXTS[kind])

    def old_choice(self) -> BotMessage:
        """That an option is not known any more."""
        return self._say("auswahl")

    def stored(self, text: str) -> BotMessage:
        """Everything that is stored of the conversation."""
        return BotMessage(text, (), complete_answer({"kind": "info"}, {}))

    def erased(self) -> BotMessage:
        """That everything was erased; without buttons, which would have to be remembered."""
        return BotMessage(self._texts[ERASED][0]["text"], (), complete_answer({"kind": "info"}, {}))

    def hours(self, reply: Sequence[BotMessage], now: dt.datetime) -> list[BotMessage]:
        """Return that nobody is there right now, if the reply leads to people and that is so."""
        when = closed_until(self._instance.human_handoff.hours, now)
        leads_to_people = any(message.answer.get("kind") == "handoff" for message in reply)
        return [self._say("geschlossen", when=when)] if when and leads_to_people else []

    def page_of(self, programme: str) -> str:
        """Return the address of the page of a programme; empty if there are no pages."""
        return f"{self._public_url}/foerderung/{programme}" if self._public_url else ""

    def _say(self, name: str, **values: object) -> BotMessage:
        found = self._texts[f"utter_messenger_{name}"][0]
        buttons = tuple(Button(each["title"], each["payload"]) for each in found.get("buttons") or ())
        text = str(found["text"]).format(**values) if values else str(found["text"])
        return BotMessage(text, buttons, complete_answer(found["custom"]["answer"], {}))
