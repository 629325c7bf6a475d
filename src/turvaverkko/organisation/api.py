"""The door of the app `organisation`: what other apps may use of it."""

from turvaverkko.organisation.packs.applying import apply_pack, check_pack
from turvaverkko.organisation.packs.errors import PackError, PackRefused
from turvaverkko.organisation.packs.pack import Entry, Pack
from turvaverkko.organisation.packs.registry import Section, register_names, register_section
from turvaverkko.organisation.packs.shapes import DAY, HOURS, SLUG, TEXT, TRANSLATED, entry_schema
from turvaverkko.organisation.packs.syncing import Applying, Report

__all__ = [
    "DAY",
    "HOURS",
    "SLUG",
    "TEXT",
    "TRANSLATED",
    "Applying",
    "Entry",
    "Pack",
    "PackError",
    "PackRefused",
    "Report",
    "Section",
    "apply_pack",
    "check_pack",
    "entry_schema",
    "register_names",
    "register_section",
]
