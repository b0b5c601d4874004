"""What was loaded once and stays as long as the process."""

from __future__ import annotations

import gc

_SELDOM = 100
"""So many rounds of the middle generation pass before the old one is looked through (usually 10)."""


def keep_for_good() -> None:
    """Take all that exists now out of the rounds of the garbage collector, and look through the rest seldom.

    Models, catalogue and caches are large and stay; looking through them again and again would stop everybody for up
    to two seconds each time (Python documentation, ``gc.freeze``, ``gc.set_threshold``).
    """
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)
