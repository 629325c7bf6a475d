"""The names of municipalities: from the database for pages, from the national file for the benchmark."""

import csv
from collections.abc import Iterator

from django.conf import settings

from turvaverkko.directory.search.places import Gazetteer, Place
from turvaverkko.organisation.api import municipality_names


def names_of_finland() -> list[str]:
    """The Finnish names of every municipality, from the national base; empty when it is not there."""
    path = settings.NATIONAL_PACK / "municipalities.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name_fi"] for row in csv.DictReader(file)]


def gazetteer() -> Gazetteer:
    """Every municipality of the database by slug, with its Finnish and Swedish names."""
    return Gazetteer(_places())


def _places() -> Iterator[Place]:
    for slug, finnish, swedish in municipality_names():
        yield Place(slug, tuple(dict.fromkeys(name for name in (finnish, swedish) if name)))
