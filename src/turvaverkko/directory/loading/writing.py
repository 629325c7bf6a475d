"""What the sections share when they write: hashes, states, and children in bulk.

A listing whose entry has the same hash as before is left alone with everything below it. A changed one
gets its children anew, because texts and hours have no identity of their own.
"""

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeVar

from django.db.models import Model

from turvaverkko.core import time_source
from turvaverkko.directory.models import HoursRow, Listing, Text
from turvaverkko.directory.opening import HoursRule
from turvaverkko.directory.states import ARCHIVED, HIDDEN, LISTING, PUBLISHED
from turvaverkko.organisation.api import Applying, Entry

# Raise it when the loaders write something else from the same entry: all entries are then written anew.
LOADER_VERSION: Final = 1
# Unit: rows of one INSERT.
BATCH: Final = 400
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", bound=Listing)
_KEPT_STATES: Final = frozenset({HIDDEN})


def fingerprint(*content: object) -> str:
    """Return the SHA-256 of what a row is written from."""
    text = json.dumps([LOADER_VERSION, *content], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def state_and_stamp(before: Listing | None, digest: str, at: datetime) -> dict[str, Any]:
    """Return the values of a listing that depend on what was there: state, hash and time of change.

    What an editor has hidden stays hidden: a pack says what exists, not that it is shown today.
    """
    if before is None:
        return {"state": PUBLISHED, "content_hash": digest, "changed_at": at}
    changed = before.content_hash != digest
    return {
        "state": before.state if before.state in _KEPT_STATES else PUBLISHED,
        "content_hash": digest,
        "changed_at": at if changed else before.changed_at,
    }


def latest_confirmation(before: Listing | None, told: date | None) -> date | None:
    """Return the later of two confirmations: what an organisation said here outlives an older file."""
    known = [day for day in (before.confirmed_on if before else None, told) if day is not None]
    return max(known, default=None)


def archived(row: Listing) -> Mapping[str, Any]:
    """Return the values that put away a listing which vanished from its source."""
    if row.state == ARCHIVED:
        return {}
    return {"state": LISTING.after(row.state, "archive"), "content_hash": ""}


def changed_keys(wanted: Mapping[Key, str], stored: Mapping[Key, str]) -> set[Key]:
    """Return the keys whose hash is new or differs."""
    return {key for key, digest in wanted.items() if stored.get(key) != digest}


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries of one section of a pack that become listings, and the code of their source."""

    source: str
    entries: Sequence[Entry]


def sync_listings(
    applying: Applying,
    kind: str,
    model: type[Row],
    listed: Listed,
    *,
    stored: Sequence[Row],
    values: Mapping[str, Mapping[str, Any]],
) -> list[tuple[Entry, Row]]:
    """Write the listings of a section, and return the new and the changed ones with their rows.

    Args:
        applying: the pack being applied.
        kind: the name of the kind in the report, such as "places".
        model: the model of the listings.
        listed: what the section says.
        stored: the listings of this source there are now.
        values: the field values of each entry, by its slug.
    """
    before = {row.slug: row for row in stored}
    digests = {entry.slug: fingerprint(entry.data) for entry in listed.entries}
    new = changed_keys(digests, {slug: row.content_hash for slug, row in before.items()})
    at = time_source.now()
    rows = applying.sync(
        kind,
        model,
        {
            slug: {
                **values[slug],
                "source": listed.source,
                "source_id": slug,
                **state_and_stamp(before.get(slug), digest, at),
                "confirmed_on": latest_confirmation(before.get(slug), values[slug].get("confirmed_on")),
            }
            for slug, digest in digests.items()
        },
        stored=stored,
        key=lambda row: row.slug,
        end=archived,
    )
    return [(entry, rows[entry.slug]) for entry in listed.entries if entry.slug in new]


@dataclass(slots=True)
class Children:
    """Rows below listings, collected and written at once."""

    source: str
    texts: list[Text] = field(default_factory=list)
    hours: list[HoursRow] = field(default_factory=list)
    others: dict[type[Model], list[Model]] = field(default_factory=dict)

    def add_texts(self, owner: Mapping[str, Model], kind: str, by_language: Mapping[str, object]) -> None:
        """Add the texts of one kind; lists are stored as JSON, Finnish is the original."""
        for language, value in by_language.items():
            if not value:
                continue
            self.texts.append(
                Text(
                    **owner,
                    kind=kind,
                    language=language,
                    value=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
                    source=self.source,
                    translation_state="original" if language == "fi" else "translated",
                )
            )

    def add_hours(self, owner: Mapping[str, Model], rules: Iterable[HoursRule]) -> None:
        """Add rows of hours."""
        self.hours += [
            HoursRow(
                **owner,
                kind=rule.kind,
                weekday=rule.weekday,
                opens=rule.opens,
                closes=rule.closes,
                date=rule.date,
                closed=rule.closed,
                valid_from=rule.valid_from,
                valid_to=rule.valid_to,
                closed_on_holidays=rule.closed_on_holidays,
            )
            for rule in rules
        ]

    def add(self, *rows: Model) -> None:
        """Add rows of any other model."""
        for row in rows:
            self.others.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """Insert everything."""
        Text.objects.bulk_create(self.texts, batch_size=BATCH)
        HoursRow.objects.bulk_create(self.hours, batch_size=BATCH)
        for model, rows in self.others.items():
            model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 - Django's public name


def replace_texts(owner: str, rows: Sequence[Model], texts: Sequence[Text]) -> None:
    """Put new own texts (those of no layer) in the place of the old ones.

    A translation that stayed as it was while its Finnish original changed is marked to be checked.
    """
    old = Text.objects.filter(**{f"{owner}__in": rows}, county=None, area=None, municipality=None)
    before = {
        (getattr(text, f"{owner}_id"), text.kind, text.language): (text.value, text.translation_state)
        for text in old
    }
    original_changed = {
        (getattr(text, f"{owner}_id"), text.kind)
        for text in texts
        if text.language == "fi"
        and (was := before.get((getattr(text, f"{owner}_id"), text.kind, "fi")))
        and was[0] != text.value
    }
    for text in texts:
        identity = getattr(text, f"{owner}_id"), text.kind
        was = before.get((*identity, text.language))
        if text.language == "fi" or was is None or was[0] != text.value:
            continue
        text.translation_state = Text.TranslationState.CHECK if identity in original_changed else was[1]
    old.delete()
