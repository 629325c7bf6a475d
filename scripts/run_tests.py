"""The tiers of `./turvaverkko test`: fast (SQLite, no browser), standard, full (everything)."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from scripts.postgres import PostgresMissingError, running
from turvaverkko.config.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]
TIERS = ("fast", "standard", "full")
# Two workers: the project is built for two cores.
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2"]


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"» {sentence}", file=sys.stderr, flush=True)


def pytest(marks: str, extra: list[str], env: dict[str, str] | None = None) -> int:
    """Run pytest on the tests that `marks` selects; return its exit code."""
    command = [*PYTEST, "-m", marks, *extra]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False).returncode


def missing(part: str) -> int:
    """Say that a part is missing. In CI that is a failure, elsewhere it is counted aloud."""
    say(f"{part} is missing: its tests were NOT RUN")
    return 1 if os.environ.get("CI") else 0


def on_postgres(marks: str, extra: list[str]) -> int:
    """Run the tests once more on PostgreSQL."""
    try:
        with running() as env:
            return pytest(marks, extra, env)
    except PostgresMissingError:
        return missing("PostgreSQL")


def main(arguments: list[str]) -> int:
    """Run one tier; return the exit code of the first part that failed, or 0."""
    tier, extra = arguments[0], arguments[1:]
    compile_catalogues(ROOT / "src" / "turvaverkko" / "locale")
    started = time.monotonic()
    codes: list[int] = []
    long = "" if tier == "full" else " and not full"
    say("SQLite")
    codes.append(pytest(f"not browser{long}", extra))
    if tier != "fast":
        say("PostgreSQL" if tier == "full" else "PostgreSQL: what touches a database")
        some = [] if tier == "full" else ["--database-only"]
        codes.append(on_postgres(f"not browser and not sqlite_only{long}", [*some, *extra]))
        say("Chromium")
        if shutil.which("chromium"):
            codes.append(pytest(f"browser{long}", extra))
        else:
            codes.append(missing("Chromium"))
    say(f"{tier}: {'passed' if not any(codes) else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
