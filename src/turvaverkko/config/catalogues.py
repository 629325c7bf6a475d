"""Compiles the translations, so that no machine needs gettext to run the product."""

from pathlib import Path

import polib


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a `.mo` beside every `.po` under `folder` that is newer than it; return those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written
