"""Small reads that only pages need. What pages show of services and places comes from `reading/`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from turvaverkko.core import time_source
from turvaverkko.core.prepared import Prepared
from turvaverkko.directory.models import ContentVersion, Listing, Place, Service, Term
from turvaverkko.directory.reading.coming import coming

_VERSION: Final = Prepared(lambda: ContentVersion.objects.filter(pk=1), ("stamp",))


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """One public page of the directory: the name of its route, its slug, and when it last changed."""

    route: str
    slug: str
    changed_at: datetime | None


def content_version() -> str:
    """Return the stamp that is renewed with every change of public content; empty without one. One query."""
    rows = _VERSION.tuples()
    return str(rows[0][0]) if rows else ""


def public_addresses() -> Iterator[PublicAddress]:
    """Every page that search engines may read: published or still to come, topics that hide nothing."""
    published = {"state": Listing.State.PUBLISHED}
    services = Service.objects.filter(base__twin_of=None, **published).order_by("slug")
    for slug, changed in services.values_list("slug", "changed_at"):
        yield PublicAddress("directory:service", slug, changed)
    places = Place.objects.filter(confidential=False, kind=Place.Kind.MEETING_PLACE, **published)
    for slug, changed in places.order_by("slug").values_list("slug", "changed_at"):
        yield PublicAddress("directory:place", slug, changed)
    happenings = coming(time_source.now()).values_list("happening__slug", "happening__changed_at").distinct()
    for slug, changed in happenings.order_by("happening__slug"):
        yield PublicAddress("directory:happening", slug, changed)
    for vocabulary, route in (("situation", "directory:situation"), ("age", "directory:age")):
        terms = Term.objects.filter(vocabulary__code=vocabulary, sensitive=False).order_by("order", "code")
        for code in terms.values_list("code", flat=True):
            yield PublicAddress(route, code, None)
