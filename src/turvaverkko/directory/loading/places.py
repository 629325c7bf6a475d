"""Section of a county pack: `places/*.yaml`, the meeting places and offices."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from turvaverkko.directory.coordinates import OutsideFinland, to_wgs84
from turvaverkko.directory.loading import hours, names
from turvaverkko.directory.loading.geography import Ground, source_of
from turvaverkko.directory.loading.schemas import PLACE
from turvaverkko.directory.loading.services import KINDS, by_language, check_ages, check_hours
from turvaverkko.directory.loading.writing import (
    Children,
    Listed,
    replace_texts,
    sync_listings,
)
from turvaverkko.directory.models import HoursRow, MeetingPlace, Place, PlaceOperator
from turvaverkko.organisation.api import Applying, Entry, Pack


def read(pack: Pack) -> Listed | None:
    """Read the places; None when the pack has no such files."""
    found = pack.yaml_entries("places/*.yaml", PLACE, needed=False)
    if not any(pack.root.glob("places/*.yaml")):
        return None
    entries = [entry for entry in found if pack.declare(names.PLACE, entry)]
    for entry in entries:
        pack.refer(entry, "organisations", names.ORGANISATION)
        pack.refer(entry, "municipality", names.MUNICIPALITY)
        pack.refer(entry, "family_centre", names.FAMILY_CENTRE)
        check_ages(pack, entry)
        check_hours(pack, entry, "hours", entry.get("hours", ()))
        _check_position(pack, entry)
    return Listed(source_of(pack), entries)


def _check_position(pack: Pack, entry: Entry) -> None:
    try:
        _position(entry)
    except OutsideFinland:
        text = gettext("Koordinaatit eivät ole Suomessa. Anna metrit järjestelmässä EPSG:3067.")
        pack.fault(entry, "easting", text)


def _position(entry: Entry) -> dict[str, float | None]:
    easting, northing = entry.get("easting"), entry.get("northing")
    if easting is None or northing is None:
        return {"easting": None, "northing": None, "latitude": None, "longitude": None}
    found = to_wgs84(easting, northing)
    return {
        "easting": easting,
        "northing": northing,
        "latitude": found.latitude,
        "longitude": found.longitude,
    }


def apply(places: Listed | None, applying: Applying) -> None:
    """Write the places and everything below them."""
    if places is None:
        return
    ground = Ground.of(applying)
    stored = list(Place.objects.filter(source=places.source).exclude(kind=Place.Kind.ADDRESS))
    values = {entry.slug: _values(entry, ground) for entry in places.entries}
    changed = sync_listings(applying, "places", Place, places, stored=stored, values=values)
    _write_below(changed, places.source, ground)


def _values(entry: Entry, ground: Ground) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "kind": entry["kind"],
        "municipality_id": ground.municipalities[entry["municipality"]],
        "street": entry.get("street", ""),
        "postal_code": entry.get("postal_code", ""),
        "phone": entry.get("phone", ""),
        "confidential": entry.get("confidential", False),
        "confirmed_on": entry.day("confirmed"),
        **_position(entry),
    }


def _write_below(changed: Sequence[tuple[Entry, Place]], source: str, ground: Ground) -> None:
    rows = [place for _, place in changed]
    PlaceOperator.objects.filter(place__in=rows).delete()
    HoursRow.objects.filter(place__in=rows).delete()
    MeetingPlace.objects.filter(place__in=rows).delete()
    children = Children(source)
    for entry, place in changed:
        _collect(children, entry, place, ground)
    replace_texts("place", rows, children.texts)
    children.write()


def _collect(children: Children, entry: Entry, place: Place, ground: Ground) -> None:
    owner = {"place": place}
    for field, kind in KINDS.items():
        children.add_texts(owner, kind, by_language(entry, field))
    children.add_texts(owner, "accessibility", entry.get("accessibility", {}))
    children.add_texts(owner, "transport", entry.get("transport", {}))
    children.add_hours(owner, hours.rules(entry.get("hours", ())))
    for order, slug in enumerate(entry["organisations"]):
        children.add(PlaceOperator(place=place, organisation_id=ground.organisations[slug], order=order))
    if entry["kind"] == Place.Kind.MEETING_PLACE:
        low, high = entry.get("ages", (None, None))
        children.add(
            MeetingPlace(
                place=place,
                family_centre_id=ground.family_centres.get(entry.get("family_centre", "")),
                min_age=low,
                max_age=high,
                charge=entry.get("charge", "free"),
                languages=entry.get("languages", []),
                criteria_met=entry.get("criteria_met"),
            )
        )
