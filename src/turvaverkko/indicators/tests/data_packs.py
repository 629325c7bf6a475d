"""Packs read by the sections of the organisation and of indicators alone, for the tests of data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from turvaverkko.organisation.packs import registry

READ_BY: Final = ("turvaverkko.organisation.", "turvaverkko.indicators.")


@contextmanager
def only_our_sections() -> Iterator[None]:
    """Leave out what other apps read of a pack: their files have tests of their own."""
    everything = dict(registry._REGISTRY.sections)
    for key, section in everything.items():
        if not section.read.__module__.startswith(READ_BY):
            del registry._REGISTRY.sections[key]
    try:
        yield
    finally:
        registry._REGISTRY.sections.update(everything)
