"""What a messenger and the post office of the bot say to each other.

An adapter (one folder per messenger) turns what its service sends into ``Incoming`` and delivers ``Outgoing``. Order,
repetition, crashes, manners and the bot itself are the business of the post office (``channels.messenger.post``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from aiohttp import web

from bot.errors import NavigatorError


class Kind(str, Enum):
    """What came in."""

    TEXT = "text"
    """Something typed; a command such as ``/hilfe`` too."""
    CHOICE = "choice"
    """One of our options, by its token."""
    UNREADABLE = "unreadable"
    """Voice, picture, sticker, file: the person gets a friendly sentence."""
    EDIT = "edit"
    """An earlier message was changed; the person is told that only new messages are read."""
    JOINED = "joined"
    """The person opened the conversation and has said nothing yet."""
    LEFT = "left"
    """The person blocked us or left: nothing is sent any more, what waits is given up."""
    GROUP = "group"
    """We were put into a group; declined politely, once."""


@dataclass(frozen=True)
class Incoming:
    """One thing that came in, already authenticated by the adapter."""

    external_id: str
    """The service sends the same id when it repeats a message."""
    address: str
    """Where the answer goes: room, chat or number. Never logged, never part of a conversation id."""
    sent_at: dt.datetime
    """Time of the service, UTC; decides the order of what waits in one conversation."""
    kind: Kind = Kind.TEXT
    text: str = ""
    """What was typed."""
    token: str = ""
    """Token of the chosen option."""


@dataclass(frozen=True)
class Option:
    """One next step the person may choose."""

    number: int
    """From 1; typing it chooses in every messenger, unless a number is asked for: then „Nr. 1“ or the letter does."""
    title: str
    """Whole title; an adapter shortens it to what its service allows."""
    token: str
    """22 url-safe characters; comes back as ``Incoming.token``."""


@dataclass(frozen=True)
class Outgoing:
    """One message to deliver; its text and options fit the ``Limits`` of the adapter."""

    text: str
    """With ``Limits.numbered`` the options stand in it already, one line each."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Limits:
    """What a service allows, so that the common renderer cuts to it."""

    text: int
    """Most characters of one message, the numbered options included if ``numbered``."""
    options: int
    """Most options of one message."""
    short: int = 1200
    """A longer answer is shortened to this at the border of a sentence and offers „Mehr“."""
    numbered: bool = False
    """Whether options are written below the text as „1 – Titel“, because the service has no buttons."""


class RetryLater(NavigatorError):
    """The service asks to wait, or could not be reached."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__("Der Messenger nimmt gerade nichts an – es wird später noch einmal versucht.")
        self.seconds = seconds
        """As the service says; ``None``: the post office decides."""


class Undeliverable(NavigatorError):
    """The message can never be delivered: blocked, deleted, or outside the time the service allows."""


class NotStored(NavigatorError):
    """What came in could not be stored: do not acknowledge it, so that the service sends it again."""

    def __init__(self) -> None:
        super().__init__("Die Nachricht ließ sich gerade nicht speichern – bitte senden Sie sie noch einmal.")


Receive = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Stores what came in, all or nothing; after it returned, the adapter may acknowledge. Repeated ids are ignored.

Raises ``NotStored`` if the database does not take it."""


class Adapter(Protocol):
    """One messenger."""

    name: str
    """Value of ``bot.instance.ChannelName``."""
    limits: Limits

    def routes(self, receive: Receive) -> Sequence[web.RouteDef]:
        """Return the routes of webhooks; empty if the service is polled."""

    async def run(self, receive: Receive) -> None:
        """Fetch what comes in until cancelled; returns at once if the service calls us."""

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        """Deliver one message.

        Args:
            address: As it came with ``Incoming``.
            message: Fits ``limits``.
            key: The same for every attempt at this message; services that know such keys drop repetitions.

        Raises:
            RetryLater: If it did not work now.
            Undeliverable: If it never will.
        """

    async def typing(self, address: str, on: bool) -> None:
        """Show that an answer is being prepared. Never raises; does nothing where the service has no such thing."""

    async def close(self) -> None:
        """Let go of everything; ``run`` has ended before. May be called twice."""
