"""What figures were measured on, and how much memory they took."""

from __future__ import annotations

import os
import platform
import resource
import sys
from datetime import date
from pathlib import Path

STATUS = Path("/proc/self/status")


def machine() -> str:
    """Machine, Python and date in a line."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {date.today()}"


def peak_megabytes() -> float:
    """The most memory that this process held, and the largest of its children that have ended.

    Linux lets a new process begin with the peak of the one that started it; its status page knows its own.
    """
    unit = 1024**2 if sys.platform == "darwin" else 1024
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    if STATUS.exists():
        mine = next((int(line.split()[1]) / 1024 for line in STATUS.read_text().splitlines() if line.startswith("VmHWM")), mine)
    return mine + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
