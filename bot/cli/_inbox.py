"""What the commands of staff share."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from bot.errors import NavigatorError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bot.curation.proposals import Person
    from bot.records.accounts import Account
    from bot.records.rights import Right


TERMINAL = "Befehlszeile"
"""Stands in the log for whoever works in the terminal without an account."""


class What(str, Enum):
    """What to do with the list."""

    LIST = "list"
    DONE = "done"


def current_engine() -> sa.Engine:
    """Open the database of the settings with the tables of today."""
    from bot.database import create_engine_from
    from bot.settings import load_settings
    from knowledge_base.migrate import upgrade

    engine = create_engine_from(load_settings())
    upgrade(engine)
    return engine


def person(name: str) -> Person:
    """Return who works in the terminal.

    Raises:
        NavigatorError: If there is no such account, or it is locked.
    """
    from bot.curation.proposals import Person

    found = account(name)
    return Person(found.name, found.title, found.rights)


def account(name: str, right: Right | None = None) -> Account:
    """Return the account of who works in the terminal.

    Args:
        name: With which one signs in.
        right: What the person must be allowed to do.

    Raises:
        NavigatorError: If there is no such account, it is locked, or it lacks the right.
    """
    from bot.records.accounts import AccountStore

    found = AccountStore(current_engine()).named(name)
    if found is None or not found.active:
        raise NavigatorError(
            f"Ein Konto „{name}“ gibt es nicht, oder es ist gesperrt – „python -m bot staff list“ zeigt alle.")
    if right is not None and right not in found.rights:
        raise NavigatorError(f"„{name}“ fehlt dafür eine Rolle – wer die Rolle Verwaltung hat, kann sie geben.")
    return found


def printable(text: str) -> str:
    """Leave out control characters, which could steer the terminal of the reader."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
