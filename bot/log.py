"""Structured log: one JSON object per line, with the id of the request, and never with what people wrote.

Our own code logs events: a dotted name and a few values. A value that is not a number, a truth value or a short id is
replaced by its length. Records of other packages are reduced to level, place and message template, because their
messages may quote a user.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
import sys
import traceback
from contextvars import ContextVar
from typing import IO, Any

request_id: ContextVar[str] = ContextVar("request_id", default="-")
"""Id of the request being worked on, shown to the user with an error so that it can be found in the log."""

OWN_PACKAGES = ("bot", "actions", "channels", "knowledge_base")
_EVENT = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_HARMLESS = re.compile(r"[\w.:/,#-]{0,80}")
_FIELDS = "navigator_fields"
_MAX_FRAMES = 12


def new_request_id() -> str:
    """Begin a request: set a fresh id for the current context and return it."""
    fresh = secrets.token_hex(6)
    request_id.set(fresh)
    return fresh


class EventLog:
    """Logs events of one module."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, **fields: Any) -> None:
        """Log something only developers want to know."""
        self._write(logging.DEBUG, event, None, fields)

    def info(self, event: str, **fields: Any) -> None:
        """Log a normal event, e.g. ``info("chat.answered", milliseconds=12)``."""
        self._write(logging.INFO, event, None, fields)

    def warning(self, event: str, exc: BaseException | None = None, **fields: Any) -> None:
        """Log something that was dealt with but should not happen often."""
        self._write(logging.WARNING, event, exc, fields)

    def error(self, event: str, exc: BaseException | None = None, **fields: Any) -> None:
        """Log a failure; of ``exc`` only the type and the places in the code are kept."""
        self._write(logging.ERROR, event, exc, fields)

    def _write(self, level: int, event: str, exc: BaseException | None, fields: dict[str, Any]) -> None:
        if self._logger.isEnabledFor(level):
            info = (type(exc), exc, exc.__traceback__) if exc else None
            self._logger.log(level, event, exc_info=info, extra={_FIELDS: fields}, stacklevel=3)


def get_logger(name: str) -> EventLog:
    """Return the event log of a module: ``_log = get_logger(__name__)``."""
    return EventLog(name)


def configure(level: str = "INFO", stream: IO[str] | None = None) -> None:
    """Send all logging of the process to ``stream`` (default: stderr) in our form; earlier handlers are removed.

    Other packages are heard from ``WARNING`` on only.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for package in OWN_PACKAGES:
        logging.getLogger(package).setLevel(level)


class JsonFormatter(logging.Formatter):
    """Turns a record into one line of JSON without any text of a user."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        entry: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record),
            "request_id": request_id.get(),
        }
        for name, value in getattr(record, _FIELDS, {}).items():
            entry.setdefault(name, _harmless(value))
        if record.exc_info and record.exc_info[1]:
            entry.update(_exception(record.exc_info[1]))
        return json.dumps(entry, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """Name of the event; of a foreign record the place, and the template if its values stand apart from it."""
    if isinstance(record.msg, str) and _EVENT.fullmatch(record.msg):
        return record.msg
    place = f"{record.module}:{record.lineno}"
    return f"{place} {record.msg}" if record.args and isinstance(record.msg, str) else place


def _harmless(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = str(value)
    return text if _HARMLESS.fullmatch(text) else f"<{len(text)} Zeichen>"


def _exception(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_MAX_FRAMES:]
    return {
        "exception": type(error).__qualname__,
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
