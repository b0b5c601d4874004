"""Stock Rasa and ours side by side: how many people, how fast, at what cost?

Usage: ``python -m benchmarks.bench_serving [--seconds 10] [--rounds 3] [--per-intent 20] [--turns 200]``

Stock Rasa runs in an environment of its own with its own pins (``.tools/stock``), with the pipeline it suggests, its
server and an action server with our actions, and keeps conversations in SQLite; ours runs as ``python -m bot run``.
Both write every turn to the disk before they answer, learn the same sentences and hear the same conversations in
short rounds in turns, so that other work on the machine meets both alike. Times depend on the machine and what else
it does; ratios and processor time hardly do. JSON, table and plots go below ``<var>/benchmarks``; is no test.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import signal
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.serving.load import Sample, at_rate, one_by_one, together
from benchmarks.serving.projects import write_projects
from benchmarks.serving.report import OURS, STOCK, plot, rows, table
from benchmarks.serving.systems import System, ours, stock, stock_python, train_ours, train_stock
from benchmarks.serving.talks import Talk, load_talks, long_talk
from bot.settings import REPOSITORY, load_settings

PEOPLE = (1, 20, 100)
SHARE_OF_CAPACITY = 0.6
"""The constant rate is this part of what stock Rasa can do with 20 people."""
PER_CONVERSATION = 6
"""Messages of a conversation, for the cost of 1,000 of them."""
Round = Callable[[System, str], Awaitable[Sample]]
_NUMBERS = itertools.count()
"""Conversations of every round are new ones."""


def main() -> None:
    """Measure everything, print the table."""
    for name in (signal.SIGINT, signal.SIGTERM):  # whoever is stopped ends the servers, too
        signal.signal(name, signal.default_int_handler)
    options = _options()
    folder = load_settings().var_dir / "benchmarks" / "serving"
    folder.mkdir(parents=True, exist_ok=True)
    python = stock_python(REPOSITORY / ".tools")
    projects = write_projects(REPOSITORY, folder, options.per_intent)
    trained = {STOCK: train_stock(python, projects, folder), OURS: train_ours(projects, folder)}
    with stock(python, projects, folder) as theirs, ours(projects, folder) as own:
        report = asyncio.run(measure([theirs, own], load_talks(), options))
        report["memory_mb"] = {each.name: each.running.memory_mb() for each in (theirs, own)}
        report["start_seconds"] = {each.name: each.start_seconds for each in (theirs, own)}
    report["training_cpu"] = {name: each.cpu_seconds for name, each in trained.items()}
    report["training_seconds"] = {name: each.seconds for name, each in trained.items()}
    report["sentences"] = projects.sentences
    (folder / "serving.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    show(report, folder)


def show(report: dict[str, Any], folder: Path) -> None:
    """Print and keep the table; draw the plots."""
    cost = {name: report["together"]["20"][name]["cpu_ms"] * PER_CONVERSATION for name in (STOCK, OURS)}
    text = (
        f"{report['sentences']} training sentences each, {report['rounds']} rounds of {report['seconds']:.0f} s.\n\n"
        f"{table(rows(report))}\n\n"
        f"CPU seconds per 1,000 conversations of {PER_CONVERSATION} messages: "
        f"{cost[STOCK]:,.0f} (stock Rasa), {cost[OURS]:,.0f} (ours).\n")
    print(text)
    (folder / "serving.md").write_text(text, encoding="utf-8")
    print("\n".join(str(file) for file in plot(report, folder)))


async def measure(systems: Sequence[System], talks: Sequence[Talk], options: argparse.Namespace) -> dict[str, Any]:
    """Run all rounds."""
    timeout, connector = aiohttp.ClientTimeout(total=120), aiohttp.TCPConnector(limit=0)
    report: dict[str, Any] = {"rounds": options.rounds, "seconds": options.seconds, "turns": options.turns}
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as http:
        await one_by_one(http, systems, long_talk(talks, 20), "warm-up")
        report["single"] = await _single(http, systems, talks)
        report["together"] = {}
        for people in PEOPLE:
            at_once = partial(together, http, talks, people, options.seconds)
            report["together"][str(people)] = await _rounds(systems, options.rounds, at_once)
        report["rate"] = report["together"]["20"][STOCK]["per_second"] * SHARE_OF_CAPACITY
        report["at_rate"] = {}
        for people in PEOPLE[1:]:
            constant = partial(at_rate, http, talks, people, options.seconds, report["rate"])
            report["at_rate"][str(people)] = await _rounds(systems, options.rounds, constant)
        report["long"] = {system.name: [] for system in systems}
        for number in range(options.long):
            for name, times in (await one_by_one(
                    http, systems, long_talk(talks, options.turns), f"long-talk-{number}")).items():
                report["long"][name].append(times)
    return report


async def _single(http: aiohttp.ClientSession, systems: Sequence[System],
                  talks: Sequence[Talk]) -> dict[str, list[float]]:
    """Milliseconds of single messages of all conversations, one after another."""
    taken: dict[str, list[float]] = {system.name: [] for system in systems}
    for number, talk in enumerate(talks):
        for name, times in (await one_by_one(http, systems, talk, f"single-{number:04}")).items():
            taken[name] += times
    return taken


async def _rounds(systems: Sequence[System], rounds: int, run: Round) -> dict[str, Any]:
    """Let the systems take turns and return the figures of each."""
    samples = {system.name: Sample() for system in systems}
    for number in range(rounds):
        for system in systems if number % 2 == 0 else reversed(systems):
            samples[system.name].add(await run(system, f"round-{next(_NUMBERS)}"))
    return {name: sample.figures() for name, sample in samples.items()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="of one round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--per-intent", type=int, default=20, help="training sentences of each intent; 0: all")
    parser.add_argument("--turns", type=int, default=200, help="of a long conversation")
    parser.add_argument("--long", type=int, default=2, help="long conversations")
    return parser.parse_args()


if __name__ == "__main__":
    main()
