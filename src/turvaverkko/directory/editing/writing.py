"""From a happening to its content and back: the only place that knows both."""

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from turvaverkko.core import time_source
from turvaverkko.directory.editing.contents import CHANGES, LISTS, NAMED, PLAIN, TEXTS, TIMES, Content
from turvaverkko.directory.layers import lines_of
from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import Happening, HappeningChange, HappeningTime, Place, Text
from turvaverkko.directory.recurrence import Change, Every, Pattern, Slot, slots_of
from turvaverkko.organisation.api import Municipality, local_days, path_of_municipality


def content_of(happening: Happening) -> Content:
    """Return what a happening says. Four queries."""
    texts: dict[str, dict[str, str]] = {}
    rows = happening.texts.filter(kind__in=TEXTS, county=None, area=None, municipality=None)
    for row in rows.exclude(mode=Text.Mode.HIDE).order_by("language", "kind"):
        value = "\n".join(lines_of(row.kind, row.value)) if row.kind in LISTS else row.value
        if value:
            texts.setdefault(row.language, {})[row.kind] = value
    return {
        **{name: getattr(happening, name) for name in PLAIN},
        # A shelter's name goes into no page and no history.
        "place": happening.place.slug if happening.place and not happening.place.confidential else "",
        "municipality": happening.municipality.slug if happening.municipality else "",
        "texts": texts,
        TIMES: [_time_out(row) for row in happening.times.all()],
        CHANGES: [_change_out(row) for row in happening.changes.select_related("place")],
    }


def write(happening: Happening, content: Mapping[str, Any], source: str) -> int:
    """Make a happening say a content, and lay its times out anew; return how many are to come.

    In the caller's transaction. A place that is confidential or gone is written as none.

    Args:
        happening: locked by the caller.
        content: whole.
        source: whose text it is, as editors read it.
    """
    for name in PLAIN:
        setattr(happening, name, content[name])
    happening.place = _place(content["place"], happening.place)
    happening.municipality = Municipality.objects.filter(slug=content["municipality"] or None).first()
    happening.changed_at = time_source.now()
    happening.save(update_fields=[*PLAIN, *NAMED, "changed_at"])
    _write_texts(happening, content["texts"], source)
    happening.times.all().delete()
    HappeningTime.objects.bulk_create(
        HappeningTime(happening=happening, **_time_in(one)) for one in content[TIMES]
    )
    happening.changes.all().delete()
    HappeningChange.objects.bulk_create(
        HappeningChange(happening=happening, **_change_in(one)) for one in content[CHANGES]
    )
    return lay_out(happening)


def usable_places() -> Any:  # noqa: ANN401 - a queryset of places
    """Return the places that a happening may be at: published ones with a page, never a confidential one."""
    kinds = (Place.Kind.MEETING_PLACE, Place.Kind.OFFICE)
    return Place.objects.filter(state=Place.State.PUBLISHED, confidential=False, kind__in=kinds)


def _place(slug: str, present: Place | None) -> Place | None:
    """Return the place of a slug; the present one also when no other happening could choose it any more."""
    if present is not None and present.slug == slug and not present.confidential:
        return present
    return usable_places().filter(slug=slug).first() if slug else None


def slots_for(content: Mapping[str, Any]) -> list[Slot]:
    """Return the times that a content would be laid out to, off in its municipality's school breaks."""
    patterns = [
        Pattern(**{**_time_in(one), "every": Every(one["every"])})  # a pattern has the fields of a row
        for one in content[TIMES]
    ]
    changes = {}
    for one in map(_change_in, content[CHANGES]):
        changes[one["day"]] = Change(one["kind"], one["new_day"], one["starts"], one["ends"])
    place = _place(content["place"], None)
    where = place.municipality if place else Municipality.objects.filter(slug=content["municipality"]).first()
    breaks = local_days(path_of_municipality(where)).breaks if where else ()
    return slots_of(patterns, changes, breaks)


def _write_texts(happening: Happening, texts: Mapping[str, Mapping[str, str]], source: str) -> None:
    """Write the own texts; those of layers and of other kinds stay."""
    own = happening.texts.filter(county=None, area=None, municipality=None)
    there = {(row.language, row.kind): row for row in own.filter(kind__in=TEXTS)}
    languages = sorted({*texts, *(language for language, _kind in there)})
    for kind in TEXTS:
        changed = set()
        for language in languages:
            value = _stored(kind, texts.get(language, {}).get(kind, ""))
            row = there.get((language, kind))
            if value == (row.value if row else ""):
                continue
            changed.add(language)
            if value:
                _write_text(row or Text(happening=happening, kind=kind, language=language), value, source)
            elif row:
                row.delete()
        if "fi" in changed:
            # What was translated from another Finnish text is to be looked at.
            others = own.filter(kind=kind).exclude(language__in=[*changed, "fi"])
            others.update(translation_state=Text.TranslationState.CHECK)


def _write_text(row: Text, value: str, source: str) -> None:
    states = Text.TranslationState
    row.value, row.source, row.mode = value, source, Text.Mode.REPLACE
    row.translation_state = states.ORIGINAL if row.language == "fi" else states.TRANSLATED
    row.save()


def _stored(kind: str, typed: str) -> str:
    if kind not in LISTS or not typed:
        return typed
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    return json.dumps(lines, ensure_ascii=False)


def _time_out(row: HappeningTime) -> dict[str, Any]:
    return {
        "every": row.every,
        "first": row.first.isoformat(),
        "last": row.last.isoformat() if row.last else "",
        "starts": f"{row.starts:%H:%M}",
        "ends": f"{row.ends:%H:%M}",
        "on_holidays": row.on_holidays,
        "in_school_breaks": row.in_school_breaks,
    }


def _time_in(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "first": date.fromisoformat(one["first"]),
        "last": date.fromisoformat(one["last"]) if one["last"] else None,
        "starts": time.fromisoformat(one["starts"]),
        "ends": time.fromisoformat(one["ends"]),
    }


def _change_out(row: HappeningChange) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "kind": row.kind,
        "new_day": row.new_day.isoformat() if row.new_day else "",
        "starts": f"{row.starts:%H:%M}" if row.starts else "",
        "ends": f"{row.ends:%H:%M}" if row.ends else "",
        "place": row.place.slug if row.place else "",
        "note": row.note,
    }


def _change_in(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "day": date.fromisoformat(one["day"]),
        "kind": one["kind"],
        "new_day": date.fromisoformat(one["new_day"]) if one["new_day"] else None,
        "starts": time.fromisoformat(one["starts"]) if one["starts"] else None,
        "ends": time.fromisoformat(one["ends"]) if one["ends"] else None,
        "place": _place(one["place"], None),
        "note": one["note"],
    }
