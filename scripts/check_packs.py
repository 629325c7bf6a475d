"""Names every fault of the county packs, as a fresh installation would see them.

A pack leans on the national base, and what is already in force also has a say. The check therefore makes
an installation of its own, so that its verdict does not depend on what happens to be in `var/`.
"""

import io
import os
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Check every folder of `counties/`; print the faults; return 1 when there is one."""
    with tempfile.TemporaryDirectory() as var:
        os.environ["TURVAVERKKO_VAR"] = var
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_national", stdout=io.StringIO())
        faulty = 0
        for pack in sorted(path for path in (ROOT / "counties").iterdir() if path.is_dir()):
            try:
                call_command("check_pack", str(pack), stdout=io.StringIO())
            except CommandError as refused:
                print(f"{pack.name}: {refused}")
                faulty += 1
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
