"""What WhatsApp allows; apart from the rest, so that a preview needs none of WhatsApp's code."""

from __future__ import annotations

from channels.messenger.contract import Limits

LIMITS = Limits(text=1024, options=10, short=1000)
"""A message with options may have 1,024 characters; longer ones are split, so that none depends on its options."""
