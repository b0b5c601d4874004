"""What Matrix allows; apart from the rest, so that a preview needs none of the code of Matrix."""

from __future__ import annotations

from channels.messenger.contract import Limits

LIMITS = Limits(text=3000, options=30, numbered=True)
"""An event may have 65,536 bytes; encryption makes of each character outside ASCII up to 16."""
