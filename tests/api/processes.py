"""What the processes of a server use: looked up where the kernel keeps it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def children(pid: int) -> set[int]:
    """The processes that a process has started, and those that these have."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except FileNotFoundError:  # it has just ended
        return set()
    return {int(child) for child in found} | {g for child in found for g in children(int(child))}


def cpu_ticks(pids: Iterable[int]) -> int:
    """The processor time that processes have used."""
    stats = [Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2] for pid in pids]
    return sum(int(time) for stat in stats for time in stat.split()[11:13])


def niceness(pid: int) -> int:
    """How far a process stands back: the furthest of its threads."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return max(os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in threads)


def own_memory(pid: int | str = "self") -> int:
    """The bytes that a process has to itself: not what it shares with the one that forked it."""
    return _of(f"/proc/{pid}/smaps_rollup", "Private_Dirty")


def peak_memory(pid: int | str = "self") -> int:
    """The most bytes that a process has had in memory."""
    return _of(f"/proc/{pid}/status", "VmHWM")


def _of(path: str, name: str) -> int:
    lines = Path(path).read_text("ascii").splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(kilobytes) * 1024
