"""The family centre of a postal code or a place, read from the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language

from turvaverkko.core import time_source
from turvaverkko.organisation.finder import rules
from turvaverkko.organisation.finder.rules import Kind, Name, Question
from turvaverkko.organisation.models import (
    AreaMembership,
    County,
    FamilyCentre,
    FamilyCentreMunicipality,
    Municipality,
    MunicipalityInCounty,
    PostalCode,
)
from turvaverkko.organisation.queries import host_county, in_force, latest

PREFIX_LENGTH = 3
Status = FamilyCentre.Status


class Outcome(StrEnum):
    """What the finder can answer."""

    NOTHING_ASKED = "nothing-asked"
    WRONG_POSTAL_CODE = "wrong-postal-code"
    UNKNOWN_POSTAL_CODE = "unknown-postal-code"
    UNKNOWN_PLACE = "unknown-place"
    OTHER_COUNTY = "other-county"
    NO_CENTRE = "no-centre"
    CHOOSE = "choose"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to "which family centre is mine". `finder.words.sentences` says it in words.

    Attributes:
        asked: what was typed, made harmless.
        county: the county whose centres were looked through.
        place: the municipality, postal code or village that was understood, for people.
        municipality: the municipality that was understood.
        centres: those that operate and serve the place; several when the municipality is divided.
        preparing: those in preparation there.
        counties: for a place elsewhere, the names of the counties that it may belong to.
        merged: the municipality that was asked for, when it has joined `municipality`.
        area: the name of the service area; empty when no source names one.
        suggestions: names that were perhaps meant.
    """

    outcome: Outcome
    asked: str
    county: County
    place: str = ""
    municipality: Municipality | None = None
    centres: tuple[FamilyCentre, ...] = ()
    preparing: tuple[FamilyCentre, ...] = ()
    counties: tuple[str, ...] = ()
    merged: Municipality | None = None
    area: str = ""
    suggestions: tuple[str, ...] = ()


def find_family_centre(typed: str, *, county: County | None = None, on: date | None = None) -> Answer:
    """Answer which family centre serves a postal code, municipality, village or town district.

    Args:
        typed: whatever somebody typed.
        county: whose centres; the host county unless told.
        on: the day; today unless told.
    """
    county = county or host_county()
    search = _Search(county, on or time_source.today(), rules.read_question(typed))
    if search.question.kind is Kind.POSTAL_CODE:
        return search.by_postal_code()
    if search.question.kind is Kind.NAME:
        return search.by_name()
    nothing = search.question.kind is Kind.NOTHING
    return search.answer(Outcome.NOTHING_ASKED if nothing else Outcome.WRONG_POSTAL_CODE)


