"""What was loaded once and stays as long as the process."""

from __future__ import annotations

import gc


def keep_for_good() -> None:
    """Take all that exists now out of the rounds of the garbage collector.

    Models, catalogue and caches are large and stay; looking through them again and again would stop everybody for up
    to two seconds each time (Python documentation, ``gc.freeze``).
    """
    gc.collect()
    gc.freeze()
