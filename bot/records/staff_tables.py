"""Tables of the staff: accounts, one-time links, sessions, and the log of who changed what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base

_HASH = sa.String(64)
_TIME = sa.DateTime(timezone=True)
_ACCOUNT = "account.id"


class AccountRow(Base):
    """A member of staff. Accounts are locked, never deleted: the log names them."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    """With which one signs in, in small letters."""
    title: Mapped[str] = mapped_column(sa.String(120))
    """First and last name, as colleagues see it."""
    roles: Mapped[list[str]] = mapped_column(sa.JSON)
    """Values of ``bot.records.rights.Role``."""
    active: Mapped[bool]
    """Whether the person may sign in."""
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    """argon2; ``None`` before the person has chosen one."""
    subject: Mapped[str | None] = mapped_column(sa.String(255), unique=True)
    """Who this is for the sign-in service of the agency, if there is one."""
    created_at: Mapped[dt.datetime] = mapped_column(_TIME)
    signed_in_at: Mapped[dt.datetime | None] = mapped_column(_TIME)


class OneTimeLink(Base):
    """A link with which one may set a password once."""

    __tablename__ = "one_time_link"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    """Keyed hash of what stands in the link."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey(_ACCOUNT, ondelete="CASCADE"), index=True)
    """``None``: the link makes the first account."""
    expires_at: Mapped[dt.datetime] = mapped_column(_TIME)


class StaffSessionRow(Base):
    """Somebody who is signed in."""

    __tablename__ = "staff_session"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    """Keyed hash of what stands in the cookie."""
    account_id: Mapped[int] = mapped_column(sa.ForeignKey(_ACCOUNT, ondelete="CASCADE"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(_TIME)
    """When the person signed in; after some hours that is over, whatever happens."""
    seen_at: Mapped[dt.datetime] = mapped_column(_TIME)
    renew: Mapped[bool] = mapped_column(default=False)
    """The cookie is to be replaced at the next request, because rights have changed."""
    notice: Mapped[str | None] = mapped_column(sa.String(400))
    """A sentence for the next page, e.g. that something was saved."""


class AuditRow(Base):
    """Something a member of staff did. Triggers of the database refuse to change or delete a row."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(_TIME, index=True)
    who: Mapped[str] = mapped_column(sa.String(120), index=True)
    """Name of the account; ``Terminal`` for a command, ``System`` for what happens by itself."""
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    """Dotted name, e.g. ``konto.angelegt``."""
    subject: Mapped[str] = mapped_column(sa.String(200))
    """What it was done to: an account, a file, a proposal."""
    before: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
    after: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
