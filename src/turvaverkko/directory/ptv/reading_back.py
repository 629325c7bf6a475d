"""Our rows as values again: what an export gives out, and what an editor has changed since the import wrote.

Every reader takes many keys and makes a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from turvaverkko.directory import models
from turvaverkko.directory.ptv.mapping.hours import HoursLine, entries
from turvaverkko.directory.ptv.models import SourceRecord
from turvaverkko.directory.ptv.shapes import (
    Address,
    Area,
    Channel,
    Connection,
    Contact,
    Description,
    Hours,
    Organisation,
    Role,
    Service,
    Texts,
)
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import facts
from turvaverkko.directory.ptv.writing.children import ADDRESS, CONTACT, HOURS
from turvaverkko.directory.ptv.writing.others import NAMED
from turvaverkko.directory.ptv.writing.services import CHARGES, coverage

_CHARGE_WORDS: Final = {ours: theirs for theirs, ours in CHARGES.items()}
_DESCRIPTION_CHARGES: Final = {"Charged": "Chargeable", "Free": "FreeOfCharge"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Below:
    """The rows below owners of one kind, by the owner's key."""

    texts: Mapping[int, Texts]
    hours: Mapping[int, tuple[Hours, ...]]
    contacts: Mapping[int, tuple[Contact, ...]]
    addresses: Mapping[int, tuple[Address, ...]]

    @classmethod
    def read(cls, owner: str, pks: Sequence[int]) -> "Below":
        """Read what stands below owners. Four queries at most."""
        has_texts = owner != "organisation"
        return cls(
            _texts(owner, pks) if has_texts else {},
            _hours(owner, pks) if owner in {"channel", "connection"} else {},
            _contacts(owner, pks),
            _addresses(owner, pks),
        )


def services(pks: Sequence[int], world: World) -> dict[str, Service]:
    """Return services by the source's ids. Twelve queries."""
    rows = list(
        models.Service.objects.filter(pk__in=pks).values("pk", "source_id", "charge", "languages", "facts")
    )
    bases = dict(models.Service.objects.filter(pk__in=pks).values_list("pk", "base__source_id"))
    texts = _texts("service", pks)
    terms = _grouped(
        models.Service.terms.through.objects.filter(service__in=pks).values_list(
            "service_id", "term__vocabulary__code", "term__code"
        )
    )
    roles = _grouped(
        models.ServiceRole.objects.filter(service__in=pks).values_list(
            "service_id", "organisation_source_id", "role", "provision", "note"
        )
    )
    covers = _grouped(
        models.ServiceCoverage.objects.filter(service__in=pks).values_list(
            "service_id", "county_id", "municipality_id"
        )
    )
    connections = _connections(pks)
    codes = {pk: code for code, pk in world.municipalities.items()}
    made = {}
    for row in rows:
        pk, said = row["pk"], row["facts"]
        vocabularies = {vocabulary for vocabulary, _code in world.terms}
        item = Service(
            id=row["source_id"],
            base=str(bases.get(pk) or said.get("base", "")),
            kind=said.get("kind", ""),
            sub_type=said.get("sub_type", ""),
            funding=said.get("funding", ""),
            charge=_charge(row["charge"], said),
            texts=texts.get(pk, ()),
            languages=tuple(sorted(row["languages"])),
            area_type=said.get("area_type", ""),
            areas=facts.areas(said.get("areas", [])),
            terms=tuple(sorted(one for one in terms.get(pk, ()) if one[0] in vocabularies)),
            laws=facts.laws(said.get("laws", [])),
            vouchers_in_use=said.get("vouchers_in_use"),
            vouchers=facts.tuples(said.get("vouchers", [])),
            roles=tuple(
                sorted(
                    Role(name, role, how, facts.words(note)) for name, role, how, note in roles.get(pk, ())
                )
            ),
            connections=connections.get(pk, ()),
        )
        made[item.id] = _as_covered(item, sorted(covers.get(pk, ()), key=str), world, codes)
    return made


