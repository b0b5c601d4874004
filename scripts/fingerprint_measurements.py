"""Write the fingerprints of the sentences in ``../shared/eval`` and ``../shared/bench`` that must never be trained.

Usage: python -m scripts.fingerprint_measurements [folder]    (default: ../shared)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.curation.nlu_data import NEVER_TRAINED, Sentence, read_fingerprints
from bot.settings import REPOSITORY

_HEADER = "# Sentences that only measure, by fingerprint. Written by scripts/fingerprint_measurements.py.\n"


def main(folder: Path) -> None:
    """Add what is found to what is known."""
    target = REPOSITORY / NEVER_TRAINED
    found = {Sentence(text, "", 0).fingerprint for text in texts(folder)}
    known = read_fingerprints(target)
    target.write_text(_HEADER + "".join(f"{each}\n" for each in sorted(found | known)), encoding="utf-8")
    print(f"{len(found - known)} neue, {len(found | known)} insgesamt in {NEVER_TRAINED}")


def texts(folder: Path) -> Iterator[str]:
    """Yield every user sentence of the questions, dialogues and CoNLL files below ``folder``."""
    for path in sorted((folder / "eval").glob("*.yaml")):
        yield from _spoken(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted((folder / "bench").rglob("*.conll")):
        yield from re.findall(r"^# text ?= ?(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def _spoken(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for turn in entry.get("turns") or [entry]:
            if turn.get("text"):
                yield str(turn["text"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY.parent / "shared")
