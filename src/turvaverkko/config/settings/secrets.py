"""Secrets: from the environment where it matters, from a generated file where it is a demo."""

import os
import secrets
from pathlib import Path


def generated_key(path: Path) -> str:
    """Return the key kept at `path`, making it on the first start (mode 0600)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def required(name: str) -> str:
    """Return the environment variable `name`, or the content of the file that `name_FILE` names.

    Raises:
        RuntimeError: neither is set. The start stops and names the variable.
    """
    if value := os.environ.get(name):
        return value
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    message = f"Set {name} (or {name}_FILE) in the environment: production does not start without it."
    raise RuntimeError(message)
