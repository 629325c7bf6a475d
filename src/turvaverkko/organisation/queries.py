"""Reads: where somebody stands, what is decided there, and what is promised there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from turvaverkko.core import deadlines, explanations, time_source
from turvaverkko.core.calendars import Break
from turvaverkko.core.deadlines import Due, LocalDays, Policy, Unit
from turvaverkko.organisation import setting_keys
from turvaverkko.organisation.layers import Layer, Path, nearest
from turvaverkko.organisation.models import (
    AreaMembership,
    County,
    DeadlinePolicy,
    FamilyCentre,
    Municipality,
    MunicipalityInCounty,
    RegionalSetting,
    SchoolBreak,
)

Row = TypeVar("Row", bound=Model)
# The policy behind the county's promise for Pyydä apua; every county pack gives its own.
CONTACT_PROMISE = "contact-promise"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it holds somewhere on a day, and where it comes from.

    Attributes:
        value: None when no layer says anything.
        layer: the layer that says it.
        owner: the name of the county, area, municipality or centre, for people; empty for national.
        source: who decided it, as the pack tells.
        covered: the wider layers whose value this one covers, as (layer, value), nearest first.
    """

    key: str
    value: Any = None
    layer: Layer | None = None
    owner: str = ""
    source: str = ""
    covered: tuple[tuple[Layer, Any], ...] = ()

    def explanation(self) -> str:
        """One sentence for an editor: where the value comes from."""
        if self.layer is None:
            return gettext("Mikään kerros ei anna arvoa.")
        texts = {
            Layer.NATIONAL: gettext("Arvo on valtakunnallinen."),
            Layer.COUNTY: gettext("Arvon antaa hyvinvointialue: %(owner)s."),
            Layer.AREA: gettext("Arvon antaa palvelualue: %(owner)s."),
            Layer.MUNICIPALITY: gettext("Arvon antaa kunta: %(owner)s."),
            Layer.CENTRE: gettext("Arvon antaa perhekeskus: %(owner)s."),
        }
        return texts[self.layer] % {"owner": self.owner}


@dataclass(frozen=True, slots=True)
class Promise:
    """What the county promises to somebody who asks for help at a moment.

    Attributes:
        due: the last day with its lights and left-out days.
        explanation: one sentence that tells why it is that day.
    """

    due: Due
    explanation: str

    @property
    def moment(self) -> datetime:
        """The moment by which the promise is kept, in Finnish time."""
        return self.due.moment


def host_county() -> County:
    """The county whose installation this is: the one whose pack `settings.COUNTY_PACK` names.

    Raises:
        LookupError: the national data have not been loaded.
    """
    slug = settings.COUNTY_PACK.name
    county = County.objects.filter(slug=slug).first()
    if county is None:
        message = f"No county {slug!r}: run `manage load_national` first."
        raise LookupError(message)
    return county


