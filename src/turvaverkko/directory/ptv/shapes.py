"""What the catalogue says, as values: the hinge between its JSON, our tables and its JSON again. Pure.

Everything is a sorted tuple or a plain value, so two documents that say the same are equal. A word that is
missing in the source is "", a list that is missing is empty: the source does not tell the two apart either.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

ORGANISATION: Final = "organisation"
DESCRIPTION: Final = "general-description"
CHANNEL: Final = "channel"
SERVICE: Final = "service"

# (language, text), sorted.
Words = tuple[tuple[str, str], ...]
# (kind of our texts, language, text), sorted.
Texts = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Contact:
    """A number, an address of mail or of the web, a file.

    Attributes:
        kind: phone, sms, fax, email, web, attachment, form, statement.
        value: the number without its prefix, or the address.
        label: what it is called; of a number whom it reaches.
        note: what calling costs; what is in a file.
        form: of a file its type.
        service_number: a Finnish service number, dialled without a prefix; None: not told.
    """

    kind: str
    language: str
    value: str
    label: str = ""
    note: str = ""
    prefix: str = ""
    charge: str = ""
    form: str = ""
    service_number: bool | None = None


@dataclass(frozen=True, slots=True, order=True)
class Entrance:
    """An entrance of a place with its sentences of accessibility in groups."""

    name: Words = ()
    is_main: bool = False
    northing: str = ""
    easting: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    groups: tuple[tuple[Words, tuple[Words, ...]], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An address. `role` and `form` are the source's "type" and "subType".

    Attributes:
        easting: metres of EPSG:3067 as text; "" when missing or refused.
        state: what the source says of its coordinates.
    """

    role: str
    form: str
    street: Words = ()
    number: str = ""
    postal_code: str = ""
    post_office: Words = ()
    municipality: str = ""
    more: Words = ()
    box: Words = ()
    abroad: Words = ()
    receiver: Words = ()
    northing: str = ""
    easting: str = ""
    state: str = ""
    country: str = ""
    entrances: tuple[Entrance, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One opening: from a weekday (0 = Monday; -1 = none is named) to a weekday, and its times."""

    first: int
    last: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Hours:
    """One entry of hours: the source's type, how long it holds, what it says besides times."""

    type: str
    valid_from: date | None = None
    valid_to: date | None = None
    closed: bool = False
    always: bool = False
    reservation: bool = False
    note: Words = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A part of the country: its type, its code ("" for single municipalities) and its municipalities."""

    type: str
    code: str = ""
    municipalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Law:
    """A law behind a service."""

    names: Words = ()
    pages: tuple[tuple[str, str, str], ...] = ()  # (language, address, name)


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """What an organisation does for a service."""

    organisation: str
    role: str
    provision: str = ""
    note: Words = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """That a service is reached through a channel, with the connection's own facts and stamp."""

    channel: str
    charge: str = ""
    texts: Texts = ()
    hours: tuple[Hours, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the catalogue."""

    id: str
    type: str = ""
    parent: str = ""
    business_code: str = ""
    oid: str = ""
    municipality: str = ""
    names: Texts = ()
    display: Words = ()
    texts: Texts = ()
    area_type: str = ""
    areas: tuple[Area, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """A general description (pohjakuvaus) as the interface gives it."""

    id: str
    kind: str = ""
    type: str = ""
    charge: str = ""
    texts: Texts = ()
    terms: tuple[tuple[str, str], ...] = ()
    laws: tuple[Law, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of one of the five types."""

    id: str
    type: str
    organisation: str = ""
    oid: str = ""
    texts: Texts = ()
    display: Words = ()
    languages: tuple[str, ...] = ()
    area_type: str = ""
    areas: tuple[Area, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()
    hours: tuple[Hours, ...] = ()
    signatures: int | None = None
    signature: bool | None = None
    sign_in: bool | None = None
    # (language, level, WCAG level, name of the statement, its address)
    accessibility: tuple[tuple[str, str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service. `terms`: (vocabulary, code)."""

    id: str
    base: str = ""
    kind: str = ""
    sub_type: str = ""
    funding: str = ""
    charge: str = ""
    texts: Texts = ()
    languages: tuple[str, ...] = ()
    area_type: str = ""
    areas: tuple[Area, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    laws: tuple[Law, ...] = ()
    vouchers_in_use: bool | None = None
    vouchers: tuple[tuple[str, str, str, str], ...] = ()  # (language, name, address, more)
    roles: tuple[Role, ...] = ()
    connections: tuple[Connection, ...] = ()


Item = Organisation | Description | Channel | Service


@dataclass(frozen=True, slots=True)
class Told:
    """What was odd in a document: the code of what, and the field."""

    code: str
    field: str


@dataclass(slots=True)
class Reading:
    """A document as values, with what was odd in it and the labels of terms we may not know.

    Attributes:
        item: the values.
        changed: the source's stamp of the document.
        told: what was left out or mended.
        labels: (vocabulary, code) → (address, words).
    """

    item: Item
    changed: str = ""
    told: list[Told] = field(default_factory=list)
    labels: dict[tuple[str, str], tuple[str, Words]] = field(default_factory=dict)


class Refused(ValueError):
    """A document that cannot be taken at all; what we hold of it stays as it is."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code}: {field}" if field else code)
        self.code = code
        self.field = field


def fingerprint(item: Item) -> str:
    """Return the SHA-256 of what a document says; the order of its lists does not matter."""
    return hashlib.sha256(repr(item).encode()).hexdigest()


def words(by_language: Mapping[str, str]) -> Words:
    """Return texts by language as a sorted tuple, empty ones left out."""
    return tuple(sorted((language, text) for language, text in by_language.items() if text))
