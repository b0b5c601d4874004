"""What stays for good is left out of the rounds of the garbage collector."""

from __future__ import annotations

import subprocess
import sys

from bot.settings import REPOSITORY

PROGRAM = """
import gc
from bot.long_lived import keep_for_good
kept = [[] for _ in range(1000)]
before = gc.get_freeze_count()
keep_for_good()
print(gc.get_freeze_count() - before >= 1000, any(each is kept for each in gc.get_objects()), gc.get_threshold()[2])
"""


def test_what_exists_is_not_looked_at_again_and_the_rest_seldom() -> None:
    said = subprocess.run([sys.executable, "-c", PROGRAM], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    frozen, looked_at, rounds = said.stdout.split()
    assert (frozen, looked_at) == ("True", "False")
    assert int(rounds) > 10, "what Python does by itself"
