"""Our messages as Matrix wants them: plain text, and the same as HTML for clients that show it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from channels.messenger.contract import Outgoing
from channels.web.text import to_html

OPTIONS = "de.nrw.digitalnavigator.options"
"""Field of our messages with the tokens of its options by number, so that a reaction finds what it chooses."""
_BYTES = 40_000
"""What a content may have before it is encrypted."""


def content_of(message: Outgoing) -> dict[str, Any]:
    """Return the content of the event; the HTML is left out if it would become too large."""
    content: dict[str, Any] = {"msgtype": "m.text", "body": message.text}
    if message.options:
        content[OPTIONS] = {str(option.number): option.token for option in message.options}
    formatted = {**content, "format": "org.matrix.custom.html", "formatted_body": str(to_html(message.text))}
    return formatted if len(json.dumps(formatted)) <= _BYTES else content


def token_of(content: Mapping[str, Any], number: int) -> str | None:
    """Return the token of an option of one of our messages; ``None`` if it offered no such option."""
    options = content.get(OPTIONS)
    token = options.get(str(number)) if isinstance(options, Mapping) else None
    return token if isinstance(token, str) else None
