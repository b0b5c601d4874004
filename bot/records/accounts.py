"""Store of the accounts of the staff. Every change notes in the log who made it, in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.database import writing
from bot.errors import NavigatorError
from bot.records.audit import note
from bot.records.rights import Right, Role, rights_of, titles_of
from bot.records.staff_tables import AccountRow, StaffSessionRow

_COLUMNS: tuple[Any, ...] = (
    AccountRow.id, AccountRow.name, AccountRow.title, AccountRow.roles, AccountRow.active, AccountRow.subject,
    AccountRow.created_at, AccountRow.signed_in_at, AccountRow.password_hash.is_not(None).label("has_password"))


@dataclass(frozen=True)
class Account:
    """A member of staff."""

    id: int
    name: str
    """With which one signs in."""
    title: str
    """First and last name."""
    roles: frozenset[Role]
    active: bool
    has_password: bool
    subject: str | None
    created_at: dt.datetime
    signed_in_at: dt.datetime | None

    @property
    def rights(self) -> frozenset[Right]:
        """Everything the person may do."""
        return rights_of(self.roles)

    @property
    def role_titles(self) -> list[str]:
        """The names of the roles."""
        return titles_of(self.roles)


class AccountStore:
    """Reads and writes accounts. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def all(self) -> list[Account]:
        """Return all accounts by name."""
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(sa.select(*_COLUMNS).order_by(AccountRow.name))]

    def get(self, account_id: int) -> Account | None:
        """Return an account by its id."""
        return self._one(AccountRow.id == account_id)

    def named(self, name: str) -> Account | None:
        """Return an account by the name with which one signs in, however it is spelled."""
        return self._one(AccountRow.name == plain_name(name))

    def of_subject(self, subject: str) -> Account | None:
        """Return the account of somebody who is known to the sign-in service of the agency."""
        return self._one(AccountRow.subject == subject)

    def has_admin(self) -> bool:
        """Whether somebody is there who can manage accounts."""
        with self._engine.connect() as connection:
            return bool(_admins(connection))

    def add(self, name: str, title: str, roles: Collection[Role], by: str, subject: str | None = None) -> Account:
        """Add an account without a password.

        Raises:
            NavigatorError: If the name is taken.
        """
        name = plain_name(name)
        row = {
            "name": name, "title": title.strip(), "roles": _stored(roles), "active": True,
            "subject": subject, "created_at": dt.datetime.now(dt.timezone.utc),
        }
        try:
            with writing(self._engine).begin() as connection:
                connection.execute(sa.insert(AccountRow).values(**row))
                note(connection, by, "konto.angelegt", name, after={"rollen": titles_of(roles)})
        except IntegrityError:
            raise NavigatorError(f"Ein Konto „{name}“ gibt es schon – wählen Sie einen anderen Namen.") from None
        added = self.named(name)
        assert added is not None
        return added

    def set_roles(self, account_id: int, roles: Collection[Role], by: str) -> None:
        """Give an account other roles; its sessions get new cookies.

        Raises:
            NavigatorError: If nobody could manage accounts any more.
        """
        with writing(self._engine).begin() as connection:
            account = _existing(connection, account_id)
            if set(roles) == account.roles:
                return
            _change(connection, account, roles=_stored(roles))
            renew = sa.update(StaffSessionRow).where(StaffSessionRow.account_id == account_id)
            connection.execute(renew.values(renew=True))
            note(connection, by, "konto.rollen", account.name, before={"rollen": account.role_titles},
                 after={"rollen": titles_of(roles)})

    def set_active(self, account_id: int, active: bool, by: str) -> None:
        """Lock or unlock an account; who is locked is signed out at once.

        Raises:
            NavigatorError: If nobody could manage accounts any more.
        """
        with writing(self._engine).begin() as connection:
            account = _existing(connection, account_id)
            if account.active == active:
                return
            _change(connection, account, active=active)
            if not active:
                connection.execute(sa.delete(StaffSessionRow).where(StaffSessionRow.account_id == account_id))
            note(connection, by, "konto.entsperrt" if active else "konto.gesperrt", account.name)

    def set_password(self, account_id: int, password_hash: str, by: str) -> None:
        """Store a new password; everybody who is signed in with the old one is signed out."""
        with writing(self._engine).begin() as connection:
            account = _existing(connection, account_id)
            _change(connection, account, password_hash=password_hash)
            connection.execute(sa.delete(StaffSessionRow).where(StaffSessionRow.account_id == account_id))
            note(connection, by, "konto.kennwort", account.name)

    def renew_hash(self, account_id: int, password_hash: str) -> None:
        """Store the same password hashed anew; nothing changes for the person."""
        with writing(self._engine).begin() as connection:
            _change(connection, _existing(connection, account_id), password_hash=password_hash)

    def set_subject(self, account_id: int, subject: str, by: str) -> None:
        """Note who this is for the sign-in service."""
        with writing(self._engine).begin() as connection:
            account = _existing(connection, account_id)
            _change(connection, account, subject=subject)
            note(connection, by, "konto.verbunden", account.name)

    def password_hash(self, account_id: int) -> str | None:
        """Return what a password is compared with; ``None`` if there is none yet."""
        query = sa.select(AccountRow.password_hash).where(AccountRow.id == account_id)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def _one(self, which: sa.ColumnElement[bool]) -> Account | None:
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(*_COLUMNS).where(which)).one_or_none()
        return _account(row) if row else None


def plain_name(name: str) -> str:
    """Return a name as it is stored: small letters, no blanks around it."""
    return name.strip().lower()


def _existing(connection: sa.Connection, account_id: int) -> Account:
    row = connection.execute(sa.select(*_COLUMNS).where(AccountRow.id == account_id)).one_or_none()
    if row is None:
        raise NavigatorError("Dieses Konto gibt es nicht – laden Sie die Liste der Konten neu.")
    return _account(row)


def _change(connection: sa.Connection, account: Account, **values: Any) -> None:
    """Change a row, unless that took away the last one who can manage accounts."""
    were = _admins(connection)
    connection.execute(sa.update(AccountRow).where(AccountRow.id == account.id).values(**values))
    if were and not _admins(connection):
        raise NavigatorError(
            "Das ist das letzte Konto mit der Rolle Verwaltung – geben Sie diese Rolle zuerst einer anderen Person.")


def _admins(connection: sa.Connection) -> list[int]:
    """Ids of the active accounts that may manage others; nobody else changes one meanwhile."""
    query = sa.select(AccountRow.id, AccountRow.roles).where(AccountRow.active.is_(True)).with_for_update()
    rows = connection.execute(query)
    return [row.id for row in rows if Role.ADMIN.value in row.roles]


def _stored(roles: Collection[Role]) -> list[str]:
    return [role.value for role in Role if role in roles]


def _account(row: sa.Row[Any]) -> Account:
    known = {role.value for role in Role}
    return Account(**{**row._mapping, "roles": frozenset(Role(each) for each in row.roles if each in known)})