def channels(pks: Sequence[int]) -> dict[str, Channel]:
    """Return channels by the source's ids. Six queries."""
    below = Below.read("channel", pks)
    rows = models.Channel.objects.filter(pk__in=pks).values(
        "pk", "source_id", "type", "organisation_id", "languages", "facts"
    )
    owners = _organisation_ids()
    made = {}
    for row in rows:
        pk, said = row["pk"], row["facts"]
        made[row["source_id"]] = Channel(
            id=row["source_id"],
            type=row["type"],
            organisation=said.get("organisation") or owners.get(row["organisation_id"], ""),
            oid=said.get("oid", ""),
            texts=below.texts.get(pk, ()),
            display=facts.words(said.get("display", {})),
            languages=tuple(sorted(row["languages"])),
            area_type=said.get("area_type", ""),
            areas=facts.areas(said.get("areas", [])),
            contacts=below.contacts.get(pk, ()),
            addresses=below.addresses.get(pk, ()),
            hours=below.hours.get(pk, ()),
            signatures=said.get("signatures"),
            signature=said.get("signature"),
            sign_in=said.get("sign_in"),
            accessibility=facts.tuples(said.get("accessibility", [])),
        )
    return made


def organisations(ids: Iterable[str]) -> dict[str, Organisation]:
    """Return organisations by the source's ids. Three queries."""
    records = list(
        SourceRecord.objects.filter(
            kind=SourceRecord.Kind.ORGANISATION, external_id__in=list(ids), organisation__isnull=False
        ).select_related("organisation__municipality")
    )
    below = Below.read("organisation", [record.organisation_id or 0 for record in records])
    owners = _organisation_ids()
    return {record.external_id: _organisation(record, below, owners) for record in records}


def _organisation(record: SourceRecord, below: Below, owners: Mapping[int, str]) -> Organisation:
    row, said = record.organisation, record.facts
    if row is None:
        raise LookupError(record.external_id)
    columns = tuple(("name", code, name) for code in NAMED if (name := getattr(row, f"name_{code}")))
    place = row.municipality.code if row.municipality else ""
    return Organisation(
        id=record.external_id,
        type=said.get("type", ""),
        parent=said.get("parent") or owners.get(row.parent_id or 0, ""),
        business_code=said.get("business_code") or row.business_code,
        oid=said.get("oid", ""),
        municipality=said.get("municipality") or place,
        names=facts.tuples(said["names"]) if "names" in said else tuple(sorted(columns)),
        display=facts.words(said.get("display", {})),
        texts=facts.tuples(said.get("texts", [])),
        area_type=said.get("area_type", ""),
        areas=facts.areas(said.get("areas", [])),
        contacts=below.contacts.get(row.pk, ()),
        addresses=below.addresses.get(row.pk, ()),
    )


def descriptions(ids: Iterable[str]) -> dict[str, Description]:
    """Return general descriptions by the source's ids. Four queries."""
    rows = list(models.GeneralDescription.objects.filter(source_id__in=list(ids)))
    pks = [row.pk for row in rows]
    kinds = dict(
        SourceRecord.objects.filter(description__in=pks).values_list("description_id", "facts__type")
    )
    texts = _texts("general_description", pks)
    terms = _grouped(
        models.GeneralDescription.terms.through.objects.filter(generaldescription__in=pks).values_list(
            "generaldescription_id", "term__vocabulary__code", "term__code"
        )
    )
    return {
        str(row.source_id): Description(
            id=str(row.source_id),
            kind=row.service_type,
            type=kinds.get(row.pk) or "",
            charge=_DESCRIPTION_CHARGES.get(row.charge_type, ""),
            texts=texts.get(row.pk, ()),
            terms=tuple(sorted(terms.get(row.pk, ()))),
            laws=facts.laws(row.laws),
        )
        for row in rows
    }


