"""Errors of the Bot API in the words of the post office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from channels.messenger.contract import RetryLater, Undeliverable


@contextmanager
def plainly() -> Iterator[None]:
    """Translate what the Bot API refuses.

    Raises:
        RetryLater: If Telegram asks to wait, cannot be reached, or does not take our token.
        Undeliverable: If the person blocked us, is gone, or the message can never be sent.
    """
    try:
        yield
    except RetryAfter as error:
        raise RetryLater(seconds_of(error)) from error
    except (Forbidden, BadRequest, ChatMigrated) as error:
        raise Undeliverable("Telegram stellt diese Nachricht nicht zu – sie wird aufgegeben.") from error
    except TelegramError as error:
        raise RetryLater from error


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait. Its attribute is being changed to a span of time and warns of that."""
    span: dt.timedelta = error._retry_after
    return span.total_seconds()
