"""The sections of indicators in the national and the county pack, by rising order."""

from turvaverkko.indicators.loading import county, figures, names, national
from turvaverkko.organisation.api import Section, register_section


def register() -> None:
    """Add the sections; called once, when the app is ready."""
    names.register()
    for section in (
        Section("statistical-areas", "national", 120, national.read_areas, national.apply_areas),
        Section("populations", "national", 121, national.read_populations, national.apply_populations),
        Section("indicator-areas", "county", 300, county.read_areas, county.apply_areas),
        Section("indicators", "county", 310, county.read_indicators, county.apply_indicators),
        Section("figures", "county", 320, figures.read, figures.apply),
        Section("quality-notes", "county", 330, county.read_notes, county.apply_notes),
    ):
        register_section(section)
