"""What a machine did while something was measured on it: figures of time are worth as much as the time it had left."""

import os
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
BUSY = 0.9  # of all cores: beyond it whoever waits, waits for the machine


def count_ticks() -> tuple[int, int]:
    """Count what all cores did so far, and how much of it was nothing, in ticks."""
    words = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    ticks = [int(word) for word in words]
    return sum(ticks), ticks[3] + ticks[4]


def count_seconds(session: int) -> float:
    """Count the seconds of all processes of a session that live, and of those that they waited for."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[3]) == session:
            total += sum(map(int, fields[11:15]))
    return total / TICKS


@dataclass
class Machine:
    """Watches the machine from its making on."""

    began: tuple[int, int] = field(default_factory=count_ticks)

    @property
    def busy(self) -> float:
        """The share of all cores that was at work."""
        all_before, idle_before = self.began
        all_now, idle_now = count_ticks()
        return 1 - (idle_now - idle_before) / max(1, all_now - all_before)

    def describe(self) -> str:
        """Say how much it did, and whether that was too much for figures of time."""
        said = f"{os.cpu_count()} cores {self.busy:.0%} busy, load {os.getloadavg()[0]:.1f}"
        return f"{said}: TOO BUSY, times are the machine's" if self.busy > BUSY else said
