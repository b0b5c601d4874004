"""Take one programme, intent or channel out of service at once, with words of staff instead, and put it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from actions.paused import can_be_paused
from actions.registry import registry
from bot.database import insert_or_ignore, writing
from bot.errors import NavigatorError
from bot.instance import ChannelName, Instance
from bot.records.accounts import Account
from bot.records.audit import note
from knowledge_base.pauses import Paused
from knowledge_base.store import KnowledgeStore
from knowledge_base.tables import PauseRow
from knowledge_base.text import fold

LONGEST = 1000
_SHORTEST = 20
_COLUMNS = (PauseRow.kind, PauseRow.subject, PauseRow.text, PauseRow.who, PauseRow.at)
_CHANNELS = {ChannelName.WEB: "Internetseite", ChannelName.MATRIX: "Matrix", ChannelName.TELEGRAM: "Telegram",
             ChannelName.WHATSAPP: "WhatsApp"}
KINDS: Mapping[Paused, str] = {Paused.PROGRAMME: "Programm", Paused.INTENT: "Absicht", Paused.CHANNEL: "Kanal"}


@dataclass(frozen=True)
class Pause:
    """Something that is out of service."""

    kind: Paused
    subject: str
    text: str
    who: str
    at: dt.datetime


class Pausing:
    """Pauses and resumes. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine, store: KnowledgeStore, instance: Instance) -> None:
        self._engine = engine
        self._store = store
        self._instance = instance

    def choices(self, kind: Paused) -> dict[str, str]:
        """Return what may be paused, with its German name, in order of the names."""
        if kind is Paused.PROGRAMME:
            found = {one.id: one.name for one in self._store.catalogue().programmes.values()}
        elif kind is Paused.INTENT:
            found = {name: str(entry["title"]) for name, entry in registry().items() if can_be_paused(name)}
        else:
            found = {channel.value: _CHANNELS[channel] for channel in self._instance.channels}
        return dict(sorted(found.items(), key=lambda pair: fold(pair[1])))

    def all(self) -> list[Pause]:
        """Return everything that is paused, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(*_COLUMNS).order_by(PauseRow.at.desc()))
            return [Pause(Paused(row.kind), row.subject, row.text, row.who, row.at) for row in rows]

    def pause(self, kind: Paused, named: str, text: str, who: Account) -> Pause:
        """Take something out of service; the bot knows within a second.

        Args:
            kind: What it is.
            named: Its id or its German name.
            text: What the bot says instead.
            who: Somebody who may do it.

        Raises:
            NavigatorError: If it cannot be paused, is paused already, or the text says too little.
        """
        subject, text = self._subject(kind, named), text.strip()
        if not _SHORTEST <= len(text) <= LONGEST:
            raise NavigatorError(f"Was soll der Bot stattdessen sagen? Bitte {_SHORTEST} bis {LONGEST} Zeichen.")
        made = Pause(kind, subject, text, who.title, dt.datetime.now(dt.timezone.utc))
        row = {"kind": kind.value, "subject": subject, "text": text, "who": made.who, "at": made.at}
        with writing(self._engine).begin() as connection:
            if not insert_or_ignore(connection, PauseRow, row):
                raise NavigatorError("Das ist schon pausiert – beenden Sie erst die Pause, um den Text zu ändern.")
            note(connection, who.name, "pause.gesetzt", f"{KINDS[kind]} {subject}", after=text)
        return made

    def resume(self, kind: Paused, subject: str, who: Account) -> None:
        """Put something back into service.

        Raises:
            NavigatorError: If it is not paused.
        """
        which = sa.delete(PauseRow).filter_by(kind=kind.value, subject=subject).returning(PauseRow.text)
        with writing(self._engine).begin() as connection:
            text = connection.execute(which).scalar_one_or_none()
            if text is None:
                raise NavigatorError("Das ist nicht mehr pausiert – laden Sie die Seite neu.")
            note(connection, who.name, "pause.beendet", f"{KINDS[kind]} {subject}", before=text)

    def _subject(self, kind: Paused, named: str) -> str:
        choices, wanted = self.choices(kind), fold(named)
        if named in choices:
            return named
        found = [subject for subject, title in choices.items() if fold(title) == wanted]
        if len(found) == 1:
            return found[0]
        near = [title for title in choices.values() if wanted and wanted in fold(title)][:5]
        hint = f" Meinen Sie: {'; '.join(near)}?" if near else ""
        raise NavigatorError(f"„{named.strip()[:80]}“ gibt es nicht – wählen Sie aus der Liste.{hint}")
