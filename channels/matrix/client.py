"""The Matrix client, so that one broken event of somebody, somewhere, does not stop everybody's conversations."""

from __future__ import annotations

from typing import Any

import nio

from bot.log import get_logger

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
