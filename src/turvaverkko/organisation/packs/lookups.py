"""Rows by the names that packs use for them, for the writing half of sections."""

from turvaverkko.organisation.models import Area, County, FamilyCentre, Municipality, Organisation, Unit

# The word of a pack for "no source says which area": the area is then left empty.
NOT_IN_SOURCES = "not in sources"


def municipalities() -> dict[str, Municipality]:
    """Every municipality by its slug and by its code."""
    rows = list(Municipality.objects.all())
    return {row.slug: row for row in rows} | {row.code: row for row in rows}


def municipality_names(_county: str) -> list[str]:
    """The slugs and codes of all municipalities, also of those that merged."""
    return [name for pair in Municipality.objects.values_list("slug", "code") for name in pair]


def own_municipality_names(county: str) -> list[str]:
    """The slugs and codes of the municipalities of a county."""
    pairs = Municipality.objects.filter(in_counties__county__code=county).values_list("slug", "code")
    return [name for pair in pairs for name in pair]


def county_codes(_county: str) -> list[str]:
    """The codes of all counties."""
    return list(County.objects.values_list("code", flat=True))


def county_slugs(_county: str) -> list[str]:
    """The slugs of all counties. The folder of a pack has the slug of its county."""
    return list(County.objects.values_list("slug", flat=True))


def areas(county: County) -> dict[str, Area]:
    """The areas of a county by slug."""
    return {area.slug: area for area in Area.objects.filter(county=county)}


def organisations(county: County) -> dict[str, Organisation]:
    """The organisations that the pack of a county names, by slug."""
    return {row.slug: row for row in Organisation.objects.filter(county=county)}


def units(county: County) -> list[Unit]:
    """The units of the organisations that the pack of a county names."""
    return list(Unit.objects.filter(organisation__county=county))


def family_centres(county: County) -> dict[str, FamilyCentre]:
    """The family centres of a county, by slug."""
    return {row.slug: row for row in FamilyCentre.objects.filter(county=county)}
