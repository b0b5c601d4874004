"""An adapter without a service behind it: it keeps what it delivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from channels.messenger.contract import Limits, Outgoing, Receive


@dataclass(frozen=True)
class Delivered:
    """One message that arrived."""

    address: str
    message: Outgoing
    key: str


class FakeAdapter:
    """Delivers into a list (see ``channels.messenger.contract.Adapter``)."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.delivered: list[Delivered] = []
        self.error: Exception | None = None
        """What the service answers with, if anything."""
        self.closed = False

    def routes(self, receive: Receive) -> Sequence[web.RouteDef]:
        """Return nothing: tests call ``receive`` themselves."""
        return []

    async def run(self, receive: Receive) -> None:
        """Return at once."""

    async def deliver(self, address: str, message: Outgoing, key: str) -> None:
        """Keep the message."""
        if self.error is not None:
            raise self.error
        self.delivered.append(Delivered(address, message, key))

    async def typing(self, address: str, on: bool) -> None:
        """Do nothing."""

    async def close(self) -> None:
        """Remember it."""
        self.closed = True