def _as_covered(
    item: Service, rows: Sequence[tuple[Any, ...]], world: World, codes: Mapping[int, str]
) -> Service:
    """The service with the areas that its coverage says, where an editor has changed that."""
    if rows == sorted(coverage(item, world), key=str):
        return item
    if any(county for county, _municipality in rows):
        areas = (Area("WellbeingServiceCounties", world.scope.county),)
    else:
        areas = (Area("Municipality", "", tuple(sorted(codes[pk] for _county, pk in rows if pk in codes))),)
    values = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return Service(**{**values, "areas": areas})


def _charge(ours: str, said: Row) -> str:
    theirs: str = said.get("charge", "")
    return theirs if CHARGES.get(theirs, "varies") == ours else _CHARGE_WORDS.get(ours, "Other")


def _connections(services_: Sequence[int]) -> dict[int, tuple[Connection, ...]]:
    rows = list(
        models.Connection.objects.filter(service__in=services_).values_list(
            "pk", "service_id", "channel__source_id", "charge", "changed_at"
        )
    )
    below = Below.read("connection", [row[0] for row in rows])
    found: dict[int, list[Connection]] = defaultdict(list)
    for pk, service, channel, charge, changed in rows:
        found[service].append(
            Connection(
                channel=channel,
                charge=charge,
                texts=below.texts.get(pk, ()),
                hours=below.hours.get(pk, ()),
                contacts=below.contacts.get(pk, ()),
                addresses=below.addresses.get(pk, ()),
                changed=changed.isoformat().replace("+00:00", "Z") if changed else "",
            )
        )
    return {service: tuple(sorted(ones, key=lambda one: one.channel)) for service, ones in found.items()}


def _texts(owner: str, pks: Sequence[int]) -> dict[int, Texts]:
    rows = models.Text.objects.filter(**{f"{owner}__in": pks}, county=None, area=None, municipality=None)
    found = _grouped(rows.values_list(f"{owner}_id", "kind", "language", "value"))
    return {pk: tuple(sorted(texts)) for pk, texts in found.items()}


def _hours(owner: str, pks: Sequence[int]) -> dict[int, tuple[Hours, ...]]:
    rows = models.HoursRow.objects.filter(**{f"{owner}__in": pks}).order_by("group", "span", "pk")
    found = _grouped(rows.values_list(f"{owner}_id", *HOURS))
    return {
        pk: entries(HoursLine(**dict(zip(HOURS, one, strict=True))) for one in ones)
        for pk, ones in found.items()
    }


def _contacts(owner: str, pks: Sequence[int]) -> dict[int, tuple[Contact, ...]]:
    found = _of_owner(models.Contact, owner, pks, CONTACT)
    return {
        pk: tuple(sorted((Contact(**dict(zip(CONTACT, one, strict=True))) for one in ones), key=repr))
        for pk, ones in found.items()
    }


def _addresses(owner: str, pks: Sequence[int]) -> dict[int, tuple[Address, ...]]:
    found = _of_owner(models.Address, owner, pks, ADDRESS)
    return {pk: tuple(sorted(_address(one) for one in ones)) for pk, ones in found.items()}


def _address(values: Sequence[Any]) -> Address:
    row: dict[str, Any] = dict(zip(ADDRESS, values, strict=True))
    row["municipality"] = row.pop("municipality_code")
    row["state"] = row.pop("coordinate_state")
    row["entrances"] = facts.entrances(row["entrances"])
    row |= {name: facts.words(value) for name, value in row.items() if isinstance(value, dict)}
    return Address(**row)


def _of_owner(
    model: type[Model], owner: str, pks: Sequence[int], fields: Sequence[str]
) -> dict[int, list[tuple[Any, ...]]]:
    rows = model._default_manager.filter(**{f"{owner}__in": pks})  # noqa: SLF001 - Django's public name
    return _grouped(rows.values_list(f"{owner}_id", *fields))


def _organisation_ids() -> dict[int, str]:
    records = SourceRecord.objects.filter(
        kind=SourceRecord.Kind.ORGANISATION, organisation__isnull=False
    ).order_by("-pk")
    return dict(records.values_list("organisation_id", "external_id"))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for pk, *rest in rows:
        found[pk].append(tuple(rest))
    return found
