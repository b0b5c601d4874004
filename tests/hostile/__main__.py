"""``python -m tests.hostile [NUMBER]``: hostile inputs against the trained bot; 10,000 unless told otherwise."""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot import log
from bot.instance import load_instance
from bot.runtime.start import start_runtime
from bot.settings import load_settings
from channels.web.app import create_app
from tests.hostile.inputs import chats, examples, requests
from tests.hostile.judging import Verdict, judge
from tests.hostile.serving import serving

NUMBER = 10_000


def main(number: int = NUMBER) -> int:
    """Attack a bot with a database of its own; print what came of it; 0 if nothing was wrong."""
    free = {f"NAVIGATOR_{kind}_PER_MINUTE": "0" for kind in ("CHAT", "FORMS", "PAGES", "PDF")}
    logged = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        ours = load_settings(free)
        settings = replace(ours, var_dir=Path(folder), database_url=f"sqlite:///{folder}/navigator.db")
        instance = load_instance(settings)
        runtime = start_runtime(settings, instance, print)
        log.configure("INFO", logged)
        from bot.database import create_engine_from
        from bot.runtime.buttons import load_buttons

        engine = create_engine_from(settings)
        intents = sorted(load_buttons(settings.content_dir / "nlu_data" / "buttons.yml").validators)
        start = time.monotonic()
        with serving(lambda: create_app(runtime, settings, instance, engine)) as address:
            attacks = [*examples(chats(intents), number * 7 // 10), *examples(requests(), number - number * 7 // 10)]
            verdict = judge(address, attacks)
        engine.dispose()
    return _report(verdict, logged.getvalue(), time.monotonic() - start)


def _report(verdict: Verdict, logged: str, seconds: float) -> int:
    entries = [json.loads(line) for line in logged.splitlines()]
    failures = Counter((entry["event"], entry.get("exception")) for entry in entries if entry["level"] == "ERROR")
    print(f"{verdict.sent} hostile inputs in {seconds:.0f} s; statuses {dict(sorted(verdict.statuses.items()))}; "
          f"apologies {len(verdict.apologies)}; faults {len(verdict.faults)}")
    for (event, exception), times in failures.most_common():
        trace = next(entry.get("trace", [])[-1:] for entry in entries
                     if (entry["event"], entry.get("exception")) == (event, exception))
        print(f"  logged {times} x {event} {exception} {trace}")
    for shown in (*verdict.apologies[:10], *verdict.faults[:20]):
        print(f"  {shown}")
    return 1 if verdict.faults or failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
