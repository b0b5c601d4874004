"""What people left with a number: staff look at it and close it, and the log says who did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.records.audit import AuditLog


class Numbered(Protocol):
    """Something with a number."""

    @property
    def number(self) -> str:
        """What the person was told."""


N = TypeVar("N", bound=Numbered)


@dataclass(frozen=True)
class NotedLooks:
    """How looks at one kind of these things are noted."""

    looked: str
    """Action of the log."""
    done: str
    """Action of the log."""
    missing: str
    """German, with „{}“ for the number: it is not open."""

    def look(self, engine: sa.Engine, found: Iterable[N], number: str, who: str) -> N:
        """Return the one with this number, and note who looked.

        Raises:
            NavigatorError: If it is not among those that are open.
        """
        one = next((each for each in found if each.number == number), None)
        if one is None:
            raise NavigatorError(self.missing.format(number))
        AuditLog(engine).add(who, self.looked, number)
        return one

    def closed(self, engine: sa.Engine, was_open: bool, number: str, who: str) -> None:
        """Note that it is done.

        Raises:
            NavigatorError: If it was not open.
        """
        if not was_open:
            raise NavigatorError(self.missing.format(number))
        AuditLog(engine).add(who, self.done, number)
