"""The rows below services, channels, connections and organisations: texts, hours, contacts, addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from turvaverkko.directory.models import Address, Contact, HoursRow, Text
from turvaverkko.directory.ptv.mapping.hours import lines
from turvaverkko.directory.ptv.shapes import Address as AddressValue
from turvaverkko.directory.ptv.shapes import Contact as ContactValue
from turvaverkko.directory.ptv.shapes import Hours, Texts
from turvaverkko.directory.ptv.writing import facts
from turvaverkko.directory.ptv.writing.bulk import insert

SOURCE: Final = "ptv"
TEXT: Final = ("kind", "language", "value", "translation_state", "source")
HOURS: Final = (
    "kind",
    "form",
    "group",
    "span",
    "weekday",
    "opens",
    "closes",
    "date",
    "closed",
    "valid_from",
    "valid_to",
    "closed_on_holidays",
    "note",
)
CONTACT: Final = (
    "kind",
    "language",
    "value",
    "label",
    "note",
    "prefix",
    "charge",
    "form",
    "service_number",
)
ADDRESS: Final = (
    "role",
    "form",
    "street",
    "number",
    "postal_code",
    "post_office",
    "municipality_code",
    "more",
    "box",
    "abroad",
    "receiver",
    "northing",
    "easting",
    "coordinate_state",
    "country",
    "entrances",
)
Rows = list[Sequence[Any]]


@dataclass(slots=True)
class Children:
    """Rows below one kind of owner, collected and written at once."""

    owner: str
    texts: Rows = field(default_factory=list)
    hours: Rows = field(default_factory=list)
    contacts: Rows = field(default_factory=list)
    addresses: Rows = field(default_factory=list)

    def add_texts(self, owner: int, texts: Texts) -> None:
        """Add texts; Finnish is the original."""
        self.texts += [
            (owner, kind, language, text, "original" if language == "fi" else "translated", SOURCE)
            for kind, language, text in texts
        ]

    def add_hours(self, owner: int, hours: Sequence[Hours]) -> None:
        """Add rows of hours."""
        self.hours += [(owner, *(getattr(line, name) for name in HOURS)) for line in lines(hours)]

    def add_contacts(self, owner: int, contacts: Iterable[ContactValue]) -> None:
        """Add contacts."""
        self.contacts += [(owner, *(getattr(one, name) for name in CONTACT)) for one in contacts]

    def add_addresses(self, owner: int, addresses: Iterable[AddressValue]) -> None:
        """Add addresses."""
        self.addresses += [
            (
                owner,
                one.role,
                one.form,
                dict(one.street),
                one.number,
                one.postal_code,
                dict(one.post_office),
                one.municipality,
                dict(one.more),
                dict(one.box),
                dict(one.abroad),
                dict(one.receiver),
                one.northing,
                one.easting,
                one.state,
                one.country,
                facts.of_entrances(one),
            )
            for one in addresses
        ]

    def write(self) -> None:
        """Insert everything."""
        owner = f"{self.owner}_id"
        insert(Text, (owner, *TEXT), self.texts)
        insert(HoursRow, (owner, *HOURS), self.hours)
        insert(Contact, (owner, *CONTACT), self.contacts)
        insert(Address, (owner, *ADDRESS), self.addresses)


def clear(owner: str, pks: Sequence[int]) -> None:
    """Take away what stands below owners, except texts of layers, which are not the source's."""
    of_these = {f"{owner}__in": pks}
    if not pks:
        return
    Text.objects.filter(**of_these, county=None, area=None, municipality=None).delete()
    if owner != "service":
        HoursRow.objects.filter(**of_these).delete()
        Contact.objects.filter(**of_these).delete()
        Address.objects.filter(**of_these).delete()
