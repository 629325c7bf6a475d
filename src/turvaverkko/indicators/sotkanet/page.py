"""What the pages of Sotkanet show: the catalogue in a reader's words, and how each link stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from turvaverkko.core.time_source import local_day
from turvaverkko.indicators.models import Indicator
from turvaverkko.indicators.rules import Direction
from turvaverkko.indicators.sotkanet import policies, queries
from turvaverkko.indicators.sotkanet.client import Trouble
from turvaverkko.indicators.sotkanet.models import SotkanetFetch, SotkanetIndicator, SotkanetLink
from turvaverkko.indicators.sotkanet.rules import RowKind, same_title
from turvaverkko.indicators.sotkanet.services import OTHER_TITLE, REFUSED
from turvaverkko.looks.api import Cell, Option, Row, Table
from turvaverkko.looks.words import long_date

# Unit: rows of a report on the page; the command of the terminal tells more.
ROWS_SHOWN: Final = 30

TROUBLES: Final[Mapping[str, str | Promise]] = {
    Trouble.OFF: gettext_lazy("Sotkanetin osoitetta ei ole asetettu."),
    Trouble.UNREACHABLE: gettext_lazy("Sotkanetiin ei saatu yhteyttä."),
    Trouble.SLOW: gettext_lazy("Sotkanet ei vastannut ajoissa."),
    Trouble.FORBIDDEN: gettext_lazy("Sotkanet ei päästänyt hakemaan."),
    Trouble.MISSING: gettext_lazy("Sotkanetissa ei ole tällaista mittaria."),
    Trouble.BUSY: gettext_lazy("Sotkanet oli epäkunnossa tai ruuhkainen."),
    Trouble.ODD: gettext_lazy("Sotkanetin osoite on muuttunut."),
    Trouble.TOO_LARGE: gettext_lazy("Vastaus oli liian suuri."),
    Trouble.CUT_SHORT: gettext_lazy("Vastaus katkesi kesken."),
    Trouble.GARBLED: gettext_lazy("Vastausta ei voinut lukea."),
    OTHER_TITLE: gettext_lazy("Sotkanetin otsikko on toinen kuin se, jolla mittari valittiin."),
    REFUSED: gettext_lazy("Vastauksessa oli epäselviä rivejä, joten siitä ei otettu mitään."),
}
ROW_KINDS: Final[Mapping[str, str | Promise]] = {
    RowKind.NOT_A_ROW: gettext_lazy("rivi on vajaa"),
    RowKind.NOT_A_NUMBER: gettext_lazy("luvun paikalla on tekstiä"),
    RowKind.TOO_LARGE: gettext_lazy("luku on liian suuri"),
    RowKind.TWO_VALUES: gettext_lazy("rivillä on kaksi eri lukua"),
    RowKind.NO_REGION: gettext_lazy("alue puuttuu"),
    RowKind.NO_YEAR: gettext_lazy("vuosi puuttuu"),
    RowKind.OTHER_YEAR: gettext_lazy("vuotta ei pyydetty"),
    RowKind.OTHER_INDICATOR: gettext_lazy("rivi on toisesta mittarista"),
    RowKind.OTHER_SEX: gettext_lazy("sukupuolta ei pyydetty"),
    RowKind.CONTRADICTS: gettext_lazy("samalla alueella ja vuodella on toinen luku"),
    RowKind.NO_TITLE: gettext_lazy("otsikko puuttuu"),
    RowKind.UNKNOWN_REGION: gettext_lazy("alue ei ole meillä seurannassa"),
    RowKind.REPEATED: gettext_lazy("sama rivi on kahdesti"),
}
REGIONS: Final[Mapping[str, str | Promise]] = {
    "kunta": gettext_lazy("kunnat"),
    "seutukunta": gettext_lazy("seutukunnat"),
    "maakunta": gettext_lazy("maakunnat"),
    "hyvinvointialue": gettext_lazy("hyvinvointialueet"),
    "sairaanhoitopiiri": gettext_lazy("sairaanhoitopiirit"),
    "maa": gettext_lazy("koko maa"),
}
SEXES: Final[Mapping[str, str | Promise]] = {
    "total": gettext_lazy("yhteensä"),
    "male": gettext_lazy("miehet"),
    "female": gettext_lazy("naiset"),
}
DIRECTIONS: Final[Mapping[str, str | Promise]] = {
    Direction.NEITHER: gettext_lazy("Ei kumpikaan: luku kertoo tarpeesta tai määrästä"),
    Direction.UP: gettext_lazy("Suurempi on parempi"),
    Direction.DOWN: gettext_lazy("Pienempi on parempi"),
}


@dataclass(frozen=True, slots=True)
class Linked:
    """How one link stands.

    Attributes:
        refreshed_on: the day on which figures last came, in words; "": never.
        trouble: why the last try gave nothing, in words; "" when it did.
        is_other_title: the source's title is another now.
        can_verify: the reader may check it.
        is_own: the reader linked it and so cannot check it.
    """

    key: int
    code: str
    name: str
    number: int
    title: str
    is_verified: bool
    refreshed_on: str
    trouble: str
    is_other_title: bool
    can_verify: bool
    is_own: bool


def day_of(at: datetime) -> str:
    """Return the Finnish day of a moment, with its year."""
    return long_date(local_day(at))


def rows(found: Sequence[SotkanetIndicator], address: str) -> list[Row]:
    """Return the results of a search; `address` has "0" in the place of the number."""
    return [
        Row(
            title=_title(one),
            url=address.replace("/0/", f"/{one.pk}/"),
            text=" · ".join([str(one.pk), one.organisation_fi, regions_of(one)]),
            lang=_lang(one),
        )
        for one in found
    ]


def regions_of(one: SotkanetIndicator) -> str:
    """Return the kinds of regions that we know, in words, in the order of our list."""
    return ", ".join(str(words) for kind, words in REGIONS.items() if kind in one.region_kinds)


def sexes_of(one: SotkanetIndicator) -> str:
    """Return the sexes of which figures are told; without any, only the total."""
    told = one.sexes or ["total"]
    return ", ".join(str(words) for sex, words in SEXES.items() if sex in told)


def titles(one: SotkanetIndicator) -> list[tuple[str, str]]:
    """Return the titles by language code."""
    every = (("fi", one.title_fi), ("sv", one.title_sv), ("en", one.title_en))
    return [(code, title) for code, title in every if title]


def linked(indicators: Sequence[Indicator], actor: object) -> list[Linked]:
    """Return how the links stand, as this reader sees them."""
    now = queries.titles_now([one.sotkanet_id for one in indicators if one.sotkanet_id is not None])
    return [_linked(one, now.get(one.sotkanet_id or 0), actor) for one in indicators]


def _linked(one: Indicator, title_now: str | None, actor: object) -> Linked:
    row: SotkanetLink | None = getattr(one, "sotkanet_link", None)
    is_other = title_now is not None and not same_title(title_now, one.sotkanet_title_fi)
    is_own = row is not None and row.linked_by == getattr(actor, "public_id", None)
    may_verify = policies.may_verify(actor, one) and not one.sotkanet_verified
    return Linked(
        key=one.pk,
        code=one.code,
        name=one.name,
        number=one.sotkanet_id or 0,
        title=one.sotkanet_title_fi,
        is_verified=one.sotkanet_verified,
        refreshed_on=day_of(row.refreshed_at) if row and row.refreshed_at else "",
        trouble=str(TROUBLES.get(row.trouble, "")) if row else "",
        is_other_title=is_other,
        can_verify=may_verify and title_now is not None and not is_other and not is_own,
        is_own=may_verify and is_own,
    )


def trouble_of(fetch: SotkanetFetch) -> str:
    """Return why a fetch gave nothing, in words; "" when it did."""
    return str(TROUBLES.get(fetch.trouble, ""))


def report(fetch: SotkanetFetch) -> Table | None:
    """Return the rows of a report that were refused or left out; None when every row was taken."""
    if not fetch.rows:
        return None
    return Table(
        gettext("Rivit, joita ei otettu"),
        [
            Cell(gettext("Rivi"), numeric=True),
            Cell(gettext("Miksi")),
            Cell(gettext("Alue")),
            Cell(gettext("Vuosi")),
            Cell(gettext("Rivillä oli")),
        ],
        [
            [
                Cell(str(row["row"]), numeric=True),
                Cell(str(ROW_KINDS.get(row["kind"], row["kind"]))),
                Cell(row["region"]),
                Cell(row["year"]),
                Cell(row["text"]),
            ]
            for row in fetch.rows[:ROWS_SHOWN]
        ],
    )


def directions(chosen: str) -> list[Option]:
    """Return the choices of which way is better."""
    return [Option(value, str(label), checked=value == chosen) for value, label in DIRECTIONS.items()]


def to_link(chosen: int | None) -> list[Option]:
    """Return the indicators of ours that can be linked."""
    return [Option(str(one.pk), one.name, checked=one.pk == chosen) for one in queries.can_be_linked()]


def _lang(one: SotkanetIndicator) -> str:
    """The language of the title where it is not the reader's."""
    code = get_language() or "fi"
    return "" if getattr(one, f"title_{code}", "") else "fi"


def _title(one: SotkanetIndicator) -> str:
    return getattr(one, f"title_{get_language()}", "") or one.title_fi
