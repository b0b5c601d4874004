"""Write a run to files: a page for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.evaluation.bars import Row
from bot.evaluation.html import render
from bot.evaluation.report import Report

PAGE, DATA = "report.html", "report.json"


def write(folder: Path, report: Report, rows: Sequence[Row], accepted: Mapping[str, Any]) -> Path:
    """Write both files, replacing those of the last run.

    Args:
        folder: Where to.
        report: What was measured.
        rows: The table of measures and bars.
        accepted: The numbers accepted last.

    Returns:
        The page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = [
        {
            "key": r.bar.key,
            "value": r.value,
            "least": r.bar.least,
            "most": r.bar.most,
            "ok": r.ok,
            "accepted": r.accepted,
        }
        for r in rows
    ]
    data = {"measures": table, **report.as_dict()}
    (folder / DATA).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    page = folder / PAGE
    page.write_text(render(report, rows, accepted), encoding="utf-8")
    return page
