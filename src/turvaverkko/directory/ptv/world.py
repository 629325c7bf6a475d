"""What stands here already and an import refers to: municipalities, terms, organisations, what is taken."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from django.conf import settings

from turvaverkko.directory.models import Term, TermLabel, Vocabulary
from turvaverkko.directory.ptv.mapping.fields import INDUSTRY, SUBJECT, TERM_FIELDS
from turvaverkko.directory.ptv.models import SourceRecord
from turvaverkko.directory.ptv.rules import COUNTY_AREA, Scope
from turvaverkko.directory.ptv.shapes import (
    ORGANISATION,
    Address,
    Description,
    Reading,
    Service,
    Told,
    Words,
)
from turvaverkko.organisation import api as organisation

# Lists that are too long to bring whole: their terms come with the documents that use them.
GROWING: Final = {SUBJECT: "KOKO, Finto (PTV)", INDUSTRY: "TOL 2008 (PTV)"}


@dataclass(slots=True)
class World:
    """The ground of one run.

    Attributes:
        municipalities: keys by code; `postal_codes`: keys of municipalities by postal code.
        terms: keys by (vocabulary, code); `names`: codes by (vocabulary, Finnish name in small letters).
        organisations: keys by the source's id; `homes`: keys of their municipalities by those keys.
        secret: ids of channels that the county says are secret.
    """

    scope: Scope
    county: int
    municipalities: dict[str, int] = field(default_factory=dict)
    postal_codes: dict[str, int] = field(default_factory=dict)
    terms: dict[tuple[str, str], int] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()

    @classmethod
    def read(cls, scope: Scope | None = None) -> "World":
        """Read everything a run refers to. Seven queries."""
        county = organisation.host_county()
        labels = TermLabel.objects.filter(term__vocabulary__code__in=TERM_FIELDS.values(), language="fi")
        records = SourceRecord.objects.filter(kind=ORGANISATION, organisation__isnull=False)
        homes = organisation.Organisation.objects.filter(municipality__isnull=False)
        return cls(
            scope=scope or host_scope(),
            county=county.pk,
            municipalities=dict(organisation.Municipality.objects.values_list("code", "pk")),
            postal_codes=dict(organisation.PostalCode.objects.values_list("code", "municipality_id")),
            terms={
                (vocabulary, code): pk
                for vocabulary, code, pk in Term.objects.filter(
                    vocabulary__code__in=TERM_FIELDS.values()
                ).values_list("vocabulary__code", "code", "pk")
            },
            names={
                (vocabulary, name.casefold()): code
                for vocabulary, name, code in labels.values_list(
                    "term__vocabulary__code", "value", "term__code"
                )
            },
            organisations=dict(records.values_list("external_id", "organisation_id")),
            homes=dict(homes.values_list("pk", "municipality_id")),
            secret=_codes(settings.PTV_CONFIDENTIAL),
        )

    def municipality_of(self, addresses: Iterable[Address], owner: str) -> int | None:
        """Return where a place is: by its municipality, else its postal code, else where its owner is."""
        addresses = list(addresses)
        known = [self.municipalities.get(one.municipality) for one in addresses]
        by_code = [self.postal_codes.get(one.postal_code) for one in addresses]
        home = self.homes.get(self.organisations.get(owner, 0))
        return next((pk for pk in [*known, *by_code, home] if pk is not None), None)

    def settle_terms(self, readings: Collection[Reading]) -> None:
        """Give every term the code that we know it by, and make those of the growing lists that are new."""
        wanted: dict[tuple[str, str], tuple[str, Words]] = {}
        for reading in readings:
            item = reading.item
            if not isinstance(item, Service | Description):
                continue
            named = [(vocabulary, self._code(vocabulary, code)) for vocabulary, code in item.terms]
            for old, new in zip(item.terms, named, strict=True):
                if new not in self.terms and new[0] in GROWING and not new[1].startswith("="):
                    wanted[new] = reading.labels.get(old, ("", ()))
                elif new not in self.terms:
                    reading.told.append(Told("unknown-term", new[0]))
            kept = sorted({one for one in named if one in self.terms or one in wanted})
            reading.item = replace(item, terms=tuple(kept))
        self._make(wanted)

    def _code(self, vocabulary: str, code: str) -> str:
        return self.names.get((vocabulary, code[1:]), code) if code.startswith("=") else code

    def _make(self, wanted: dict[tuple[str, str], tuple[str, Words]]) -> None:
        lists = {
            code: Vocabulary.objects.get_or_create(code=code, defaults={"source": GROWING[code]})[0]
            for code in {vocabulary for vocabulary, _code in wanted}
        }
        made = Term.objects.bulk_create(
            [
                Term(vocabulary=lists[vocabulary], code=code, uris=[uri] if uri else [])
                for (vocabulary, code), (uri, _names) in wanted.items()
            ]
        )
        for (key, (_uri, names)), term in zip(wanted.items(), made, strict=True):
            self.terms[key] = term.pk
            TermLabel.objects.bulk_create(
                [TermLabel(term=term, language=code, value=name[:200]) for code, name in names]
            )


def host_scope(*, everywhere: bool = False, everyone: bool = False) -> Scope:
    """Return what the settings say is taken."""
    county = organisation.host_county()
    codes = organisation.municipalities(county).values_list("code", flat=True)
    return Scope(
        county.code,
        frozenset(codes),
        _codes(settings.PTV_ORGANISATIONS),
        everywhere=everywhere,
        everyone=everyone,
    )


def areas_asked(scope: Scope) -> list[tuple[str, str]]:
    """Return the areas whose lists are read: type and code. The settings may name others."""
    if settings.PTV_AREAS:
        parts = (one.strip().partition("/") for one in settings.PTV_AREAS.split(","))
        return [(kind, code) for kind, _slash, code in parts if code]
    return [(COUNTY_AREA, scope.county), *(("Municipality", code) for code in sorted(scope.municipalities))]


def _codes(said: str) -> frozenset[str]:
    return frozenset(one.strip().lower() for one in said.split(",") if one.strip())
