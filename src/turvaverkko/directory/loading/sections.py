"""The directory's sections of the national and the county pack, by rising order."""

from turvaverkko.directory.loading import (
    crisis,
    descriptions,
    happenings,
    layer_texts,
    names,
    places,
    services,
    vocabularies,
)
from turvaverkko.organisation.api import Section, register_section


def register() -> None:
    """Add the sections; called once, when the app is ready."""
    names.register()
    for section in (
        Section("vocabularies", "national", 100, vocabularies.read, vocabularies.apply),
        Section("general-descriptions", "national", 110, descriptions.read, descriptions.apply),
        Section("places", "county", 200, places.read, places.apply),
        Section("services", "county", 210, services.read, services.apply),
        Section("happenings", "county", 215, happenings.read, happenings.apply),
        Section("crisis-lines", "county", 220, crisis.read, crisis.apply),
        Section("layer-texts", "county", 230, layer_texts.read, layer_texts.apply),
    ):
        register_section(section)
