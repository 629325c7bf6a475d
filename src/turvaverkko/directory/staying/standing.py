"""Everything that is published, with who answers for it and when it is due. A constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, Q

from turvaverkko.core import time_source
from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Happening, Listing, Place, PlaceOperator, Service, Text
from turvaverkko.directory.reading.atlas import Atlas
from turvaverkko.directory.reading.place_rows import WITH_PAGE
from turvaverkko.directory.reading.services import coverage_of
from turvaverkko.directory.rules import confirmer
from turvaverkko.directory.staying import rules
from turvaverkko.directory.staying.models import About
from turvaverkko.directory.staying.rules import Stage

MODELS: Final[Mapping[str, type[Listing]]] = {
    About.SERVICE: Service,
    About.PLACE: Place,
    About.HAPPENING: Happening,
}
_PUBLISHED: Final = Q(state=Listing.State.PUBLISHED)
_OWN: Final = ("pk", "public_id", "slug", "confirmed_on", "changed_at")
# Of what nobody knows when it was published: long ago.
_BEGINNING: Final = date(2000, 1, 1)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """One published listing, as far as its truth goes.

    Attributes:
        name: Finnish, else its slug.
        organisations: keys of those who answer for it, the first one first.
        organisation_kind: of the first.
        municipalities: slugs; empty = the whole county.
        due: the last day of its confirmation; None when nothing is asked.
        stage: how far the confirmation has come today.
    """

    about: str
    pk: int
    public_id: str
    slug: str
    name: str
    organisations: tuple[int, ...]
    organisation_kind: str
    municipalities: tuple[str, ...]
    is_meeting_place: bool
    confirmed_on: date | None
    due: date | None
    stage: Stage

    @property
    def key(self) -> str:
        """By which forms and letters name it."""
        return f"{self.about}:{self.public_id}"


def everything(organisation: int | None = None) -> list[Standing]:
    """Return every published listing that somebody answers for, or those of one organisation. Eight queries.

    Confidential places and what goes on there are not among them.
    """
    today = time_source.today()
    atlas = Atlas.on(today)
    found = [*_services(atlas, organisation), *_places(organisation), *_happenings(organisation)]
    names = _names(found)
    return [_standing(about, row, names, today) for about, row in found]


def listing(key: str) -> Listing | None:
    """Return the listing that a form names ("place:k3f…"), whatever its state; None when there is none."""
    about, _, public_id = key.partition(":")
    model = MODELS.get(about)
    if model is None:
        return None
    found: Listing | None = model._default_manager.filter(public_id=public_id[:20]).first()  # noqa: SLF001 - Django's public name
    return None if isinstance(found, Place) and found.confidential else found


def _services(atlas: Atlas, organisation: int | None) -> list[tuple[str, Row]]:
    rows = Service.objects.filter(_PUBLISHED, organisation__isnull=False).exclude(
        level=Service.Level.NATIONAL
    )
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    found = list(rows.order_by("slug").values(*_OWN, "organisation_id", "organisation__kind"))
    coverage = coverage_of([row["pk"] for row in found])
    return [
        (
            About.SERVICE,
            {
                **row,
                "organisations": (row["organisation_id"],),
                "municipalities": atlas.slugs_in(coverage.get(row["pk"], ())),
            },
        )
        for row in found
    ]


def _places(organisation: int | None) -> list[tuple[str, Row]]:
    rows = Place.objects.filter(_PUBLISHED, confidential=False, kind__in=WITH_PAGE)
    if organisation is not None:
        rows = rows.filter(operators__organisation=organisation)
    found = list(rows.order_by("slug").values(*_OWN, "kind", "municipality__slug"))
    operators: dict[int, list[tuple[int, str]]] = defaultdict(list)
    kept = PlaceOperator.objects.filter(place__in=[row["pk"] for row in found]).order_by("order", "pk")
    for place, pk, kind in kept.values_list("place_id", "organisation_id", "organisation__kind"):
        operators[place].append((pk, kind))
    return [
        (
            About.PLACE,
            {
                **row,
                "organisations": tuple(pk for pk, _kind in operators[row["pk"]]),
                "organisation__kind": operators[row["pk"]][0][1],
                "municipalities": (row["municipality__slug"],),
                "is_meeting_place": row["kind"] == Place.Kind.MEETING_PLACE,
            },
        )
        for row in found
        if operators[row["pk"]]
    ]


def _happenings(organisation: int | None) -> list[tuple[str, Row]]:
    rows = Happening.objects.filter(_PUBLISHED).exclude(place__confidential=True)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    found = rows.annotate(last=Max("occurrences__day")).order_by("slug")
    fields = ("organisation_id", "organisation__kind", "place__municipality__slug", "municipality__slug")
    return [
        (
            About.HAPPENING,
            {
                **row,
                "organisations": (row["organisation_id"],),
                "municipalities": _known(row["place__municipality__slug"] or row["municipality__slug"]),
            },
        )
        for row in found.values(*_OWN, *fields, "last")
    ]


def _known(slug: str | None) -> tuple[str, ...]:
    return (slug,) if slug else ()


def _names(found: Sequence[tuple[str, Row]]) -> dict[tuple[str, int], str]:
    wanted = Q(pk__in=[])
    for about in MODELS:
        keys = [row["pk"] for one, row in found if one == about]
        wanted |= Q(**{f"{about}__in": keys})
    texts = Text.objects.filter(
        wanted, kind=Text.Kind.NAME, language=SOURCE_LANGUAGE, county=None, area=None, municipality=None
    )
    columns = [f"{about}_id" for about in MODELS]
    return {
        (about, key): value
        for value, *owners in texts.values_list("value", *columns)
        for about, key in zip(MODELS, owners, strict=True)
        if key is not None
    }


def _standing(about: str, row: Row, names: Mapping[tuple[str, int], str], today: date) -> Standing:
    is_meeting_place = bool(row.get("is_meeting_place"))
    by = confirmer(row["organisation__kind"], is_meeting_place=is_meeting_place)
    listed_on = time_source.local_day(row["changed_at"]) if row["changed_at"] else _BEGINNING
    due: date | None
    if about == About.HAPPENING:
        due = rules.series_due_day(row["confirmed_on"], listed_on, by, last=row["last"], today=today)
    else:
        due = rules.due_day(row["confirmed_on"], listed_on, by)
    return Standing(
        about=str(about),
        pk=row["pk"],
        public_id=row["public_id"],
        slug=row["slug"],
        name=names.get((about, row["pk"]), row["slug"]),
        organisations=row["organisations"],
        organisation_kind=row["organisation__kind"],
        municipalities=row["municipalities"],
        is_meeting_place=is_meeting_place,
        confirmed_on=row["confirmed_on"],
        due=due,
        stage=rules.stage(due, today),
    )


def due_of(listings: Iterable[Standing]) -> list[Standing]:
    """Return those that are to be confirmed, the earliest due first."""
    waiting = [one for one in listings if one.stage is not Stage.FRESH and one.due is not None]
    return sorted(waiting, key=lambda one: (one.due or _BEGINNING, one.name))


def about_of(row: Listing) -> str:
    """Return the kind of a listing."""
    return next(str(about) for about, model in MODELS.items() if isinstance(row, model))


def locked_listing(about: str, public_id: str) -> Listing:
    """Return a listing under its lock, whatever its state.

    Raises:
        ObjectDoesNotExist: it is gone.
    """
    model = MODELS[about]
    found: Listing = model._default_manager.select_for_update().get(public_id=public_id)  # noqa: SLF001 - as above
    return found


def names_of(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return name and state of listings by kind and public id, published or not. Four queries."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for about, public_id in wanted:
        by_kind[about].append(public_id)
    rows: list[tuple[str, Row]] = []
    for about, public_ids in by_kind.items():
        found = MODELS[about]._default_manager.filter(public_id__in=public_ids)  # noqa: SLF001 - as above
        rows += [(about, row) for row in found.values("pk", "public_id", "slug", "state")]
    names = _names(rows)
    return {
        (about, str(row["public_id"])): (names.get((about, row["pk"]), str(row["slug"])), str(row["state"]))
        for about, row in rows
    }
