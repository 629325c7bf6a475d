"""Section of a county pack: `services/*.yaml`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext

from turvaverkko.directory.loading import channels, hours, names
from turvaverkko.directory.loading.geography import Ground, source_of
from turvaverkko.directory.loading.schemas import SERVICE
from turvaverkko.directory.loading.writing import (
    Children,
    Listed,
    replace_texts,
    sync_listings,
)
from turvaverkko.directory.models import GeneralDescription, Place, Service, ServiceCoverage, Term
from turvaverkko.organisation.api import Applying, Entry, Pack

# Field of a text in the pack -> kind of text.
KINDS: Final = {
    "name": "name",
    "summary": "summary",
    "description": "description",
    "for_whom": "for-whom",
    "requirements": "requirements",
    "instructions": "instructions",
    "steps": "steps",
    "good_to_know": "good-to-know",
    "fee": "fee",
    "first_visit": "first-visit",
}


def read(pack: Pack) -> Listed | None:
    """Read the services; None when the pack has no such files."""
    found = pack.yaml_entries("services/*.yaml", SERVICE, needed=False)
    if not any(pack.root.glob("services/*.yaml")):
        return None
    entries = [entry for entry in found if pack.declare(names.SERVICE, entry)]
    for entry in entries:
        _refer(pack, entry)
        _check(pack, entry)
    return Listed(source_of(pack), entries)


def _refer(pack: Pack, entry: Entry) -> None:
    pack.refer(entry, "organisation", names.ORGANISATION)
    pack.refer(entry, "base", names.BASE)
    pack.refer(entry, "situations", names.SITUATION)
    refer_layer(pack, entry)
    for number, channel in enumerate(entry["channels"], start=1):
        for key, kind in (("place", names.PLACE), ("municipality", names.MUNICIPALITY)):
            if key in channel:
                pack.refer(entry, f"channels.{number}.{key}", kind, names=channel[key])


def refer_layer(pack: Pack, entry: Entry) -> None:
    """Say which area or municipalities the `layer` of an entry names."""
    layer = entry["layer"]
    if isinstance(layer, list):
        pack.refer(entry, "layer", names.MUNICIPALITY)
    elif layer.startswith("area:"):
        pack.refer(entry, "layer", names.AREA, names=layer.removeprefix("area:"))


def _check(pack: Pack, entry: Entry) -> None:
    check_ages(pack, entry)
    for number, channel in enumerate(entry["channels"], start=1):
        check_hours(pack, entry, f"channels.{number}.hours", channel.get("hours", ()))


def check_ages(pack: Pack, entry: Entry) -> None:
    """Report ages in the wrong order."""
    low, high = entry.get("ages", (None, None))
    if low is not None and high is not None and low > high:
        pack.fault(entry, "ages", gettext("Nuorin ikä on suurempi kuin vanhin. Vaihda järjestys."))


def check_hours(pack: Pack, entry: Entry, at: str, written: Iterable[Mapping[str, Any]]) -> None:
    """Report hours that end before they begin without saying that they go over midnight."""
    for number, times in hours.faults(written):
        text = gettext("%(times)s päättyy ennen kuin alkaa. Korjaa ajat tai lisää over_midnight: true.")
        pack.fault(entry, f"{at}.{number}", text % {"times": times})


def apply(services: Listed | None, applying: Applying) -> None:
    """Write the services and everything below them."""
    if services is None:
        return
    ground = Ground.of(applying)
    stored = list(Service.objects.filter(source=services.source))
    bases = names.bases()
    values = {entry.slug: _values(entry, ground, bases) for entry in services.entries}
    changed = sync_listings(applying, "services", Service, services, stored=stored, values=values)
    _write_below(changed, services.source, ground)
    applying.progress("channels")


def _values(entry: Entry, ground: Ground, bases: Mapping[str, GeneralDescription]) -> dict[str, Any]:
    low, high = entry.get("ages", (None, None))
    return {
        "slug": entry.slug,
        "kind": entry["kind"],
        "level": ground.level(entry["layer"]),
        "base": bases[entry["base"]] if entry.get("base") else None,
        "organisation_id": ground.organisations[entry["organisation"]],
        "min_age": low,
        "max_age": high,
        "charge": entry["charge"],
        "for_families": entry.get("for_families", True),
        "referral_needed": entry.get("referral_needed", False),
        "interpreter": entry.get("interpreter", False),
        "ways": entry.get("ways", []),
        "languages": entry["languages"],
        "confirmed_on": entry.day("confirmed"),
    }


def _write_below(changed: Sequence[tuple[Entry, Service]], source: str, ground: Ground) -> None:
    situations = dict(Term.objects.filter(vocabulary__code=names.SITUATION).values_list("code", "pk"))
    link = Service.terms.through
    children = Children(source)
    for entry, service in changed:
        owner = {"service": service}
        for field, kind in KINDS.items():
            children.add_texts(owner, kind, by_language(entry, field))
        children.add_texts(owner, "keywords", entry.get("keywords", {}))
        children.add(*(ServiceCoverage(service=service, **where) for where in ground.places(entry["layer"])))
        children.add(*(link(service_id=service.pk, term_id=situations[slug]) for slug in entry["situations"]))
    services = [service for _, service in changed]
    link.objects.filter(service__in=services).delete()
    ServiceCoverage.objects.filter(service__in=services).delete()
    replace_texts("service", services, children.texts)
    children.write()
    places = {place.slug: place for place in Place.objects.filter(source=source)}
    channels.write(changed, source=source, places=places, municipalities=ground.municipalities)


def by_language(entry: Entry, field: str) -> dict[str, object]:
    """Return the values of a field of `text` by language."""
    return {language: text[field] for language, text in entry["text"].items() if text.get(field)}
