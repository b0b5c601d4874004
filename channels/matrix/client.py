"""The Matrix client, so that one broken event of somebody, somewhere, does not stop everybody's conversations."""

from __future__ import annotations

from typing import Any

import nio

from bot.log import get_logger

LONGEST_SECONDS = 300.0
"""For the first question, whose answer may be large; nio would wait for ever."""

_log = get_logger(__name__)


class Client(nio.AsyncClient):
    """nio's client; what it fails to decrypt or to read by an unexpected error counts as not decrypted."""

    def _handle_decrypt_to_device(self, to_device_event: Any) -> Any:
        try:
            return super()._handle_decrypt_to_device(to_device_event)
        except Exception as error:
            _log.warning("matrix.bad_key_message", exc=error)
            return None

    def _handle_timeline_event(self, event: Any, *rest: Any) -> Any:
        try:
            return super()._handle_timeline_event(event, *rest)
        except Exception as error:
            _log.warning("matrix.bad_event", exc=error)
            return None

    async def send(self, method: str, path: str, data: Any = None, headers: dict[str, str] | None = None,
                   trace_context: Any = None, timeout: float | None = None) -> Any:
        """Send one request."""
        limit = LONGEST_SECONDS if timeout == 0 else timeout
        return await super().send(method, path, data, headers, trace_context, limit)
