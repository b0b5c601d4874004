"""What Telegram allows; apart from the rest, so that a preview needs none of Telegram's code."""

from __future__ import annotations

from channels.messenger.contract import Limits

MOST_OPTIONS = 20
"""Telegram takes 100 buttons, but only some ten kilobytes of them; more is no choice anyway."""
LIMITS = Limits(text=4096 // 2, options=MOST_OPTIONS)
"""Telegram counts UTF-16 units, and a character is one or two of them."""