def in_force(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on a day; `prefix` leads to it ("in_counties__")."""
    begun = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return begun & not_over


def latest(rows: QuerySet[Row]) -> Row | None:
    """Of dated rows the one that began last: where two overlap, the newer one holds."""
    return rows.order_by(F("valid_from").desc(nulls_last=True)).first()


def municipalities(county: County, day: date | None = None) -> QuerySet[Municipality]:
    """The municipalities of a county on a day (today unless told), by Finnish name."""
    day = day or time_source.today()
    links = MunicipalityInCounty.objects.filter(in_force(day), county=county)
    return Municipality.objects.filter(in_force(day), pk__in=links.values("municipality"))


def area_memberships(day: date) -> QuerySet[AreaMembership]:
    """Which municipality lay in which area and county on a day, over all loaded counties."""
    return AreaMembership.objects.filter(in_force(day))


def memberships_of(areas: Iterable[str]) -> QuerySet[AreaMembership]:
    """Which municipalities lay in some service areas (slugs) at any time, with both. One query."""
    rows = AreaMembership.objects.filter(area__slug__in=set(areas))
    return rows.select_related("area", "municipality")


def municipality_names() -> list[tuple[str, str, str]]:
    """(slug, Finnish name, Swedish name) of every municipality there is or was, by slug."""
    return list(Municipality.objects.order_by("slug").values_list("slug", "name_fi", "name_sv"))


def municipalities_told() -> list[tuple[str, str, str, bool]]:
    """`municipality_names` with whether each is of the host county today. One query."""
    links = MunicipalityInCounty.objects.filter(in_force(time_source.today()), municipality=OuterRef("pk"))
    own = Exists(links.filter(county__slug=settings.COUNTY_PACK.name))
    named = Municipality.objects.annotate(is_own=own).order_by("slug")
    return list(named.values_list("slug", "name_fi", "name_sv", "is_own"))


def family_centres(county: County, day: date | None = None) -> QuerySet[FamilyCentre]:
    """The family centres of a county that operate on a day or are being prepared."""
    day = day or time_source.today()
    centres = FamilyCentre.objects.filter(county=county).exclude(status=FamilyCentre.Status.ENDED)
    operating = Q(status=FamilyCentre.Status.OPERATING) & in_force(day)
    return centres.filter(operating | Q(status=FamilyCentre.Status.PREPARING)).select_related(
        "municipality", "area"
    )


def path_of_municipality(municipality: Municipality, day: date | None = None) -> Path:
    """Where somebody who lives in a municipality stands on a day."""
    day = day or time_source.today()
    county = latest(MunicipalityInCounty.objects.filter(in_force(day), municipality=municipality))
    area = latest(AreaMembership.objects.filter(in_force(day), municipality=municipality))
    return Path(
        county=county.county_id if county else None,
        area=area.area_id if area else None,
        municipality=municipality.pk,
    )


def path_of_centre(centre: FamilyCentre, day: date | None = None) -> Path:
    """Where a family centre stands: in its own area if it has one, else in its municipality's."""
    seat = path_of_municipality(centre.municipality, day)
    return Path(centre.county_id, centre.area_id or seat.area, centre.municipality_id, centre.pk)


def path_of_county(county: County) -> Path:
    """Where somebody stands of whom only the county is known."""
    return Path(county=county.pk)


def resolve_setting(key: str, at: Path, on: date | None = None) -> Setting:
    """A setting as it holds at a place on a day (today unless told), and where it comes from.

    Raises:
        KeyError: there is no such setting (see `setting_keys`); a misspelt key is a fault in the program.
    """
    return resolve_settings([key], at, on)[key]


def resolve_settings(keys: Iterable[str], at: Path, on: date | None = None) -> dict[str, Setting]:
    """Several settings at one place, in one query.

    Raises:
        KeyError: there is no such setting.
    """
    day = on or time_source.today()
    wanted = [key for key in keys if setting_keys.KEYS[key]]
    rows = RegionalSetting.objects.filter(key__in=wanted).select_related(
        "county", "area", "municipality", "family_centre"
    )
    by_key: dict[str, list[RegionalSetting]] = {key: [] for key in wanted}
    for row in rows:
        by_key[row.key].append(row)
    return {key: _setting(key, found, at, day) for key, found in by_key.items()}


def _setting(key: str, rows: list[RegionalSetting], at: Path, day: date) -> Setting:
    found = nearest(rows, at, day)
    if found is None:
        return Setting(key)
    row = found.row
    owner = row.family_centre or row.municipality or row.area or row.county
    return Setting(
        key=key,
        value=row.value,
        layer=found.layer,
        owner=owner.name if owner else "",
        source=row.source,
        covered=tuple((layer, wider.value) for layer, wider in found.passed_over),
    )


def policies(county: County) -> list[Policy]:
    """The deadline policies of a county and of the nation, as `core.deadlines` counts them.

    A county's own versions of a code stand instead of the nation's.
    """
    rows = list(DeadlinePolicy.objects.filter(Q(county=county) | Q(county=None)))
    own = {row.code for row in rows if row.county_id}
    return [_policy(row) for row in rows if row.county_id or row.code not in own]


def _policy(row: DeadlinePolicy) -> Policy:
    return Policy(
        code=row.code,
        amount=row.amount,
        unit=Unit(row.unit),
        source=row.source,
        version=row.version,
        valid_from=row.valid_from or date.min,
        time_of_day=row.time_of_day,
        runs_from=row.runs_from,
        last_day_moves=row.last_day_moves,
        may_pause=row.may_pause,
    )


def local_days(at: Path, on: date | None = None) -> LocalDays:
    """What only the place knows of days: its closing days and its schools' breaks."""
    closed = resolve_setting(setting_keys.CLOSING_DAYS, at, on).value or []
    return LocalDays(
        closed=frozenset(date.fromisoformat(day) for day in closed), breaks=_school_breaks(at.municipality)
    )


def _school_breaks(municipality: int | None) -> tuple[Break, ...]:
    if municipality is None:
        return ()
    breaks = SchoolBreak.objects.filter(municipality=municipality, archived_on=None)
    return tuple(breaks.order_by("first_day").values_list("first_day", "last_day"))


def due(code: str, start: datetime, *, county: County, at: Path | None = None) -> Due:
    """When a deadline that began at a moment is due at a place.

    Args:
        code: the policy, such as "contact-promise".
        start: the moment from which it runs.
        county: whose policies hold.
        at: whose closing days and school breaks hold; the county's own unless told.

    Raises:
        NoPolicy: the county has no policy of this code in force on the day.
    """
    day = time_source.local_day(start)
    policy = deadlines.in_force(policies(county), code, day)
    return deadlines.due(policy, start, local_days(at or path_of_county(county), day))


def answer_promise(
    *, at: datetime, county: County | None = None, where: Path | None = None
) -> Promise | None:
    """By when a family that asks for help at a moment is answered, or None where nothing is promised.

    Args:
        at: the moment of asking, aware.
        county: whose promise; the host county unless told.
        where: the municipality or centre whose closing days hold; the county's own unless told.
    """
    county = county or host_county()
    try:
        found = due(CONTACT_PROMISE, at, county=county, at=where)
    except deadlines.NoPolicy:
        return None
    return Promise(found, explanations.explain(found, opening=gettext("Yhteydenotto tuli")))
