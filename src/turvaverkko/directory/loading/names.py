"""What entries of packs refer to: names in the database of what the directory holds."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy

from turvaverkko.directory.loading.geography import source_of_county
from turvaverkko.directory.models import CrisisLine, GeneralDescription, Happening, Place, Service, Term
from turvaverkko.organisation import api as organisation

SERVICE: Final = "service"
PLACE: Final = "place"
CRISIS_LINE: Final = "crisis-line"
HAPPENING: Final = "happening"
SITUATION: Final = "situation"
AGE: Final = "age"
# A national description, by its reference code ("SOTE-0016") or by its id.
BASE: Final = "base"
# Names that the organisation registers.
ORGANISATION: Final = "organisation"
MUNICIPALITY: Final = "municipality"
AREA: Final = "area"
FAMILY_CENTRE: Final = "family-centre"


def register() -> None:
    """Tell the pack registry how to find the directory's names."""
    register = organisation.register_names
    register(SERVICE, label=gettext_lazy("palvelu"), where="services/*.yaml", elsewhere=_other_services)
    register(PLACE, label=gettext_lazy("paikka"), where="places/*.yaml", elsewhere=_other_places)
    register(
        HAPPENING, label=gettext_lazy("tapahtuma"), where="happenings/*.yaml", elsewhere=_other_happenings
    )
    register(
        CRISIS_LINE, label=gettext_lazy("kriisinumero"), where="crisis_lines.yaml", elsewhere=_other_lines
    )
    register(
        SITUATION, label=gettext_lazy("elämäntilanne"), where="national/situations.yaml", stored=_situations
    )
    register(AGE, label=gettext_lazy("ikä"), where="national/ages.yaml")
    register(BASE, label=gettext_lazy("pohjakuvaus"), where="national/ptv/", stored=_bases)


def _other_services(county: str) -> Iterable[str]:
    return Service.objects.exclude(source=source_of_county(county)).values_list("slug", flat=True)


def _other_places(county: str) -> Iterable[str]:
    return Place.objects.exclude(source=source_of_county(county)).values_list("slug", flat=True)


def _other_happenings(county: str) -> Iterable[str]:
    return Happening.objects.exclude(source=source_of_county(county)).values_list("slug", flat=True)


def _other_lines(county: str) -> Iterable[str]:
    return CrisisLine.objects.exclude(county__code=county).values_list("slug", flat=True)


def _situations(_county: str) -> Iterable[str]:
    return Term.objects.filter(vocabulary__code=SITUATION, retired=False).values_list("code", flat=True)


def _bases(_county: str) -> Iterable[str]:
    for code, identity in GeneralDescription.objects.values_list("reference_code", "source_id"):
        if code:
            yield code
        yield str(identity)


def bases() -> dict[str, GeneralDescription]:
    """Return the descriptions by every name that a pack may use; twins lead to the fullest one."""
    found: dict[str, GeneralDescription] = {}
    for row in GeneralDescription.objects.select_related("twin_of").order_by("twin_of", "pk"):
        fullest = row.twin_of or row
        found[str(row.source_id)] = fullest
        if row.reference_code:
            found.setdefault(row.reference_code, fullest)
    return found
