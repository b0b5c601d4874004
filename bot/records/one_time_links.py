"""Store of one-time links: whoever has one may set a password once, the very first one makes the first account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from bot.database import writing
from bot.records.audit import note
from bot.records.keyed_hash import KeyedStore, new_token
from bot.records.staff_tables import OneTimeLink

VALID = dt.timedelta(days=3)
"""So long a link may wait to be used."""


@dataclass(frozen=True)
class Invitation:
    """What a link is good for."""

    account_id: int | None
    """Whose password it sets; ``None``: it makes the first account."""


class LinkStore(KeyedStore):
    """Makes and redeems links. Synchronous: call it in a thread."""

    def make(self, account_id: int | None, by: str, subject: str) -> str:
        """Return the token of a new link; an earlier one for the same account is no longer good.

        Args:
            account_id: Whose password it sets; ``None`` for the first account.
            by: Who asks for it.
            subject: Name of the account, for the log.
        """
        token = new_token()
        row = {"hash": self._hash(token), "account_id": account_id, "expires_at": self._clock() + VALID}
        with writing(self._engine).begin() as connection:
            connection.execute(sa.delete(OneTimeLink).where(_of(account_id)))
            connection.execute(sa.insert(OneTimeLink).values(**row))
            note(connection, by, "konto.link", subject)
        return token

    def find(self, token: str) -> Invitation | None:
        """Return what a link is good for; ``None`` if it was used, has expired or never existed."""
        with self._engine.connect() as connection:
            query = sa.select(OneTimeLink.account_id).where(*self._good(token))
            row = connection.execute(query).one_or_none()
        return Invitation(row.account_id) if row else None

    def redeem(self, token: str) -> bool:
        """Use a link up; whether it was still good. Of two who try at once, one succeeds."""
        with writing(self._engine).begin() as connection:
            return connection.execute(sa.delete(OneTimeLink).where(*self._good(token))).rowcount > 0

    def _good(self, token: str) -> list[sa.ColumnElement[bool]]:
        return [OneTimeLink.hash == self._hash(token), OneTimeLink.expires_at > self._clock()]


def _of(account_id: int | None) -> sa.ColumnElement[bool]:
    column = OneTimeLink.account_id
    return column.is_(None) if account_id is None else column == account_id
