"""What the pages of entered figures show: proposals, comparisons and what is wrong with a row, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from turvaverkko.core.time_source import local_day
from turvaverkko.indicators import words
from turvaverkko.indicators.entry import states
from turvaverkko.indicators.entry.files import LARGEST_FILE, FileFault
from turvaverkko.indicators.entry.models import Proposal
from turvaverkko.indicators.entry.queries import Change, Compared
from turvaverkko.indicators.entry.rules import Column, Fault, FaultKind
from turvaverkko.indicators.models import Figure, StatisticalArea
from turvaverkko.looks.api import Cell, Fact, Option, Row, Table

STATES: Final[Mapping[str, str | Promise]] = {
    states.WAITING: gettext_lazy("odottaa hyväksyntää"),
    states.APPROVED: gettext_lazy("hyväksytty"),
    states.RETURNED: gettext_lazy("palautettu korjattavaksi"),
    states.WITHDRAWN: gettext_lazy("peruttu"),
    states.TAKEN_BACK: gettext_lazy("otettu takaisin"),
}
CHANGES: Final[Mapping[Change, str | Promise]] = {
    Change.NEW: gettext_lazy("uusi"),
    Change.CHANGED: gettext_lazy("muuttuu"),
    Change.SAME: gettext_lazy("ennallaan"),
}
DONE: Final[Mapping[str, str | Promise]] = {
    "lahetetty": gettext_lazy("Luvut odottavat nyt toisen henkilön hyväksyntää."),
    "hyvaksytty": gettext_lazy("Luvut on hyväksytty, ja ne näkyvät mittareissa."),
    "palautettu": gettext_lazy("Luvut on palautettu. Tuoja näkee syyn."),
    "peruttu": gettext_lazy("Ehdotus on peruttu."),
    "otettu-takaisin": gettext_lazy("Luvut on otettu takaisin. Aiemmat luvut ovat taas voimassa."),
}
FAULTS: Final[Mapping[FaultKind, str | Promise]] = {
    FaultKind.FORMULA: gettext_lazy("Solussa on kaava. Kopioi solu ja liitä se arvona."),
    FaultKind.ERROR_CELL: gettext_lazy("Solussa on laskuvirhe (%(said)s). Kirjoita luku tai poista rivi."),
    FaultKind.DATE_CELL: gettext_lazy(
        "Taulukko on tulkinnut solun päivämääräksi (%(said)s). Muotoile solu tekstiksi ja kirjoita "
        "se uudelleen."
    ),
    FaultKind.TRUTH_CELL: gettext_lazy("Solussa on totuusarvo (%(said)s). Kirjoita luku tai teksti."),
    FaultKind.MISSING: gettext_lazy("Kohta on tyhjä. Täytä se tai poista rivi."),
    FaultKind.TOO_LONG: gettext_lazy("Teksti on liian pitkä. Lyhennä se %(more)s merkkiin."),
    FaultKind.UNKNOWN_INDICATOR: gettext_lazy("Mittaria ”%(said)s” ei ole. Ota tunnus taulukkopohjasta."),
    FaultKind.COMPUTED: gettext_lazy(
        "Mittarin luvut lasketaan päivittäisestä työstä, joten niitä ei syötetä käsin. Poista rivi."
    ),
    FaultKind.INDICATOR_ENDED: gettext_lazy("Mittarin seuranta on päättynyt %(more)s. Poista rivi."),
    FaultKind.UNKNOWN_AREA: gettext_lazy("Aluetta ”%(said)s” ei ole. Ota tunnus taulukkopohjasta."),
    FaultKind.AREA_NOT_THEN: gettext_lazy(
        "Aluetta ei ollut tuohon aikaan (se on voimassa %(more)s). Tarkista alue ja aika."
    ),
    FaultKind.NO_PERIOD: gettext_lazy(
        "”%(said)s” ei ole aika. Kirjoita vuosi 2026, neljännes 2026-Q1, kuukausi 2026-05 tai "
        "väli 2026-01-01/2026-06-30."
    ),
    FaultKind.PERIOD_WITHOUT_TIME: gettext_lazy(
        "Syötetyllä luvulla pitää olla vuosi, neljännes, kuukausi tai väli. Kirjoita esimerkiksi 2026."
    ),
    FaultKind.PERIOD_AHEAD: gettext_lazy("Aika ei ole vielä alkanut. Tarkista vuosi."),
    FaultKind.UNKNOWN_GROUP: gettext_lazy(
        "Ryhmää ”%(said)s” ei tunneta. Jätä tyhjäksi tai kirjoita naiset, miehet, tytöt, pojat tai "
        "ikä kuten 13-17."
    ),
    FaultKind.NOT_A_NUMBER: gettext_lazy("”%(said)s” ei ole luku. Kirjoita esimerkiksi 1 234,5."),
    FaultKind.AMBIGUOUS_POINT: gettext_lazy(
        "”%(said)s” voi tarkoittaa kahta lukua. Kirjoita tuhannet välilyönnillä ja desimaalit pilkulla."
    ),
    FaultKind.NOT_A_SHARE: gettext_lazy(
        "Luvussa ”%(said)s” on prosenttimerkki, mutta tähän ei kirjoiteta prosentteja. "
        "Tarkista mittarin yksikkö."
    ),
    FaultKind.TOO_LARGE: gettext_lazy("Luku on liian suuri. Tarkista se."),
    FaultKind.NEGATIVE: gettext_lazy("Luku on alle nollan. Tarkista etumerkki."),
    FaultKind.DECIMALS: gettext_lazy(
        "Luvussa ”%(said)s” on liikaa desimaaleja. Pyöristä se: desimaaleja on enintään %(more)s."
    ),
    FaultKind.SMALL: gettext_lazy(
        "Luku kertoo alle %(more)s henkilöstä tai perheestä, ja heidät voisi tunnistaa. Poista rivi "
        "tai ilmoita luku suuremmalta alueelta."
    ),
    FaultKind.NO_DENOMINATOR: gettext_lazy(
        "Nimittäjän pitää olla suurempi kuin nolla. Korjaa tai tyhjennä se."
    ),
    FaultKind.SHARE_DIFFERS: gettext_lazy(
        "Osoittajasta ja nimittäjästä tulee %(more)s %%, mutta luku on %(said)s. Korjaa jokin niistä."
    ),
    FaultKind.REPEATED: gettext_lazy(
        "Saman mittarin, alueen, ajan ja ryhmän luku on jo rivillä %(more)s. Poista toinen."
    ),
    FaultKind.WAITING: gettext_lazy(
        "Samasta luvusta odottaa jo toinen ehdotus. Odota sen ratkaisua tai poista rivi."
    ),
}
# The same on the form of one figure, where there is no row to leave out.
FORM_FAULTS: Final[Mapping[FaultKind, str | Promise]] = {
    FaultKind.UNKNOWN_AREA: gettext_lazy("Valitse alue luettelosta."),
    FaultKind.INDICATOR_ENDED: gettext_lazy("Mittarin seuranta on päättynyt %(more)s. Tarkista aika."),
    FaultKind.SMALL: gettext_lazy(
        "Luku kertoo alle %(more)s henkilöstä tai perheestä, ja heidät voisi tunnistaa. Ilmoita luku "
        "suuremmalta alueelta."
    ),
    FaultKind.WAITING: gettext_lazy("Samasta luvusta odottaa jo toinen ehdotus. Odota sen ratkaisua."),
}
FORM_MISSING: Final[Mapping[str, str | Promise]] = {
    Column.AREA: gettext_lazy("Valitse alue luettelosta."),
    Column.PERIOD: gettext_lazy("Kirjoita, miltä ajalta luku on."),
    Column.VALUE: gettext_lazy("Kirjoita luku."),
}
FILE_FAULTS: Final[Mapping[FileFault, str | Promise]] = {
    FileFault.MISSING: gettext_lazy("Valitse tiedosto."),
    FileFault.EMPTY: gettext_lazy("Tiedosto on tyhjä. Valitse toinen tiedosto."),
    FileFault.TOO_LARGE: gettext_lazy(
        "Tiedosto on liian suuri. Suurin sallittu koko on %(megabytes)s megatavua."
    ),
    FileFault.OTHER_KIND: gettext_lazy(
        "Tällaista tiedostoa ei voi tuoda. Tallenna se muotoon PDF, XLSX, CSV, PNG, JPG tai DOCX."
    ),
    FileFault.NOT_A_TABLE: gettext_lazy("Tiedosto ei ole taulukko. Tuo XLSX- tai CSV-tiedosto."),
    FileFault.NOT_WHAT_IT_SAYS: gettext_lazy(
        "Tiedoston sisältö ei vastaa päätettä .%(more)s. Avaa se ohjelmassa, jolla se on tehty, ja "
        "tallenna "
        "uudelleen."
    ),
    FileFault.OLD_OFFICE: gettext_lazy(
        "Tiedosto on vanhaa Excel- tai Word-muotoa tai suojattu salasanalla. Poista salasana ja "
        "tallenna se "
        "muotoon XLSX tai DOCX."
    ),
    FileFault.LOCKED: gettext_lazy(
        "Tiedosto on suojattu salasanalla. Poista salasana ja tuo tiedosto uudelleen."
    ),
    FileFault.UNPACKS_TOO_LARGE: gettext_lazy(
        "Tiedosto on purettuna liian suuri. Poista siitä kuvat ja ylimääräiset taulukot."
    ),
    FileFault.BROKEN: gettext_lazy(
        "Tiedosto on vioittunut. Avaa se taulukko-ohjelmassa ja tallenna uudelleen."
    ),
    FileFault.ENCODING: gettext_lazy(
        "Tiedoston kirjaimet ovat vioittuneet. Tallenna se UTF-8-muodossa (Excelissä ”CSV UTF-8”)."
    ),
    FileFault.QUOTES: gettext_lazy("Riviä %(more)s ei voi lukea taulukkona. Tarkista lainausmerkit."),
    FileFault.NO_ROWS: gettext_lazy(
        "Tiedostossa ei ole yhtään riviä. Täytä taulukkopohja ja tuo se uudelleen."
    ),
    FileFault.NO_HEADING: gettext_lazy(
        "Ensimmäiseltä riviltä puuttuu sarake: %(more)s. Käytä taulukkopohjaa."
    ),
    FileFault.UNKNOWN_COLUMN: gettext_lazy("Saraketta ”%(more)s” ei tunneta. Poista se."),
    FileFault.COLUMN_TWICE: gettext_lazy("Sarake ”%(more)s” on kahdesti. Poista toinen."),
    FileFault.TOO_MANY_ROWS: gettext_lazy(
        "Rivejä on yli %(more)s. Jaa tiedosto osiin ja poista tyhjät rivit."
    ),
    FileFault.TOO_MANY_COLUMNS: gettext_lazy(
        "Taulukossa on sisältöä otsikoitujen sarakkeiden ulkopuolella (%(more)s). Poista "
        "ylimääräiset sarakkeet."
    ),
    FileFault.TOO_MANY_SHEETS: gettext_lazy("Taulukoita on yli %(more)s. Poista ylimääräiset."),
    FileFault.HIDDEN_SHEET: gettext_lazy(
        "Taulukko on piilotettu, joten sen lukuja ei ehkä ole tarkoitettu tuotaviksi. Poista se "
        "tai tuo se näkyviin."
    ),
    FileFault.MERGED: gettext_lazy("Solut %(more)s on yhdistetty. Pura yhdistäminen ja täytä jokainen solu."),
}
# Names of the columns on the form of one figure.
FIELDS: Final[Mapping[str, str]] = {
    Column.AREA: "alue",
    Column.PERIOD: "aika",
    Column.GROUP: "ryhma",
    Column.VALUE: "luku",
    Column.NUMERATOR: "osoittaja",
    Column.DENOMINATOR: "nimittaja",
    Column.FOOTNOTE: "huomautus",
    Column.BREAK: "katkos",
}


# Of an indicator of whole numbers.
NO_DECIMALS: Final = gettext_lazy("Luvussa ”%(said)s” on desimaaleja. Pyöristä se kokonaisluvuksi.")


def fault_words(fault: Fault) -> str:
    """Return what is wrong with a cell and what to do."""
    return _said(fault, FAULTS)


def form_fault_words(fault: Fault) -> str:
    """Return what is wrong with a field of the form and what to do."""
    if fault.kind is FaultKind.MISSING and fault.column in FORM_MISSING:
        return str(FORM_MISSING[fault.column])
    return _said(fault, {**FAULTS, **FORM_FAULTS})


def _said(fault: Fault, words: Mapping[FaultKind, str | Promise]) -> str:
    is_whole = fault.kind is FaultKind.DECIMALS and fault.more == "0"
    pattern = NO_DECIMALS if is_whole else words[fault.kind]
    return str(pattern) % {"said": fault.said[:60], "more": fault.more}


def file_words(kind: FileFault, sheet: str, more: str) -> str:
    """Return what is wrong with a file and what to do; with the sheet's name where it is of one."""
    said = str(FILE_FAULTS[kind]) % {"more": more, "megabytes": LARGEST_FILE // 1_000_000}
    return gettext("Taulukko ”%(sheet)s”: %(said)s") % {"sheet": sheet, "said": said} if sheet else said


def faults_table(faults: Sequence[Fault]) -> Table:
    """Return what is refused, row by row."""
    has_sheets = any(one.sheet for one in faults)
    head = [Cell(gettext("Rivi"), numeric=True), Cell(gettext("Sarake")), Cell(gettext("Mitä tehdä"))]
    return Table(
        gettext("Korjattavat rivit"),
        [*head, Cell(gettext("Taulukko"))] if has_sheets else head,
        [
            [
                Cell(str(one.row), numeric=True),
                Cell(one.column),
                Cell(fault_words(one)),
                *([Cell(one.sheet)] if has_sheets else []),
            ]
            for one in faults
        ],
    )


def in_order(found: Sequence[Compared]) -> list[Compared]:
    """Return first what has to be looked at, then what changes, then the rest; each in the file's order."""
    order = [Change.CHANGED, Change.NEW, Change.SAME]
    return sorted(found, key=lambda one: (not one.is_jump, order.index(one.change)))


def comparison(found: Sequence[Compared]) -> Table:
    """Return figures beside what holds now."""
    head = [
        Cell(gettext("Mittari")),
        Cell(gettext("Alue ja aika")),
        Cell(gettext("Uusi luku"), numeric=True),
        Cell(gettext("Nyt voimassa"), numeric=True),
        Cell(gettext("Muutos"), numeric=True),
        Cell(gettext("Huomaa")),
    ]
    return Table(gettext("Luvut ja mitä ne muuttavat"), head, [_compared_row(one) for one in found])


def _compared_row(one: Compared) -> list[Cell]:
    figure = one.figure
    return [
        Cell(figure.indicator.name, url=reverse("indicators:indicator", args=[figure.indicator.code])),
        Cell(f"{words.whose(figure)}, {words.period_words(figure)}"),
        Cell(words.figure_words(figure), numeric=True),
        Cell(words.bare_words(one.before) if one.before else "", numeric=True),
        Cell(_percent(one), numeric=True),
        Cell("; ".join(_remarks(one))),
    ]


def _percent(one: Compared) -> str:
    percent = one.percent
    return "" if percent is None else f"{words.signed_words(percent, 1)}{words.NO_BREAK}%"


def _remarks(one: Compared) -> list[str]:
    said = [str(CHANGES[one.change])]
    if one.is_jump and one.last is not None:
        said.append(
            gettext("poikkeaa paljon luvusta %(value)s (%(period)s)")
            % {"value": words.bare_words(one.last), "period": words.period_words(one.last)}
        )
    if one.figure.numerator is not None or one.figure.denominator is not None:
        said.append(_parts(one.figure))
    if one.figure.footnote_fi:
        said.append(one.figure.footnote_fi)
    if one.break_note:
        said.append(gettext("katkos: %(text)s") % {"text": one.break_note})
    return said


def _parts(figure: Figure) -> str:
    told = [
        words.number_words(number, 2 if number % 1 else 0) if number is not None else "–"
        for number in (figure.numerator, figure.denominator)
    ]
    return gettext("laskettu luvuista %(part)s / %(whole)s") % {"part": told[0], "whole": told[1]}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many figures of each kind a file brings."""

    new: int
    changed: int
    same: int
    jumps: int


def counts(found: Sequence[Compared]) -> Counts:
    """Count what a file brings."""
    told = [one.change for one in found]
    return Counts(
        told.count(Change.NEW),
        told.count(Change.CHANGED),
        told.count(Change.SAME),
        sum(one.is_jump for one in found),
    )


def proposal_rows(found: Sequence[Proposal], names: Mapping[str, str]) -> list[Row]:
    """Return proposals as a list to choose from."""
    return [
        Row(
            title=one.source_file.name,
            url=reverse("indicators:entry-one", args=[one.public_id]),
            text=" · ".join(
                [
                    str(STATES[one.state]),
                    gettext("lukuja %(number)s") % {"number": getattr(one, "figures", 0)},
                    who_when(names.get(one.made_by, ""), local_day(one.made_at)),
                ]
            ),
        )
        for one in found
    ]


def who_when(who: str, day: date) -> str:
    """Return who did it and on which day."""
    return f"{who} {words.day_words(day)}".strip()


def facts(of: Proposal, names: Mapping[str, str]) -> list[Fact]:
    """Return who brought it, from what, who decided and why."""
    file = reverse("indicators:entry-file", args=[of.public_id])
    told = [
        Fact(gettext("Tila"), str(STATES[of.state])),
        Fact(gettext("Lähde"), of.source_file.name, url=file),
        Fact(gettext("Tuoja"), who_when(names.get(of.made_by, ""), local_day(of.made_at))),
    ]
    if of.decided_at is not None:
        who = who_when(names.get(of.decided_by, ""), local_day(of.decided_at))
        told.append(Fact(gettext("Palautti") if of.state == states.RETURNED else gettext("Hyväksyi"), who))
    if of.taken_back_at is not None:
        who = who_when(names.get(of.taken_back_by, ""), local_day(of.taken_back_at))
        told.append(Fact(gettext("Otti takaisin"), who))
    if of.reason:
        told.append(Fact(gettext("Syy"), of.reason))
    return told


@dataclass(frozen=True, slots=True)
class Entered:
    """One entered figure on the page of its indicator: whence it came and who stand behind it."""

    what: str
    value: str
    file: str
    file_url: str
    url: str
    entered_by: str
    approved_by: str


def entered_lines(found: Sequence[Figure], names: Mapping[str, str]) -> list[Entered]:
    """Return the entered figures of an indicator as they are listed."""
    return [
        Entered(
            f"{words.whose(one)}, {words.period_words(one)}",
            words.figure_words(one),
            one.proposed.proposal.source_file.name,
            reverse("indicators:entry-file", args=[one.proposed.proposal.public_id]),
            reverse("indicators:entry-one", args=[one.proposed.proposal.public_id]),
            names.get(one.entered_by, ""),
            names.get(one.approved_by, ""),
        )
        for one in found
    ]


def area_options(areas: Sequence[StatisticalArea], chosen: str) -> list[Option]:
    """Return the areas of a form."""
    return [Option(one.code, words.area_words(one), checked=one.code == chosen) for one in areas]
