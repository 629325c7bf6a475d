"""What a figure was measured on: without it a figure means nothing."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path


def machine() -> dict[str, str]:
    """The machine and the versions, as printed above every table."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "load": " ".join(f"{value:.1f}" for value in os.getloadavg()),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        **{name: version(name) for name in ("django", "numpy", "granian", "psycopg")},
    }
