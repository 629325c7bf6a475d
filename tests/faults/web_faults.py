"""The faults of the web part, one after another, against one running product.

python -m tests.faults.web_faults [--database sqlite|postgresql] [--only killed …]

Prints one JSON row a fault. `effective`: the fault hit (a connection broke, two overlapped, a page refused).
The bar for lost, doubled and leaked is 0, and `problems` is empty.
"""

import argparse
import importlib
import json
import os
import sys
import time

import django

from tests.faults.web_product import running

# The time comes last: it makes requests of other years.
FAULTS = {
    "killed": "web_killed",
    "twice": "web_twice",
    "cut": "web_cut",
    "guides": "web_guides",
    "full": "web_full",
    "gone": "web_database_gone",
    "disk": "web_disk",
    "time": "web_time",
}
ONLY_ON = {"full": "sqlite", "gone": "postgresql", "disk": "postgresql"}
# Needs a file system of its own: only when it is asked for by name.
UNASKED = [name for name in FAULTS if name != "disk"]


def main() -> int:
    """Inject them all; print the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--only", nargs="+", choices=FAULTS, default=[*UNASKED])
    options = parser.parse_args()
    # Signing in needs the keys of the demo; no database is opened in this process.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turvaverkko.config.settings.test")
    django.setup()
    with running(options.database) as product:
        for name in options.only:
            if ONLY_ON.get(name, options.database) == options.database:
                began = time.monotonic()
                fault = importlib.import_module(f"tests.faults.{FAULTS[name]}")
                row = fault.inject(product).row(product, options.database)
                print(json.dumps(row | {"seconds": round(time.monotonic() - began)}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
