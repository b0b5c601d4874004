"""Everything that changes content, put together from the settings: for pages and for commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from bot.clock import today as today_in_germany
from bot.curation.changed_tree import Checker
from bot.curation.content_store import ContentStore, one_writer
from bot.curation.open_store import open_store
from bot.curation.proposals import Proposals
from bot.curation.publish import publisher
from bot.curation.releasing import Releasing
from bot.settings import Settings


@dataclass(frozen=True)
class Curation:
    """What the workbench and the commands need."""

    contents: ContentStore
    proposals: Proposals
    releasing: Releasing


def open_curation(
    settings: Settings, engine: sa.Engine, today: Callable[[], dt.date] = today_in_germany
) -> Curation:
    """Put everything together.

    Args:
        settings: Where the content lies and how it is kept.
        engine: Database with the tables of today.
        today: The day it is.

    Raises:
        NavigatorError: If the content cannot be kept as the settings say.
    """
    contents = open_store(settings, engine)
    checker = Checker(settings.content_dir, today)
    proposals = Proposals(engine, contents, checker)
    publish = publisher(engine, settings.content_dir, checker)
    return Curation(contents, proposals, Releasing(
        engine, proposals, publish, lambda: one_writer(settings.var_dir)))
