"""`./turvaverkko check`: everything that can be judged without running the product's tests."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "--quiet", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "types": [str(BIN / "mypy")],
    "walls": [str(BIN / "lint-imports"), "--no-cache"],
    "templates": [str(BIN / "djlint"), "src", "--lint", "--quiet"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "django": [*MANAGE, "check", "--fail-level", "WARNING"],
    "deploy": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "packs": [sys.executable, "-m", "scripts.check_packs"],
    "generated": [sys.executable, "-m", "scripts.make_docs", "--check"],
    "catalogues": [sys.executable, "-m", "scripts.catalogues", "--check"],
}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.prod",
    "TURVAVERKKO_SECRET_KEY": "only-for-the-check-of-the-deployment-settings-0123456789-abcdefgh",
    "TURVAVERKKO_DATA_KEYS": "only-for-the-check-of-the-deployment-settings-0",
    "TURVAVERKKO_LOOKUP_KEY": "only-for-the-check-of-the-deployment-settings-1",
    "TURVAVERKKO_HOSTS": "example.invalid",
    "TURVAVERKKO_DB_NAME": "none",
    "TURVAVERKKO_SITE": "https://example.invalid",
    "TURVAVERKKO_MAIL_FROM": "none@example.invalid",
    "TURVAVERKKO_MAIL_HOST": "example.invalid",
}


def run(name: str) -> tuple[str, int, str, float]:
    """Run one check; return its name, exit code, output and seconds."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.test"}
    if name == "deploy":
        env |= PRODUCTION
    started = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return name, done.returncode, done.stdout + done.stderr, time.monotonic() - started


def main(names: list[str]) -> int:
    """Run the named checks, or all; print what failed; return 1 when something did."""
    unknown = set(names) - set(CHECKS)
    if unknown:
        print(
            f"Unknown check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.", file=sys.stderr
        )
        return 2
    failed = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for name, code, output, seconds in pool.map(run, names or CHECKS):
            print(f"{'✓' if code == 0 else '✗'} {name} ({seconds:.1f} s)", flush=True)
            if code:
                failed += 1
                print(output, flush=True)
    chosen = len(names or CHECKS)
    print(f"checks: {chosen - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
