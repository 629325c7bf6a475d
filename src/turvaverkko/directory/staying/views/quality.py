"""The pages of content quality: how much is wrong, and the lists behind the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.core.csv_files import csv_response
from turvaverkko.core.paging import page_of
from turvaverkko.directory import presenting
from turvaverkko.directory.staying import quality as reading
from turvaverkko.directory.staying.models import About
from turvaverkko.directory.staying.quality import KINDS, Finding, Quality
from turvaverkko.directory.staying.showing import url_of
from turvaverkko.directory.staying.standing import Standing
from turvaverkko.directory.staying.views.frame import draw, for_readers
from turvaverkko.looks.api import Cell, Link, Option, Table, page_links
from turvaverkko.organisation.api import Area, Municipality, Organisation, area_memberships
from turvaverkko.organisation.sign_in.api import StaffRequest

# Unit: listings on one page.
ON_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Ground:
    """Names of whose and where listings are, by key or slug, with the areas. Four queries."""

    organisations: Mapping[int, Organisation]
    municipalities: Mapping[str, str]
    areas: Mapping[str, str]
    area_of: Mapping[str, str]

    @classmethod
    def read(cls, listings: Sequence[Standing]) -> "Ground":
        """Read the names of what listings refer to."""
        keys = {key for one in listings for key in one.organisations}
        slugs = {slug for one in listings for slug in one.municipalities}
        members = area_memberships(time_source.today()).filter(area__isnull=False)
        area_of = dict(members.values_list("municipality__slug", "area__slug"))
        return cls(
            Organisation.objects.in_bulk(list(keys)),
            dict(Municipality.objects.filter(slug__in=slugs).values_list("slug", "name_fi")),
            dict(Area.objects.filter(slug__in=set(area_of.values())).values_list("slug", "name_fi")),
            area_of,
        )

    def organisation(self, one: Standing) -> str:
        """The name of the first who answers for a listing."""
        return self.organisations[one.organisations[0]].name_fi

    def where(self, one: Standing) -> str:
        """The municipalities of a listing in words."""
        if not one.municipalities:
            return gettext("Koko alue")
        return ", ".join(sorted(self.municipalities.get(slug, slug) for slug in one.municipalities))

    def matches(self, one: Standing, asked: Mapping[str, str]) -> bool:
        """Tell whether a listing is what a reader narrowed to."""
        areas = {self.area_of.get(slug) for slug in one.municipalities}
        organisations = {self.organisations[key].slug for key in one.organisations}
        return (
            asked.get("kunta", "") in {"", *one.municipalities}
            and asked.get("alue", "") in {"", *areas}
            and asked.get("jarjestaja", "") in {"", *organisations}
        )


@for_readers
@require_safe
def quality(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/sisallot/ : what is wrong with what is published, in numbers."""
    found = reading.read()
    context = {
        "total": len(found.listings),
        "table": _table(found),
        "by_owner": _by_owner(found),
        "refused": found.refused,
        "unseen": found.unseen,
        "self_help": found.self_help,
    }
    return draw(request, "staying/quality.html", "staying:quality", context)


@for_readers
@require_safe
def listing(request: StaffRequest, what: str) -> HttpResponse:
    """GET koordinaatio/sisallot/<what>/ : `kunta`, `alue` and `jarjestaja` narrow, `sivu` turns."""
    found, ground, query = _narrowed(what, request.GET)
    number, last = page_of(request, len(found), ON_PAGE)
    on_page = found[(number - 1) * ON_PAGE : number * ON_PAGE]
    context = {
        "crumbs": [Link(gettext("Sisältöjen laatu"), reverse("staying:quality"))],
        "title": KINDS[what],
        "what": what,
        "total": len(found),
        "is_narrowed": bool(query),
        "areas": _options(gettext("Kaikki alueet"), ground.areas, query.get("alue")),
        "municipalities": _options(gettext("Kaikki kunnat"), ground.municipalities, query.get("kunta")),
        "organisations": _options(
            gettext("Kaikki järjestäjät"),
            {one.slug: one.name_fi for one in ground.organisations.values()},
            query.get("jarjestaja"),
        ),
        "table": _list_table(str(KINDS[what]), on_page, ground) if on_page else None,
        "csv_url": f"{reverse('staying:quality-csv', args=[what])}{_address(query, 1)}",
        "pages": page_links(number, last, lambda page: _address(query, page)) if last > 1 else None,
    }
    return draw(request, "staying/quality_list.html", "staying:quality", context)


