"""Processes that are measured: started together, ended together; memory and processor time of all their children too.

Linux only: the numbers come from ``/proc``.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_END_SECONDS = 15.0


@dataclass(frozen=True)
class Command:
    """What is started."""

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Running:
    """Processes that run, each the head of a session of its own."""

    heads: Sequence[subprocess.Popen[bytes]]

    def pids(self) -> list[int]:
        """All processes: a child belongs to the session of its head."""
        sessions = {head.pid for head in self.heads}
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _session(pid) in sessions]

    def cpu_seconds(self) -> float:
        """Processor time used so far, without that of children that ended."""
        return sum(_cpu_ticks(pid) for pid in self.pids()) / _TICKS

    def memory_mb(self) -> float:
        """Memory: what several processes share counts once (PSS)."""
        return sum(_pss_kb(pid) for pid in self.pids()) / 1024

    def alive(self) -> bool:
        """Whether none has ended."""
        return all(head.poll() is None for head in self.heads)


@contextmanager
def running(commands: Sequence[Command], log: Path) -> Iterator[Running]:
    """Run commands as long as the context is open; what they print goes to a file."""
    heads: list[subprocess.Popen[bytes]] = []
    with log.open("wb") as output:
        try:
            for command in commands:
                environment = {**os.environ, **command.environment}
                heads.append(subprocess.Popen(
                    command.words, cwd=command.folder, env=environment, stdout=output, stderr=output,
                    start_new_session=True))
            yield Running(heads)
        finally:
            for head in heads:
                _end(head)


def timed_run(command: Command, log: Path) -> tuple[float, float]:
    """Run a command to its end; return its processor seconds and its seconds on the clock.

    Raises:
        RuntimeError: If it fails.
    """
    import time

    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command.words, cwd=command.folder, env={**os.environ, **command.environment},
                                   stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command.words)} ended with {process.returncode}, see {log}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _end(head: subprocess.Popen[bytes]) -> None:
    for name in (signal.SIGTERM, signal.SIGKILL):
        if head.poll() is None:
            os.killpg(head.pid, name)
            try:
                head.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def _stat(pid: int) -> list[str]:
    """Fields of ``/proc/<pid>/stat`` behind the name, the state first; nothing if the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _session(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[3]) if fields and fields[0] != "Z" else -1


def _cpu_ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
