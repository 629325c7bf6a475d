"""Rules of the import: what is shown, what is secret, when a run asks first, what is the same thing. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from turvaverkko.directory.ptv.shapes import Area, Channel, Item, Organisation, Service, Texts, Told

# Unit: share of what stands. Source: issue 5: a run that would remove over 5 % stops and asks.
ASKS_ABOVE: Final = 0.05
# How long a run may be silent before another may take it up: a batch takes seconds, an answer two minutes.
LEASE: Final = timedelta(minutes=10)
# Changes of the source may be stamped by several machines: each poll looks back a little further.
OVERLAP: Final = timedelta(hours=2)

# Source: code lists of the catalogue: children and families, the young.
GROUPS: Final = ("KR1.2", "KR1.3")
# Services for families, for the young, early education, school social work, maternity clinics, school health.
CLASSES: Final = ("P3", "P28", "P4.6", "P4.9", "P5.2", "P5.7", "P5.9", "P6.1", "P6.2")
# Having a child, divorce.
EVENTS: Final = ("KE1", "KE7")
COUNTY_AREA: Final = "WellbeingServiceCounties"
# Words of a shelter in the languages of the catalogue.
_SHELTER: Final = re.compile(r"turvakot|turvakod|skyddshem|\bshelters?\b|dorvoruok", re.IGNORECASE)
# A street with a number, as people write it into a text.
_STREET: Final = re.compile(
    r"\w*(?:katu|kadun|kadulla|tie|tien|tiellä|kuja|kujan|polku|polun|väylä|raitti|rinne|puisto|puistikko|esplanadi"
    r"|tori|kaari|penger|ranta|gatan|gata|vägen|väg|gränd|stigen|torget)\s+\d+\s?\w?\b",
    re.IGNORECASE,
)
_POSTAL: Final = re.compile(r"\b\d{5}\b")
# Texts that stand on pages as lines of their own.
_SENSITIVE: Final = frozenset({"name", "label", "alternative-name"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is taken from the catalogue.

    Attributes:
        county: code of the host county.
        municipalities: codes.
        organisations: ids; empty: all of the area.
        everywhere: also what is for the whole country.
        everyone: also what is not for families.
    """

    county: str
    municipalities: frozenset[str]
    organisations: frozenset[str] = frozenset()
    everywhere: bool = False
    everyone: bool = False


def is_in_scope(item: Service, scope: Scope) -> bool:
    """Tell whether a service is of our organisations and reaches our area."""
    if scope.organisations and not scope.organisations & {role.organisation for role in item.roles}:
        return False
    if not item.areas:
        return scope.everywhere or bool(scope.organisations)
    return any(
        (area.type == COUNTY_AREA and area.code == scope.county)
        or not scope.municipalities.isdisjoint(area.municipalities)
        for area in item.areas
    )


def is_for_families(item: Service, base: Collection[tuple[str, str]] = ()) -> bool:
    """Tell whether a service is meant for families, children or the young, by its own terms or its base's.

    Examples:
        >>> is_for_families(Service("a", terms=(("ptv-service-class", "P3.7"),)))
        True
        >>> is_for_families(Service("a", terms=(("ptv-target-group", "KR2"), ("ptv-service-class", "P30"))))
        False
    """
    wanted = {"ptv-target-group": GROUPS, "ptv-service-class": CLASSES, "ptv-life-event": EVENTS}
    return any(
        code == one or code.startswith(f"{one}.")
        for vocabulary, code in {*item.terms, *base}
        for one in wanted.get(vocabulary, ())
    )


def is_shelter(texts: Texts) -> bool:
    """Tell by its names whether something is a shelter whose address is secret.

    Examples:
        >>> is_shelter((("name", "fi", "Pohjoinen turvakoti"),))
        True
        >>> is_shelter((("description", "fi", "Ohjaamme turvakotiin."), ("name", "fi", "Neuvonta")))
        False
    """
    return any(kind in _SENSITIVE and _SHELTER.search(text) for kind, _language, text in texts)


def without_addresses(texts: Texts, told: list[Told]) -> Texts:
    """Return texts without the lines that hold a street with a number or a postal code; each is told."""
    kept = []
    for kind, language, text in texts:
        lines = text.split("\n")
        good = [line for line in lines if not _STREET.search(line) and not _POSTAL.search(line)]
        if len(good) < len(lines):
            told.append(Told("secret-address", kind))
        if any(line.strip() for line in good):
            kept.append((kind, language, "\n".join(good)))
    return tuple(kept)


def made_secret(item: Item, told: list[Told]) -> Item:
    """Return a shelter's service or organisation without any address of where it is."""
    if isinstance(item, Organisation):
        return replace(item, addresses=(), texts=without_addresses(item.texts, told))
    if isinstance(item, Service):
        connections = tuple(
            replace(one, addresses=(), texts=without_addresses(one.texts, told)) for one in item.connections
        )
        return replace(item, connections=connections, texts=without_addresses(item.texts, told))
    if isinstance(item, Channel):
        return replace(item, addresses=(), texts=without_addresses(item.texts, told))
    return item


def must_ask(going: int, standing: int) -> bool:
    """Tell whether a run would put away so much that a person has to say yes first.

    Args:
        going: listings that would be put away.
        standing: listings that stand, those among them.

    Examples:
        >>> must_ask(5, 100), must_ask(6, 100), must_ask(0, 0)
        (False, True, False)
    """
    return going > standing * ASKS_ABOVE


def covered(areas: Iterable[Area], scope: Scope) -> tuple[bool, frozenset[str]]:
    """Return whether the whole host county is covered, and else the codes of the municipalities."""
    found: set[str] = set()
    for area in areas:
        if area.type == COUNTY_AREA and area.code == scope.county:
            return True, frozenset()
        found |= set(area.municipalities)
    is_all = bool(scope.municipalities) and scope.municipalities <= found
    return is_all, frozenset() if is_all else frozenset(found)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names mean the same thing: case, punctuation and order of words set aside.

    Examples:
        >>> same_name("Perhekahvila Tuiran asukastuvalla", "Tuiran asukastuvalla: perhekahvila")
        True
        >>> same_name("Perhekahvila", "Isäkahvila")
        False
    """
    return bool(_words(one)) and _words(one) == _words(other)


def _words(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold()))
