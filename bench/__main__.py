"""`./turvaverkko bench [NAME…] [--json FILE]`: run measurements and print their tables."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from bench.machine import machine

# name → module with `run() -> list[dict]`, one dictionary a row, same keys in every row of a table.
BENCHES = {
    "access_log": "bench.access_log",
    "catalogue": "bench.catalogue",
    "indicators": "bench.indicators",
    "pages": "bench.pages",
    "ptv": "bench.ptv",
    "queue": "bench.queue",
    "report": "bench.report",
    "search": "bench.search_latency",
    "jobs": "bench.jobs",
    "writers": "bench.writers",
}


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as a Markdown table."""
    keys = list(rows[0])
    lines = ["| " + " | ".join(keys) + " |", "|" + "---|" * len(keys)]
    lines += ["| " + " | ".join(str(row.get(key, "")) for key in keys) + " |" for row in rows]
    return "\n".join(lines)


def main() -> int:
    """Run the named measurements, or all."""
    parser = argparse.ArgumentParser(prog="./turvaverkko bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}. There are: {', '.join(BENCHES)}")
    here = machine()
    print("\n".join(f"{key}: {value}" for key, value in here.items()))
    results: dict[str, Any] = {"machine": here}
    for name in options.names or BENCHES:
        print(f"\n## {name}", flush=True)
        results[name] = importlib.import_module(BENCHES[name]).run()
        print(table(results[name]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