@dataclass(frozen=True, slots=True)
class _Search:
    """One question put to one county on one day."""

    county: County
    day: date
    question: Question

    def answer(self, outcome: Outcome) -> Answer:
        """An answer without places."""
        return Answer(outcome, self.question.text, self.county)

    def by_postal_code(self) -> Answer:
        code = self.question.postal_code
        own = PostalCode.objects.filter(in_force(self.day), code=code).select_related("municipality").first()
        if own is not None and self._county_of(own.municipality) == self.county:
            answer = self._in_own_county(own.municipality, {code})
            return replace(answer, place=f"{code} {own.name_fi}")
        counties = County.objects.filter(postal_prefixes__prefix=code[:PREFIX_LENGTH])
        names = tuple(county.name for county in counties if county != self.county)
        elsewhere = bool(names) and self.county not in counties
        answer = self.answer(Outcome.OTHER_COUNTY if elsewhere else Outcome.UNKNOWN_POSTAL_CODE)
        return replace(answer, place=code, counties=names)

    def by_name(self) -> Answer:
        municipalities = self._municipality_names()
        found = rules.match(self.question.name, municipalities)
        if found.keys:
            return self._by_municipality(found.keys[0])
        villages = self._village_names()
        if in_village := rules.match(self.question.name, villages).keys:
            return self._by_village(in_village[0])
        if by_centre := self._by_centre_name():
            return by_centre
        suggestions = rules.match(self.question.name, [*municipalities, *villages]).suggestions
        return replace(self.answer(Outcome.UNKNOWN_PLACE), suggestions=suggestions)

    def _by_municipality(self, code: str) -> Answer:
        asked = Municipality.objects.select_related("merged_into").get(code=code)
        over = asked.valid_to is not None and asked.valid_to < self.day
        municipality = asked.merged_into if over and asked.merged_into else asked
        home = self._county_of(municipality)
        if home == self.county:
            answer = self._in_own_county(municipality, set())
        else:
            names = (home.name,) if home else ()
            answer = replace(self.answer(Outcome.OTHER_COUNTY), municipality=municipality, counties=names)
        merged = asked if municipality != asked else None
        return replace(answer, place=municipality.name, merged=merged)

    def _by_village(self, name: str) -> Answer:
        rows = PostalCode.objects.filter(
            in_force(self.day),
            in_force(self.day, "municipality__in_counties__"),
            name_fi=name,
            municipality__in_counties__county=self.county,
        ).select_related("municipality")
        first, *_others = rows
        answer = self._in_own_county(first.municipality, {row.code for row in rows})
        return replace(answer, place=f"{name} ({first.municipality.name})")

    def _by_centre_name(self) -> Answer | None:
        """A district has no list of its own; a centre that is called by its name is near enough."""
        centres = FamilyCentre.objects.filter(in_force(self.day), county=self.county, status=Status.OPERATING)
        called = [
            c
            for c in centres.select_related("municipality")
            if rules.begins_a_word(self.question.name, c.name_fi)
        ]
        if len(called) != 1:
            return None
        municipality = called[0].municipality
        found = replace(self.answer(Outcome.FOUND), municipality=municipality, centres=tuple(called))
        return replace(found, place=self.question.text, area=self._area_of(municipality))

    def _in_own_county(self, municipality: Municipality, codes: set[str]) -> Answer:
        links = list(
            FamilyCentreMunicipality.objects.filter(in_force(self.day), municipality=municipality)
            .exclude(family_centre__status=Status.ENDED)
            .select_related("family_centre__municipality")
            .order_by("family_centre__name_fi")
        )
        # Without a postal code everybody of a divided town has to choose; with one that no centre claims too.
        mine = [link for link in links if not link.postal_codes or codes & set(link.postal_codes)]
        near = mine if codes and mine else links
        operating = tuple(_centres(near, Status.OPERATING, self.day))
        found = Outcome.FOUND if len(mine) == len(near) else Outcome.CHOOSE
        answer = self.answer(found if operating else Outcome.NO_CENTRE)
        return replace(
            answer,
            place=municipality.name,
            municipality=municipality,
            centres=operating,
            preparing=tuple(_centres(near, Status.PREPARING, self.day)),
            area=self._area_of(municipality),
        )

    def _area_of(self, municipality: Municipality) -> str:
        memberships = AreaMembership.objects.filter(in_force(self.day), municipality=municipality)
        membership = latest(memberships.select_related("area"))
        return membership.area.name if membership and membership.area else ""

    def _county_of(self, municipality: Municipality) -> County | None:
        links = MunicipalityInCounty.objects.filter(in_force(self.day), municipality=municipality)
        link = latest(links.select_related("county"))
        return link.county if link else None

    def _municipality_names(self) -> list[Name]:
        own = set(
            MunicipalityInCounty.objects.filter(county=self.county).values_list("municipality", flat=True)
        )
        rows = Municipality.objects.values_list("pk", "code", "name_fi", "name_sv")
        return [
            Name(code, name, shown=_in_readers_language(name_fi, name_sv), is_own=pk in own)
            for pk, code, name_fi, name_sv in rows
            for name in dict.fromkeys((name_fi, name_sv))
            if name
        ]

    def _village_names(self) -> list[Name]:
        rows = PostalCode.objects.filter(
            in_force(self.day), municipality__in_counties__county=self.county
        ).values_list("name_fi", "name_sv")
        return [
            Name(name_fi, name, shown=_in_readers_language(name_fi, name_sv), is_own=True)
            for name_fi, name_sv in sorted(set(rows))
            for name in dict.fromkeys((name_fi, name_sv))
            if name
        ]


def _in_readers_language(name_fi: str, name_sv: str) -> str:
    return name_sv if get_language() == "sv" and name_sv else name_fi


def _centres(
    links: Iterable[FamilyCentreMunicipality], status: FamilyCentre.Status, day: date
) -> Iterable[FamilyCentre]:
    """The centres of a status; one that operates must have begun."""
    for link in links:
        centre = link.family_centre
        begun = centre.valid_from is None or centre.valid_from <= day
        if centre.status == status and (begun or status == Status.PREPARING):
            yield centre
