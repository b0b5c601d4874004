"""The tables a post office works with."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.records.answering import AnswerStore
from bot.records.choices import ChoiceStore
from bot.records.correspondents import CorrespondentStore
from bot.records.inbox import InboxStore
from bot.records.outbox import OutboxStore


@dataclass(frozen=True)
class Stores:
    """All stores, on one database."""

    correspondents: CorrespondentStore
    inbox: InboxStore
    answers: AnswerStore
    outbox: OutboxStore
    choices: ChoiceStore


def open_stores(engine: sa.Engine) -> Stores:
    """Open the stores on a database whose tables exist."""
    return Stores(
        CorrespondentStore(engine), InboxStore(engine), AnswerStore(engine), OutboxStore(engine), ChoiceStore(engine))
