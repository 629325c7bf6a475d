"""What the public reads of listings, in a few facts, for whoever confirms them. Constant queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Min, Q
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.directory import presenting
from turvaverkko.directory.models import Happening, Place
from turvaverkko.directory.opening import HoursRule, week
from turvaverkko.directory.reading import hours
from turvaverkko.directory.reading.channels import Channels
from turvaverkko.directory.reading.names import name_fields, official
from turvaverkko.directory.service_parts import week_words
from turvaverkko.directory.staying.models import About
from turvaverkko.directory.staying.standing import Standing
from turvaverkko.looks.api import Fact
from turvaverkko.looks.words import moment_words

_ADDRESSES: Final = {
    About.SERVICE: presenting.service_url,
    About.PLACE: presenting.place_url,
    About.HAPPENING: presenting.happening_url,
}
_WHERE: Final = ("street", "postal_code", *name_fields("municipality"))
Row = Mapping[str, Any]
Facts = dict[str, list[Fact]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A listing as its public page tells it.

    Attributes:
        key: by which forms name it.
        url: of the public page; empty when it has none.
    """

    key: str
    name: str
    url: str
    facts: list[Fact]


def shown(listings: Iterable[Standing], language: str) -> list[Shown]:
    """Return what stands on the public pages of listings: telephone, address, hours, next time."""
    wanted = list(listings)
    facts: dict[str, dict[int, list[Fact]]] = {
        About.SERVICE: _of_services([one.pk for one in wanted if one.about == About.SERVICE], language),
        About.PLACE: _of_places([one.pk for one in wanted if one.about == About.PLACE], language),
        About.HAPPENING: _of_happenings([one.pk for one in wanted if one.about == About.HAPPENING]),
    }
    return [
        Shown(one.key, one.name, url_of(one.about, one.slug), facts[one.about].get(one.pk, []))
        for one in wanted
    ]


def url_of(about: str, slug: str) -> str:
    """Return the address of the public page of a listing."""
    return _ADDRESSES[About(about)](slug)


def _of_services(keys: list[int], language: str) -> dict[int, list[Fact]]:
    channels = Channels.read(keys, in_full=True)
    return {
        key: [fact for row in channels.rows.get(key, ()) for fact in _of_channel(row, channels, language)]
        for key in keys
    }


def _of_channel(row: Row, channels: Channels, language: str) -> list[Fact]:
    place = row["channel__place_id"]
    rules = channels.hours.get(row["channel_id"]) or channels.place_hours.get(place or 0, ())
    candidates = [
        Fact(gettext("Puhelin"), row["channel__number"]),
        Fact(gettext("Verkossa"), row["channel__url"]),
        Fact(gettext("Sähköposti"), row["channel__email"]),
        Fact(gettext("Osoite"), _where(row, "channel__place__", language) if place else ""),
        Fact(gettext("Auki"), _hours(list(rules))),
    ]
    return [fact for fact in candidates if fact.value]


def _of_places(keys: list[int], language: str) -> dict[int, list[Fact]]:
    rules = hours.of_places(keys)
    found = {}
    for row in Place.objects.filter(pk__in=keys).values("pk", "phone", *_WHERE):
        candidates = (
            Fact(gettext("Osoite"), _where(row, "", language)),
            Fact(gettext("Puhelin"), row["phone"]),
            Fact(gettext("Auki"), _hours(rules.get(row["pk"], []))),
        )
        found[row["pk"]] = [fact for fact in candidates if fact.value]
    return found


def _of_happenings(keys: list[int]) -> dict[int, list[Fact]]:
    coming = Min("occurrences__starts_at", filter=Q(occurrences__starts_at__gte=time_source.now()))
    rows = Happening.objects.filter(pk__in=keys).annotate(coming=coming)
    found = {}
    for pk, phone, street, next_at in rows.values_list("pk", "phone", "place__street", "coming"):
        when = moment_words(next_at) if next_at else gettext("Tulevia kertoja ei ole.")
        candidates = (
            Fact(gettext("Seuraava kerta"), when),
            Fact(gettext("Osoite"), street or ""),
            Fact(gettext("Puhelin"), phone),
        )
        found[pk] = [fact for fact in candidates if fact.value]
    return found


def _where(row: Row, prefix: str, language: str) -> str:
    city = official(row, f"{prefix}municipality", language).text
    parts = (row[f"{prefix}street"], f"{row[f'{prefix}postal_code']} {city}".strip())
    return ", ".join(part for part in parts if part)


def _hours(rules: list[HoursRule]) -> str:
    return week_words(week(rules, time_source.today())) if rules else ""
