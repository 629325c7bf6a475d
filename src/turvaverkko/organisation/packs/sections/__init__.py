"""The sections of packs that belong to this app."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.registry import Section, register_names, register_section
from turvaverkko.organisation.packs.sections import (
    family_centres,
    geography,
    national,
    organisations,
    settings,
    staff,
)


def register_all() -> None:
    """Register the sections and the kinds of names of this app. Called once, at start-up."""
    register_section(Section("geography", "national", 10, national.read, national.apply))
    for order, name, section in (
        (10, "geography", geography),
        (20, "organisations", organisations),
        (30, "family-centres", family_centres),
        (40, "settings", settings),
        (50, "staff", staff),
    ):
        register_section(Section(name, "county", order, section.read, section.apply))
    _register_names()


def _register_names() -> None:
    register_names(
        "county", label=_("hyvinvointialue"), where="national/counties.csv", stored=lookups.county_codes
    )
    register_names(
        "county-slug", label=_("hyvinvointialue"), where="national/counties.csv", stored=lookups.county_slugs
    )
    register_names(
        "municipality",
        label=_("kunta"),
        where="national/municipalities.csv",
        stored=lookups.municipality_names,
    )
    register_names(
        "own-municipality",
        label=_("tämän hyvinvointialueen kunta"),
        where="national/municipality_counties.csv",
        stored=lookups.own_municipality_names,
    )
    register_names("area", label=_("palvelualue"), where="areas.csv")
    register_names("postal-code", label=_("postinumero"), where="postal_codes.csv")
    register_names(
        "organisation",
        label=_("organisaatio"),
        where="organisations*.csv",
        elsewhere=organisations.elsewhere,
    )
    register_names("unit", label=_("yksikkö"), where="units.csv", elsewhere=organisations.units_elsewhere)
    register_names(
        "family-centre",
        label=_("perhekeskus"),
        where="family_centres.yaml",
        elsewhere=family_centres.elsewhere,
    )
    register_names("deadline-policy", label=_("määräaika"), where="deadline_policies.yaml")
    register_names("staff", label=_("työntekijä"), where="staff.yaml")
