"""`./turvaverkko fix`: mend what mends itself and make every generated file anew."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

FIXES: list[list[str]] = [
    [str(BIN / "ruff"), "check", "--fix", "--quiet", "."],
    [str(BIN / "ruff"), "format", "--quiet", "."],
    [sys.executable, "-m", "scripts.catalogues"],
    [sys.executable, "-m", "scripts.make_docs"],
]


def main() -> int:
    """Run every mender; return the worst exit code."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.test"}
    return max(subprocess.run(command, cwd=ROOT, env=env, check=False).returncode for command in FIXES)


if __name__ == "__main__":
    sys.exit(main())
