"""Keep what people write out of our logs although Rasa writes it into its own.

Rasa logs messages, slots and exception texts, partly through ``logging``, partly through ``structlog``, whose default
prints everything. Here only the place and the kind of a problem pass, never its text.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from bot.log import get_logger

LOGGERS = ("rasa", "rasa_sdk")
ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
"""Keeps what Rasa imports from greeting on the screen, unless it is set otherwise."""
_EVENT_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_log = get_logger(__name__)


class PlaceOnlyHandler(logging.Handler):
    """Repeats a record of Rasa as module, line and class of exception."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record without its text."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        write = _log.error if record.levelno >= logging.ERROR else _log.warning
        write("rasa.problem", module=record.name, line=record.lineno, exception_type=kind)


def quiet_rasa() -> None:
    """Switch off telemetry and let only places of problems through.

    Call before Rasa is imported; may be repeated.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [PlaceOnlyHandler(logging.WARNING)]
        logger.setLevel(logging.WARNING)
        logger.propagate = False
    structlog.configure(
        processors=[_name_only],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(),
    )
    warnings.filterwarnings("ignore", module=r"rasa(_sdk)?\.")


def drop_warnings() -> None:
    """Keep Python's warnings off the screen: those of Rasa's old dependencies, which switch filters on again.

    For commands that people start; tests and developers' tools see every warning.
    """
    warnings.showwarning = lambda *_args, **_kwargs: None


def _name_only(_: Any, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    name = str(event.get("event", ""))
    write = _log.warning if method in ("warning", "warn") else _log.error
    write("rasa.problem", module=name if _EVENT_NAME.fullmatch(name) else None)
    raise structlog.DropEvent
