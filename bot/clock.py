"""The day it is where our users live, wherever the server stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

_BERLIN = ZoneInfo("Europe/Berlin")


def today() -> dt.date:
    """Return the date in Germany."""
    return dt.datetime.now(_BERLIN).date()
