"""The comparison with stock Rasa takes long, so it is made on demand and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.evaluation.baseline import read_accepted
from bot.evaluation.run import Inputs, backgrounds
from bot.evaluation.xsid import read_conll

_FILE = "stock.json"


def measure_stock(inputs: Inputs, folder: Path, today: str) -> dict[str, Any]:
    """Train stock Rasa beside ours, keep the numbers in ``folder`` and return them.

    Raises:
        NavigatorError: If Rasa fails.
    """
    from bot.evaluation.stock import Benchmark, train_and_measure

    files = [inputs.xsid / f"de.{part}.conll" for part in ("valid", "test")]
    benchmark = Benchmark(*(list(read_conll(file)) for file in files)) if all(f.is_file() for f in files) else None
    foreign = [text for texts in backgrounds(inputs).values() for text in texts]
    found = train_and_measure(inputs.data, foreign, benchmark, inputs.root).as_dict()
    numbers = {"day": today, **found}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FILE).write_text(json.dumps(numbers, indent=1), encoding="utf-8")
    return numbers


def last_stock(root: Path, folder: Path) -> dict[str, Any] | None:
    """Return the numbers measured last: those in ``folder``, or those accepted with the project if they are newer."""
    file = folder / _FILE
    own = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    known = [each for each in (read_accepted(root).get("stock"), own) if each]
    return max(known, key=lambda each: str(each["day"]), default=None)
