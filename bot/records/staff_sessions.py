"""Store of sessions: who is signed in. A session ends after a time without a request, and after some hours anyway."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records.audit import note
from bot.records.keyed_hash import KeyedStore, new_token
from bot.records.staff_tables import AccountRow, StaffSessionRow

IDLE = dt.timedelta(hours=1)
"""So long one may do nothing."""
LONGEST = dt.timedelta(hours=10)
"""A working day; then one signs in again."""
_TOUCHED_EVERY = dt.timedelta(minutes=1)
"""So often at most a request is noted."""
_COLUMNS: tuple[Any, ...] = (
    StaffSessionRow.hash, StaffSessionRow.account_id, StaffSessionRow.created_at, StaffSessionRow.seen_at,
    StaffSessionRow.renew, StaffSessionRow.notice)


@dataclass(frozen=True)
class StaffSession:
    """Somebody who is signed in."""

    hash: str
    account_id: int
    created_at: dt.datetime
    seen_at: dt.datetime
    renew: bool
    notice: str | None


class StaffSessionStore(KeyedStore):
    """Opens, finds and closes sessions. Synchronous: call it in a thread."""

    def open(self, account_id: int, name: str) -> str:
        """Begin a session and return the token for the cookie; what has expired is cleared away."""
        now, token = self._clock(), new_token()
        row = {"hash": self._hash(token), "account_id": account_id, "created_at": now, "seen_at": now}
        with writing(self._engine).begin() as connection:
            connection.execute(sa.delete(StaffSessionRow).where(sa.not_(self._alive())))
            connection.execute(sa.insert(StaffSessionRow).values(**row, renew=False))
            connection.execute(sa.update(AccountRow).where(AccountRow.id == account_id).values(signed_in_at=now))
            note(connection, name, "anmeldung", name)
        return token

    def find(self, token: str) -> StaffSession | None:
        """Return the session of a cookie and note that it was used; ``None`` if it is over."""
        which = StaffSessionRow.hash == self._hash(token)
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(*_COLUMNS).where(which, self._alive())).one_or_none()
        if row is None:
            return None
        found = StaffSession(**row._mapping)
        if self._clock() - _utc(found.seen_at) >= _TOUCHED_EVERY:
            self._update(which, seen_at=self._clock())
        return found

    def replace(self, token: str) -> str:
        """Go on with a session under a new token; the old one is no longer good."""
        fresh = new_token()
        self._update(StaffSessionRow.hash == self._hash(token), hash=self._hash(fresh),
                     renew=False)
        return fresh

    def close(self, token: str) -> None:
        """End a session."""
        self._delete(StaffSessionRow.hash == self._hash(token))

    def close_all(self, account_id: int) -> int:
        """End all sessions of an account; return how many there were."""
        return self._delete(StaffSessionRow.account_id == account_id, self._alive())

    def counts(self) -> dict[int, int]:
        """Return how many sessions each account has."""
        query = sa.select(StaffSessionRow.account_id, sa.func.count()).where(self._alive())
        with self._engine.connect() as connection:
            return {account: number for account, number in connection.execute(
                query.group_by(StaffSessionRow.account_id))}

    def leave_notice(self, session: StaffSession, text: str) -> None:
        """Keep a sentence for the next page."""
        self._update(StaffSessionRow.hash == session.hash, notice=text[:400])

    def clear_notice(self, session: StaffSession) -> None:
        """Forget the sentence after it was shown."""
        self._update(StaffSessionRow.hash == session.hash, notice=None)

    def _alive(self) -> sa.ColumnElement[bool]:
        now = self._clock()
        return sa.and_(StaffSessionRow.seen_at > now - IDLE, StaffSessionRow.created_at > now - LONGEST)

    def _update(self, which: sa.ColumnElement[bool], **values: Any) -> None:
        with writing(self._engine).begin() as connection:
            connection.execute(sa.update(StaffSessionRow).where(which).values(**values))

    def _delete(self, *which: sa.ColumnElement[bool]) -> int:
        with writing(self._engine).begin() as connection:
            return connection.execute(sa.delete(StaffSessionRow).where(*which)).rowcount


def _utc(time: dt.datetime) -> dt.datetime:
    """SQLite gives times without a zone."""
    return time if time.tzinfo else time.replace(tzinfo=dt.timezone.utc)
