"""Sections of a county pack: whom to ask (`listing_contacts.csv`) and self-help (`self_help.yaml`)."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.core.languages import BY_CODE
from turvaverkko.directory.models import Term
from turvaverkko.directory.staying.models import ListingContact, SelfHelpLink
from turvaverkko.notices.api import Address, BadAddress
from turvaverkko.organisation.api import (
    DAY,
    SLUG,
    TRANSLATED,
    Applying,
    Entry,
    Pack,
    Section,
    entry_schema,
    lookups,
    register_names,
    register_section,
)

SITUATION: Final = "situation"
SELF_HELP: Final = "self-help"
CONTACTS_FILE: Final = "listing_contacts.csv"
SELF_HELP_FILE: Final = "self_help.yaml"
MAIL = {"type": "string", "minLength": 3, "maxLength": 254}
CONTACT = entry_schema(
    ["organisation", "email"],
    organisation=SLUG,
    email=MAIL,
    language={"type": "string", "enum": [code for code, one in BY_CODE.items() if one.published]},
)
URL = {
    "type": "string",
    "pattern": "^https://[^\\s]+$",
    "maxLength": 500,
    "x-advice": _("Kirjoita osoite alusta asti, esimerkiksi https://www.example.fi/."),
}
CODES = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "maxLength": 80}}
LINK = entry_schema(
    ["slug", "name", "text", "url", "situations", "languages", "checked"],
    slug=SLUG,
    name=TRANSLATED,
    text=TRANSLATED,
    url=URL,
    situations=CODES,
    languages=CODES,
    checked=DAY,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The entries of a file that is in the pack."""

    entries: list[Entry]


def register() -> None:
    """Add the sections; called once, when the app is ready."""
    register_names(SELF_HELP, label=_("itsehoidon linkki"), where=SELF_HELP_FILE, elsewhere=_other_links)
    register_section(Section("listing-contacts", "county", 240, read_contacts, apply_contacts))
    register_section(Section("self-help", "county", 250, read_links, apply_links))


def _other_links(county: str) -> list[str]:
    return list(SelfHelpLink.objects.exclude(county__code=county).values_list("slug", flat=True))


def read_contacts(pack: Pack) -> Rows | None:
    """Read whom to ask; None when the pack has no such file."""
    entries = pack.csv_rows(CONTACTS_FILE, CONTACT, needed=False)
    if not (pack.root / CONTACTS_FILE).is_file():
        return None
    seen: dict[str, Entry] = {}
    for entry in entries:
        pack.refer(entry, "organisation", "organisation")
        first = seen.setdefault(entry["organisation"], entry)
        if first is not entry:
            text = gettext("Organisaatiolla on jo osoite (%(place)s). Poista toinen rivi.")
            pack.fault(entry, "organisation", text % {"place": first.place})
        try:
            Address(entry["email"])
        except BadAddress:
            pack.fault(entry, "email", gettext("Osoitteeseen ei voi lähettää. Tarkista se."))
    return Rows(entries)


def apply_contacts(rows: Rows | None, applying: Applying) -> None:
    """Write whom to ask; an organisation that left the file is asked no more."""
    if rows is None:
        return
    organisations = lookups.organisations(applying.county)
    applying.sync(
        "listing-contacts",
        ListingContact,
        {
            organisations[entry["organisation"]].pk: {
                "organisation": organisations[entry["organisation"]],
                "email": entry["email"],
                "language": entry.get("language", "fi"),
            }
            for entry in rows.entries
        },
        stored=ListingContact.objects.filter(organisation__county=applying.county),
        key=lambda row: row.organisation_id,
        end=lambda _row: None,
    )


def read_links(pack: Pack) -> Rows | None:
    """Read the links of self-help; None when the pack has no such file."""
    entries = pack.yaml_entries(SELF_HELP_FILE, LINK, needed=False)
    if not (pack.root / SELF_HELP_FILE).is_file():
        return None
    for entry in entries:
        pack.declare(SELF_HELP, entry)
        pack.refer(entry, "situations", SITUATION)
    return Rows(entries)


def apply_links(rows: Rows | None, applying: Applying) -> None:
    """Write the links; one that left the file is archived."""
    if rows is None:
        return
    made = applying.sync(
        "self-help",
        SelfHelpLink,
        {entry.slug: _link(entry, order, applying) for order, entry in enumerate(rows.entries)},
        stored=SelfHelpLink.objects.filter(county=applying.county),
        key=lambda row: row.slug,
        end=lambda _row: {"archived": True},
    )
    terms = Term.objects.filter(vocabulary__code=SITUATION)
    keys = dict(terms.values_list("code", "pk"))
    for entry in rows.entries:
        made[entry.slug].situations.set([keys[code] for code in entry["situations"]])


def _link(entry: Entry, order: int, applying: Applying) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "county": applying.county,
        "name": entry["name"],
        "text": entry["text"],
        "url": entry["url"],
        "languages": entry["languages"],
        "order": order,
        "checked_on": entry.day("checked"),
        "archived": False,
    }
