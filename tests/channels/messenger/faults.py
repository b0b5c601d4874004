"""Faults at chosen moments: the process dies, the database is locked, the bot fails or hangs, the service refuses."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any

from sqlalchemy.exc import OperationalError

from channels.kit.clock import FakeClock
from channels.messenger.contract import RetryLater


class Killed(BaseException):
    """The process is dead: nothing it still tries has any effect."""


class Fault(str, Enum):
    """What goes wrong."""

    KILL = "kill"
    LOCKED = "locked"
    ERROR = "error"
    HANG = "hang"
    REFUSED = "refused"


class Faults:
    """One fault, after so many calls across all wrapped parts. Before and after each call is a point of its own."""

    def __init__(self, clock: FakeClock, kind: Fault | None = None, after: int = 0) -> None:
        self._clock = clock
        self._kind = kind
        self._left = after
        self.happened = False
        self._dead = False

    def wrap(self, part: Any, *kinds: Fault) -> Any:
        """Return something that behaves like ``part`` but may suffer these faults."""
        return _Fragile(part, self, kinds)

    def reach(self, kinds: tuple[Fault, ...]) -> Fault | None:
        """Pass one point; return the fault that happens here, if any."""
        if self._dead:
            raise Killed
        if self.happened or self._kind not in kinds:
            return None
        self._left -= 1
        if self._left >= 0:
            return None
        self.happened = True
        if self._kind is Fault.KILL:
            self._dead = True
            raise Killed
        return self._kind

    def fail(self, fault: Fault) -> None:
        """Raise what the part would raise."""
        if fault is Fault.LOCKED:
            raise OperationalError("statement", {}, Exception("database is locked"))
        if fault is Fault.REFUSED:
            raise RetryLater(3.0)
        raise RuntimeError("the bot fails")

    async def strike(self, fault: Fault) -> None:
        """Let a fault happen in something asynchronous."""
        if fault is Fault.HANG:
            await self._clock.hang()
        self.fail(fault)


class _Fragile:
    def __init__(self, part: Any, faults: Faults, kinds: tuple[Fault, ...]) -> None:
        self._part, self._faults, self._kinds = part, faults, kinds

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if not callable(found) or name == "routes":
            return found
        return self._later(found) if inspect.iscoroutinefunction(found) else self._now(found)

    def _now(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def fragile(*args: Any, **kwargs: Any) -> Any:
            before = self._faults.reach(self._kinds)
            if before:
                self._faults.fail(before)
            result = call(*args, **kwargs)
            after = self._faults.reach(self._kinds)
            if after:
                self._faults.fail(after)
            return result

        return fragile

    def _later(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def fragile(*args: Any, **kwargs: Any) -> Any:
            before = self._faults.reach(self._kinds)
            if before:
                await self._faults.strike(before)
            result = await call(*args, **kwargs)
            after = self._faults.reach(self._kinds)
            if after:
                await self._faults.strike(after)
            return result

        return fragile