@for_readers
@require_safe
def listing_csv(request: StaffRequest, what: str) -> HttpResponse:
    """GET koordinaatio/sisallot/<what>.csv : the same list on one page."""
    found, ground, _query = _narrowed(what, request.GET)
    head = [gettext("Nimi"), gettext("Laji"), gettext("Järjestäjä"), gettext("Missä"), gettext("Vahvistettu")]
    rows = [
        [
            one.listing.name,
            _kind_words(one.listing.about),
            ground.organisation(one.listing),
            ground.where(one.listing),
            one.listing.confirmed_on.isoformat() if one.listing.confirmed_on else "",
            one.note,
        ]
        for one in found
    ]
    return csv_response(f"{what}-{time_source.today().isoformat()}", [*head, gettext("Mikä")], rows)


def _narrowed(what: str, asked: QueryDict) -> tuple[list[Finding], Ground, dict[str, str]]:
    """Return what was found of a kind, narrowed; an unknown code narrows nothing.

    Raises:
        Http404: there is no such kind.
    """
    if what not in KINDS:
        raise Http404
    quality = reading.read()
    ground = Ground.read(quality.listings)
    known = {
        "kunta": ground.municipalities,
        "alue": ground.areas,
        "jarjestaja": {one.slug: one.name_fi for one in ground.organisations.values()},
    }
    query = {name: value for name in known if (value := asked.get(name, "")) in known[name]}
    return [one for one in quality.found[what] if ground.matches(one.listing, query)], ground, query


def _table(found: Quality) -> Table:
    """How many listings have each fault, by kind of listing; a listing with two dead links counts once."""
    rows = []
    for code, words in KINDS.items():
        listings = {one.listing.key: one.listing.about for one in found.found[code]}
        counts = [sum(about == kind for about in listings.values()) for kind in About.values]
        rows.append(
            [
                Cell(str(words), url=reverse("staying:quality-list", args=[code])),
                *(Cell(str(count), numeric=True) for count in (*counts, len(listings))),
            ]
        )
    columns = [
        Cell(gettext("Mitä")),
        *(Cell(_kinds_words(kind), numeric=True) for kind in About.values),
        Cell(gettext("Yhteensä"), numeric=True),
    ]
    return Table(gettext("Puutteet lajeittain"), columns, rows)


def _by_owner(found: Quality) -> Table:
    """How much of each kind of organisation is published, and how much of it is past its confirmation."""
    late = {one.listing.key for one in found.found["vanhentuneet"]}
    rows = []
    for kind, words in presenting.ORGANISATION_KINDS.items():
        theirs = [one.key for one in found.listings if one.organisation_kind == kind]
        if theirs:
            counts = (len(theirs), sum(key in late for key in theirs))
            rows.append([Cell(gettext(words)), *(Cell(str(count), numeric=True) for count in counts)])
    columns = [
        Cell(gettext("Järjestäjän laji")),
        Cell(gettext("Julkaistu"), numeric=True),
        Cell(gettext("Vahvistusaika ohi"), numeric=True),
    ]
    return Table(gettext("Vahvistukset järjestäjän lajin mukaan"), columns, rows)


def _list_table(caption: str, found: Sequence[Finding], ground: Ground) -> Table:
    rows = [
        [
            Cell(one.listing.name, url=url_of(one.listing.about, one.listing.slug)),
            Cell(_kind_words(one.listing.about)),
            Cell(ground.organisation(one.listing)),
            Cell(ground.where(one.listing)),
            Cell(one.note),
        ]
        for one in found
    ]
    names = (gettext("Nimi"), gettext("Laji"), gettext("Järjestäjä"), gettext("Missä"), gettext("Mikä"))
    return Table(caption, [Cell(name) for name in names], rows)


def _kind_words(about: str) -> str:
    words = {"service": gettext("Palvelu"), "place": gettext("Paikka"), "happening": gettext("Tapahtuma")}
    return words[about]


def _kinds_words(about: str) -> str:
    words = {"service": gettext("Palvelut"), "place": gettext("Paikat"), "happening": gettext("Tapahtumat")}
    return words[about]


def _options(everything: str, names: Mapping[str, str], chosen: str | None) -> list[Option]:
    ordered = sorted(names.items(), key=lambda entry: entry[1].casefold())
    return [Option("", everything), *(Option(code, name, checked=code == chosen) for code, name in ordered)]


def _address(query: dict[str, str], page: int) -> str:
    turned = QueryDict(mutable=True)
    turned.update(query | ({"sivu": str(page)} if page > 1 else {}))
    return f"?{turned.urlencode()}" if turned else "?"
