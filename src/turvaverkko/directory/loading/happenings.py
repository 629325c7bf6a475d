"""Section of a county pack: `happenings/*.yaml`, what goes on at places and online."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.loading import happening_times, names
from turvaverkko.directory.loading.geography import Ground, source_of
from turvaverkko.directory.loading.happening_schema import HAPPENING
from turvaverkko.directory.loading.services import KINDS, by_language, check_ages
from turvaverkko.directory.loading.writing import Children, Listed, replace_texts, sync_listings
from turvaverkko.directory.models import Happening, HappeningChange, HappeningTime, Place, Term
from turvaverkko.organisation.api import Applying, Entry, Pack


def read(pack: Pack) -> Listed | None:
    """Read the happenings; None when the pack has no such files."""
    found = pack.yaml_entries("happenings/*.yaml", HAPPENING, needed=False)
    if not any(pack.root.glob("happenings/*.yaml")):
        return None
    entries = [entry for entry in found if pack.declare(names.HAPPENING, entry)]
    for entry in entries:
        _refer(pack, entry)
        check_ages(pack, entry)
        _check_kind(pack, entry)
        for at, text in happening_times.faults(entry["times"], entry.get("changes", ())):
            pack.fault(entry, at, text)
    return Listed(source_of(pack), entries)


def _refer(pack: Pack, entry: Entry) -> None:
    pack.refer(entry, "organisation", names.ORGANISATION)
    pack.refer(entry, "place", names.PLACE)
    pack.refer(entry, "municipality", names.MUNICIPALITY)
    pack.refer(entry, "situations", names.SITUATION)
    pack.refer(entry, "successor", names.HAPPENING)
    for number, change in enumerate(entry.get("changes", ()), start=1):
        if "place" in change:
            pack.refer(entry, f"changes.{number}.place", names.PLACE, names=change["place"])


def _check_kind(pack: Pack, entry: Entry) -> None:
    is_visit = entry["kind"] == Happening.Kind.OUTREACH
    if is_visit and not entry.get("specialty"):
        pack.fault(entry, "specialty", gettext("Kerro, minkä alan ammattilainen tulee paikalle."))
    if entry.get("specialty") and not is_visit:
        text = gettext("Ammattilaisen ala kerrotaan vain jalkautumisesta (kind: outreach).")
        pack.fault(entry, "specialty", text)
    if entry.get("successor") == entry.slug:
        pack.fault(entry, "successor", gettext("Seuraaja ei voi olla tapahtuma itse."))


def apply(happenings: Listed | None, applying: Applying) -> None:
    """Write the happenings, everything below them, and each of their times."""
    if happenings is None:
        return
    ground = Ground.of(applying)
    source = happenings.source
    stored = list(Happening.objects.filter(source=source))
    places = dict(Place.objects.values_list("slug", "pk"))
    values = {entry.slug: _values(entry, ground, places) for entry in happenings.entries}
    changed = sync_listings(applying, "happenings", Happening, happenings, stored=stored, values=values)
    _write_below(changed, source, places)
    _name_successors(changed)
    for _entry, happening in changed:
        lay_out(happening)
    applying.progress("occurrences")


def _values(entry: Entry, ground: Ground, places: Mapping[str, int]) -> dict[str, Any]:
    low, high = entry.get("ages", (None, None))
    return {
        "slug": entry.slug,
        "kind": entry["kind"],
        "organisation_id": ground.organisations[entry["organisation"]],
        "place_id": places.get(entry.get("place", "")),
        "municipality_id": ground.municipalities.get(entry.get("municipality", "")),
        "specialty": entry.get("specialty", ""),
        "min_age": low,
        "max_age": high,
        "charge": entry.get("charge", Happening.Charge.UNKNOWN),
        "languages": entry.get("languages", []),
        "sign_up": entry.get("sign_up", Happening.SignUp.NONE),
        **{field: entry.get(field, "") for field in ("online_url", "sign_up_url", "phone", "email", "url")},
        "confirmed_on": entry.day("confirmed"),
    }


def _write_below(changed: Sequence[tuple[Entry, Happening]], source: str, places: Mapping[str, int]) -> None:
    situations = dict(Term.objects.filter(vocabulary__code=names.SITUATION).values_list("code", "pk"))
    link = Happening.terms.through
    rows = [happening for _, happening in changed]
    for model in (HappeningTime, HappeningChange, link):
        model._default_manager.filter(happening__in=rows).delete()  # noqa: SLF001 - Django's public name
    children = Children(source)
    for entry, happening in changed:
        owner = {"happening": happening}
        for field, kind in KINDS.items():
            children.add_texts(owner, kind, by_language(entry, field))
        children.add_texts(owner, "keywords", entry.get("keywords", {}))
        children.add_texts(owner, "accessibility", entry.get("accessibility", {}))
        children.add(
            *(
                link(happening_id=happening.pk, term_id=situations[slug])
                for slug in entry.get("situations", ())
            )
        )
        _add_times(children, entry, happening, places)
    replace_texts("happening", rows, children.texts)
    children.write()


def _add_times(children: Children, entry: Entry, happening: Happening, places: Mapping[str, int]) -> None:
    for pattern in happening_times.patterns(entry["times"]):
        children.add(
            HappeningTime(
                happening=happening,
                every=pattern.every,
                first=pattern.first,
                last=pattern.last,
                starts=pattern.starts,
                ends=pattern.ends,
                on_holidays=pattern.on_holidays,
                in_school_breaks=pattern.in_school_breaks,
            )
        )
    for written in entry.get("changes", ()):
        change = happening_times.change_of(written)
        children.add(
            HappeningChange(
                happening=happening,
                day=written["day"],
                kind=change.kind,
                new_day=change.new_day,
                starts=change.starts,
                ends=change.ends,
                place_id=places.get(written.get("place", "")),
                note=written.get("note", {}),
            )
        )


def _name_successors(changed: Sequence[tuple[Entry, Happening]]) -> None:
    known = dict(Happening.objects.values_list("slug", "pk"))
    for entry, happening in changed:
        successor = known.get(entry.get("successor", ""))
        if happening.successor_id != successor:
            Happening.objects.filter(pk=happening.pk).update(successor=successor)
