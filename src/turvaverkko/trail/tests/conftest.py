from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def anchor_file(tmp_path: Path, settings: Any) -> Path:
    """Every test has an anchor of its own."""
    settings.ACCESS_LOG_ANCHOR = tmp_path / "anchor.jsonl"
    settings.VAR = tmp_path
    return tmp_path / "anchor.jsonl"
