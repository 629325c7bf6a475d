"""The page of reported figures beside their sources: rows come in; nothing here asks the database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from turvaverkko.core.csv_files import Value
from turvaverkko.indicators import words
from turvaverkko.indicators.counterparts import Found, Reported, found
from turvaverkko.indicators.models import Figure
from turvaverkko.indicators.queries import thing
from turvaverkko.indicators.rules import PeriodKind
from turvaverkko.looks.api import Cell, Table

FOUND: Final[Mapping[Found, str | Promise]] = {
    Found.SAME: gettext_lazy("Sama luku"),
    Found.DIFFERS: gettext_lazy("Poikkeaa"),
    Found.TARGET: gettext_lazy("Tavoite, jota mikään lähde ei kerro"),
    Found.NO_TIME: gettext_lazy("Aikaa ei kerrottu"),
    Found.NO_LINK: gettext_lazy("Mittaria ei ole kytketty lähteeseen"),
    Found.NO_AREA: gettext_lazy("Lähde ei tunne aluetta"),
    Found.UNVERIFIED: gettext_lazy("Kytkentää lähteeseen ei ole tarkistettu"),
    Found.NOT_IN_SOURCE: gettext_lazy("Lähteestä ei ole saatu lukua"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A reported figure, what its source says of the same, and what that means."""

    reported: Figure
    other: Figure | None
    found: Found

    @property
    def difference(self) -> Decimal | None:
        """How much more the source tells than what was reported; None where one of them tells nothing."""
        if self.other is None or self.other.value is None or self.reported.value is None:
            return None
        return self.other.value - self.reported.value

    @property
    def said(self) -> str:
        """What it means, in words, with the difference and with a doubt about the link."""
        told = str(FOUND[self.found])
        if self.found is Found.DIFFERS and self.difference is not None:
            told = f"{told}: {words.signed_words(self.difference, self.reported.indicator.decimals)}"
        linked = self.reported.indicator
        if self.difference is not None and linked.sotkanet_id and not linked.sotkanet_verified:
            told = f"{told}; {str(FOUND[Found.UNVERIFIED]).lower()}"
        return told


def pairs(reported: Sequence[Figure], others: Mapping[tuple[int, int, str, str], Figure]) -> list[Pair]:
    """Return every reported figure with what stands beside it."""
    return [_pair(one, others.get(thing(one))) for one in reported]


def _pair(one: Figure, other: Figure | None) -> Pair:
    indicator, area = one.indicator, one.area
    judged = Reported(
        value=one.value,
        other=other.value if other else None,
        period_kind=PeriodKind(one.period_kind),
        has_time=one.period_start is not None,
        decimals=indicator.decimals,
        is_linked=indicator.sotkanet_id is not None or bool(indicator.computed),
        is_verified=indicator.sotkanet_verified or bool(indicator.computed),
        is_area_known=area.sotkanet_id is not None or bool(indicator.computed),
    )
    return Pair(one, other, found(judged))


def sentence(every: Sequence[Pair]) -> str:
    """Return how many reported figures there are, and how they stand beside their sources."""
    counts = Counter(one.found for one in every)
    same, differs = counts[Found.SAME], counts[Found.DIFFERS]
    return gettext(
        "Raportoituja lukuja %(total)s: samoja kuin lähteessä %(same)s, poikkeavia %(differs)s, "
        "ilman vertailukohtaa %(alone)s."
    ) % {"total": len(every), "same": same, "differs": differs, "alone": len(every) - same - differs}


def reasons(every: Sequence[Pair]) -> list[tuple[str, int]]:
    """Return why figures have nothing beside them, with how many, the most common first."""
    alone = Counter(one.found for one in every if one.found not in {Found.SAME, Found.DIFFERS})
    return [(str(FOUND[reason]), number) for reason, number in alone.most_common()]


def table(some: Sequence[Pair]) -> Table:
    """Return the figures side by side."""
    head = [
        gettext("Mittari"),
        gettext("Alue"),
        gettext("Aika"),
        gettext("Raportoitu"),
        gettext("Lähde sanoo"),
        gettext("Vertailu"),
    ]
    return Table(
        gettext("Raportoidut luvut lähteen lukujen rinnalla"),
        [Cell(text, numeric=place in {3, 4}) for place, text in enumerate(head)],
        [
            [
                Cell(
                    one.reported.indicator.name,
                    url=reverse("indicators:indicator", args=[one.reported.indicator.code]),
                ),
                Cell(words.whose(one.reported)),
                Cell(words.period_words(one.reported)),
                Cell(words.figure_words(one.reported), numeric=True),
                Cell(_other(one), numeric=True),
                Cell(one.said),
            ]
            for one in some
        ],
    )


def _other(pair: Pair) -> str:
    if pair.other is None:
        return "–"
    return f"{words.bare_words(pair.other)} ({words.ORIGINS[pair.other.origin]})"


def csv_of(some: Sequence[Pair]) -> tuple[list[str], list[list[Value]]]:
    """Return the head and the rows of the file."""
    head = [
        gettext("Mittari"),
        gettext("Alue"),
        gettext("Alueen tunnus"),
        gettext("Aika"),
        gettext("Ryhmä"),
        gettext("Yksikkö"),
        gettext("Raportoitu"),
        gettext("Tarkkuus"),
        gettext("Lähde sanoo"),
        gettext("Alkuperä"),
        gettext("Erotus"),
        gettext("Vertailu"),
        gettext("Huomautukset"),
    ]
    return head, [_csv_row(one) for one in some]


def _csv_row(pair: Pair) -> list[Value]:
    one, other = pair.reported, pair.other
    return [
        one.indicator.name,
        one.area.name,
        one.area.code,
        words.period_words(one),
        words.group_words(one.group),
        words.unit_words(one.indicator),
        one.value,
        words.qualified(one.qualifier, "").strip(),
        other.value if other else None,
        str(words.ORIGINS[other.origin]) if other else "",
        pair.difference,
        str(FOUND[pair.found]),
        one.footnote_fi,
    ]
