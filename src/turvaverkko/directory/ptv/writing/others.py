"""Organisations and general descriptions into our rows. They are few, so each is a row in the usual way."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from turvaverkko.core.ids import slugify_fi
from turvaverkko.directory.models import Address, Contact, GeneralDescription, Text
from turvaverkko.directory.ptv.models import SourceRecord
from turvaverkko.directory.ptv.shapes import ORGANISATION, Description, Organisation
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import facts
from turvaverkko.directory.ptv.writing.bulk import insert
from turvaverkko.directory.ptv.writing.children import Children
from turvaverkko.organisation.api import Organisation as OrganisationRow

KINDS: Final = {
    "Municipality": OrganisationRow.Kind.MUNICIPALITY,
    "State": OrganisationRow.Kind.STATE,
    "Company": OrganisationRow.Kind.COMPANY,
    "SotePrivate": OrganisationRow.Kind.COMPANY,
    "Organization": OrganisationRow.Kind.NGO,
    "Region": OrganisationRow.Kind.COUNTY,
    "SotePublic": OrganisationRow.Kind.HEALTH,
    "RegionalOrganization": OrganisationRow.Kind.STATE,
}
# Languages of the columns of `Organisation`.
NAMED: Final = ("fi", "sv", "en")
CHARGES: Final = {"Chargeable": "Charged", "FreeOfCharge": "Free"}


def write_organisations(items: Sequence[Organisation], world: World) -> dict[str, int]:
    """Write organisations; return their keys by the source's ids.

    One that stands here with the same business code is the same: it keeps what is said of it here.
    """
    keys = {}
    for item in _from_the_top(items):
        row = _row(item, world)
        keys[item.id] = world.organisations[item.id] = row.pk
        if row.municipality_id is not None:
            world.homes[row.pk] = row.municipality_id
        SourceRecord.objects.filter(kind=ORGANISATION, external_id=item.id).update(
            organisation=row, facts=_facts(item, row)
        )
    below = list(keys.values())
    Contact.objects.filter(organisation__in=below).delete()
    Address.objects.filter(organisation__in=below).delete()
    children = Children("organisation")
    for item in items:
        children.add_contacts(keys[item.id], item.contacts)
        children.add_addresses(keys[item.id], item.addresses)
    insert_contacts(children)
    return keys


def _from_the_top(items: Sequence[Organisation]) -> Iterator[Organisation]:
    """Organisations, each after the one above it."""
    left = {item.id: item for item in items}
    while left:
        ready = [item for item in left.values() if item.parent not in left or item.parent == item.id]
        # A tree that goes round in a circle has no top: then any is as good.
        for item in ready or list(left.values()):
            yield left.pop(item.id)


def insert_contacts(children: Children) -> None:
    """Insert contacts and addresses only: an organisation has neither texts nor hours of the directory."""
    children.texts, children.hours = [], []
    children.write()


def slug_for(item: Organisation) -> str:
    """Return the address of an organisation that is new here."""
    name = next(iter(_names(item).values()))
    return f"{slugify_fi(name, max_length=70)}-{item.id[:8]}".strip("-")


def _names(item: Organisation) -> dict[str, str]:
    names = {language: text for kind, language, text in item.names if kind == "name"}
    return names or {language: text for _kind, language, text in item.names}


def _row(item: Organisation, world: World) -> OrganisationRow:
    known = world.organisations.get(item.id)
    row = OrganisationRow.objects.filter(pk=known).first() if known else _same(item)
    row = row or OrganisationRow.objects.filter(slug=slug_for(item)).first()
    if row is None:
        row = OrganisationRow(slug=slug_for(item), kind=KINDS.get(item.type, OrganisationRow.Kind.NGO))
    elif not is_ours_to_write(row, item):
        return row
    names = _names(item)
    row.name_fi = (names.get("fi") or next(iter(names.values())))[:200]
    row.name_sv, row.name_en = names.get("sv", "")[:200], names.get("en", "")[:200]
    row.business_code = item.business_code
    row.municipality_id = world.municipalities.get(item.municipality)
    row.parent_id = world.organisations.get(item.parent)
    row.save()
    return row


def _same(item: Organisation) -> OrganisationRow | None:
    """The organisation of the same business code, when it is one; departments share the code of the whole."""
    if not item.business_code or item.parent:
        return None
    found = OrganisationRow.objects.filter(business_code=item.business_code, parent=None)[:2]
    return found[0] if len(found) == 1 else None


def is_ours_to_write(row: OrganisationRow, item: Organisation) -> bool:
    """Tell whether an organisation was made by the import; what a pack or an editor says of one stands."""
    return row.slug == slug_for(item) or row.slug.endswith(f"-{item.id[:8]}")


def _facts(item: Organisation, row: OrganisationRow) -> dict[str, object]:
    made = facts.of_organisation(item)
    if not is_ours_to_write(row, item):
        extra = {
            "names": item.names,
            "business_code": item.business_code,
            "municipality": item.municipality,
            "parent": item.parent,
        }
        return made | {name: value for name, value in extra.items() if value}
    plain = tuple(one for one in item.names if one[0] == "name" and one[1] in NAMED)
    if item.names != plain or not any(language == "fi" for _kind, language, _text in plain):
        made["names"] = item.names
    if item.municipality and row.municipality_id is None:
        made["municipality"] = item.municipality
    if item.parent and row.parent_id is None:
        made["parent"] = item.parent
    return made


def write_descriptions(items: Iterable[Description], world: World) -> dict[str, int]:
    """Write general descriptions; return their keys by the source's ids."""
    keys = {}
    children = Children("general_description")
    for item in items:
        row, _is_new = GeneralDescription.objects.update_or_create(
            source_id=UUID(item.id),
            defaults={
                "service_type": item.kind or "Service",
                "charge_type": CHARGES.get(item.charge, ""),
                "laws": facts.of_laws(item.laws),
            },
        )
        keys[item.id] = row.pk
        row.terms.set([world.terms[term] for term in item.terms])
        Text.objects.filter(general_description=row, county=None, area=None, municipality=None).delete()
        children.add_texts(row.pk, item.texts)
        SourceRecord.objects.filter(kind=SourceRecord.Kind.DESCRIPTION, external_id=item.id).update(
            description=row, facts={"type": item.type} if item.type else {}
        )
    insert(
        Text,
        ("general_description_id", "kind", "language", "value", "translation_state", "source"),
        children.texts,
    )
    return keys
