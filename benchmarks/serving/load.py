"""Ways to write to a system: one after another, many at once as fast as they can, many at a constant rate."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field

import aiohttp
import numpy as np

from benchmarks.serving.systems import System
from benchmarks.serving.talks import Talk, messages


@dataclass
class Sample:
    """What was measured in one kind of round of one system."""

    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def add(self, other: Sample) -> None:
        """Add another round."""
        self.milliseconds += other.milliseconds
        self.failed += other.failed
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds

    def figures(self) -> dict[str, float]:
        """Return the numbers of the table."""
        times = self.milliseconds or [0.0]
        p50, p95, p99 = (float(np.percentile(times, share)) for share in (50, 95, 99))
        answered = len(self.milliseconds)
        return {"messages": answered, "failed": self.failed, "per_second": answered / self.seconds,
                "cpu_ms": self.cpu_seconds / max(answered, 1) * 1e3, "p50": p50, "p95": p95, "p99": p99}


async def together(http: aiohttp.ClientSession, talks: Sequence[Talk], people: int, seconds: float, system: System,
                   name: str) -> Sample:
    """Let people write at once, each as soon as an answer is there."""
    sample, end = Sample(), time.perf_counter() + seconds

    async def write(number: int) -> None:
        for person, text in messages(talks, name, number, people):
            if time.perf_counter() >= end:
                return
            await _timed(http, system, person, text, sample)

    return await _measured(system, sample, asyncio.gather(*(write(number) for number in range(people))))


async def at_rate(http: aiohttp.ClientSession, talks: Sequence[Talk], people: int, seconds: float, rate: float,
                  system: System, name: str) -> Sample:
    """Let messages arrive at a constant rate, whether or not those before are answered."""
    sample, start = Sample(), time.perf_counter()
    writing = [messages(talks, name, number, people) for number in range(people)]
    tasks = []

    async def arrive() -> None:
        for number in range(int(rate * seconds)):
            due = start + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            person, text = next(writing[number % people])
            tasks.append(asyncio.create_task(_timed(http, system, person, text, sample, due)))
        await asyncio.gather(*tasks)

    return await _measured(system, sample, arrive())


async def one_by_one(http: aiohttp.ClientSession, systems: Sequence[System], texts: Sequence[str],
                     name: str) -> dict[str, list[float]]:
    """Have the same conversation with each system in turns; return the milliseconds of every turn."""
    taken: dict[str, list[float]] = {system.name: [] for system in systems}
    for text in texts:
        for system in systems:
            sample = Sample()
            await _timed(http, system, name, text, sample)
            taken[system.name].append(sample.milliseconds[0] if sample.milliseconds else float("nan"))
    return taken


async def _timed(http: aiohttp.ClientSession, system: System, person: str, text: str, sample: Sample,
                 due: float | None = None) -> None:
    start = time.perf_counter() if due is None else due
    if await system.ask(http, person, text):
        sample.milliseconds.append((time.perf_counter() - start) * 1e3)
    else:
        sample.failed += 1


async def _measured(system: System, sample: Sample, work: Awaitable[object]) -> Sample:
    cpu, start = system.running.cpu_seconds(), time.perf_counter()
    await work
    sample.seconds = time.perf_counter() - start
    sample.cpu_seconds = system.running.cpu_seconds() - cpu
    return sample
