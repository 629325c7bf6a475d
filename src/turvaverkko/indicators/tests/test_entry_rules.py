"""What a row may say: numbers, times, areas, small numbers, and what is refused with which advice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.indicators.entry.rules import (
    BadCell,
    Cell,
    CellKind,
    Checked,
    Column,
    FaultKind,
    Known,
    Measured,
    Row,
    Where,
    check,
    counts_persons,
    is_jump,
    percent_of_change,
    read_number,
)
from turvaverkko.indicators.entry.states import PROPOSAL

KNOWN = Known(
    {
        one.code: one
        for one in (
            Measured("keskustelut", "kpl"),
            Measured("osuus", "%", 1, "Perheet, jotka saivat tukea", "Kaikki perheet"),
            Measured("koulutetut", "henkilöä"),
            Measured("eurot", "€", 2),
            Measured("laskettu", "kpl", is_computed=True),
            Measured("paattynyt", "kpl", ended=date(2024, 12, 31)),
        )
    },
    {
        "municipality:564": Where("municipality:564"),
        "municipality:911": Where("municipality:911", ends=date(2024, 6, 30)),
        "county:17": Where("county:17", begins=date(2023, 1, 1)),
    },
    {("keskustelut", "municipality:564", "2020", "")},
    date(2026, 11, 22),
)


def row(number: int = 2, /, **given: str | Cell) -> Row:
    texts = {"mittari": "keskustelut", "alue": "municipality:564", "aika": "2026", "luku": "12", **given}
    cells = {Column(name): text if isinstance(text, Cell) else Cell(text) for name, text in texts.items()}
    return Row("Luvut", number, cells)


def checked(*rows: Row) -> Checked:
    return check(rows, KNOWN)


def faults(**given: str | Cell) -> list[tuple[str, str]]:
    return [(one.kind.value, one.column) for one in checked(row(**given)).faults]


def test_a_row_that_is_right_becomes_a_line() -> None:
    found = checked(row(luku="1 234", ryhmä="Tytöt", huomautus="Kysely", katkos="Uusi lomake"))
    assert found.faults == []
    (line,) = found.lines
    assert line.thing == ("keskustelut", "municipality:564", "2026", "girls")
    assert (line.value, line.footnote, line.break_note) == (Decimal(1234), "Kysely", "Uusi lomake")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"mittari": "tuntematon"}, ("unknown-indicator", "mittari")),
        ({"mittari": ""}, ("missing", "mittari")),
        ({"mittari": "laskettu"}, ("computed", "mittari")),
        ({"mittari": "paattynyt", "aika": "2025"}, ("indicator-ended", "mittari")),
        ({"alue": "municipality:1"}, ("unknown-area", "alue")),
        ({"alue": "municipality:911", "aika": "2025"}, ("area-not-then", "alue")),
        ({"alue": "county:17", "aika": "2022"}, ("area-not-then", "alue")),
        ({"aika": "ensi vuosi"}, ("no-period", "aika")),
        ({"aika": "2026-13"}, ("no-period", "aika")),
        ({"aika": "0000"}, ("no-period", "aika")),
        ({"aika": "target"}, ("period-without-time", "aika")),
        ({"aika": "round 2"}, ("period-without-time", "aika")),
        ({"aika": "2027"}, ("period-ahead", "aika")),
        ({"aika": Cell("2026-05-01 00:00:00", CellKind.DATE)}, ("date-cell", "aika")),
        ({"ryhmä": "vauvat"}, ("unknown-group", "ryhmä")),
        ({"luku": ""}, ("missing", "luku")),
        ({"luku": "noin 5"}, ("not-a-number", "luku")),
        ({"luku": "1.234"}, ("ambiguous-point", "luku")),
        ({"luku": "12 %"}, ("not-a-share", "luku")),
        ({"luku": "12,5"}, ("decimals", "luku")),
        ({"luku": "-1"}, ("negative", "luku")),
        ({"luku": "9" * 13}, ("too-large", "luku")),
        ({"luku": Cell("=1+1", CellKind.FORMULA)}, ("formula", "luku")),
        ({"luku": Cell("#DIV/0!", CellKind.ERROR)}, ("error-cell", "luku")),
        ({"luku": Cell("1e400", CellKind.NUMBER)}, ("too-large", "luku")),
        ({"luku": Cell("0.12", CellKind.SHARE)}, ("not-a-share", "luku")),
        ({"luku": Cell("True", CellKind.TRUTH)}, ("truth-cell", "luku")),
        ({"huomautus": "x" * 1001}, ("too-long", "huomautus")),
        ({"mittari": "koulutetut", "luku": "4"}, ("small", "luku")),
        ({"mittari": "osuus", "luku": "20", "osoittaja": "4", "nimittäjä": "20"}, ("small", "osoittaja")),
        ({"mittari": "osuus", "luku": "85", "osoittaja": "17", "nimittäjä": "20"}, ("small", "osoittaja")),
        (
            {"mittari": "osuus", "luku": "50", "osoittaja": "10", "nimittäjä": "0"},
            ("no-denominator", "nimittäjä"),
        ),
        ({"mittari": "osuus", "luku": "51", "osoittaja": "10", "nimittäjä": "20"}, ("share-differs", "luku")),
        ({"aika": "2020"}, ("waiting", "aika")),
    ],
    ids=str,
)
def test_a_row_is_refused_for_what_is_wrong_with_it(
    given: dict[str, str | Cell], expected: tuple[str, str]
) -> None:
    assert faults(**given) == [expected]


def test_a_row_tells_every_fault_at_once() -> None:
    assert faults(alue="x", aika="y", luku="z") == [
        ("unknown-area", "alue"),
        ("no-period", "aika"),
        ("not-a-number", "luku"),
    ]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"mittari": "osuus", "luku": "12 %"}, "12"),
        ({"mittari": "osuus", "luku": Cell("0.125", CellKind.SHARE)}, "12.5"),
        ({"mittari": "osuus", "luku": Cell("0.30000000000000004", CellKind.NUMBER)}, "0.3"),
        ({"mittari": "osuus", "luku": "33,3", "osoittaja": "100", "nimittäjä": "300"}, "33.3"),
        ({"mittari": "koulutetut", "luku": "5"}, "5"),
        ({"mittari": "koulutetut", "luku": "0"}, "0"),
        ({"mittari": "keskustelut", "luku": "3"}, "3"),
        ({"mittari": "eurot", "luku": "−1 200,50"}, "-1200.50"),
        ({"alue": "municipality:911", "aika": "2024"}, "12"),
    ],
    ids=str,
)
def test_a_row_stands(given: dict[str, str | Cell], value: str) -> None:
    found = checked(row(**given))
    assert found.faults == []
    assert found.lines[0].value == Decimal(value)


def test_the_same_thing_twice_is_refused_and_names_the_first_row() -> None:
    found = checked(row(2), row(3, luku="13"), row(4, ryhmä="naiset"))
    assert [(one.kind, one.row, one.more) for one in found.faults] == [(FaultKind.REPEATED, 3, "2")]
    assert [one.row for one in found.lines] == [2, 4]


@pytest.mark.parametrize(
    ("written", "number", "percent"),
    [
        ("1 234,5", "1234.5", False),
        ("1\u00a0234,5", "1234.5", False),
        ("1\u202f234\u2009567", "1234567", False),
        ("12 %", "12", True),
        ("12%", "12", True),
        ("−7", "-7", False),
        ("–7", "-7", False),
        ("0.125", "0.125", False),
        ("711.9", "711.9", False),
        ("007", "7", False),
    ],
)
def test_numbers_as_people_write_them(written: str, number: str, percent: bool) -> None:
    assert read_number(written) == (Decimal(number), percent)


@pytest.mark.parametrize(
    "written",
    ["", "-", "1 23", "12 34 5", "1,2,3", "1.234,5", "1e5", "٣", "½", "NaN", "inf", "0x10", "5 kpl", "<5"],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(BadCell):
        read_number(written)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(" \u00a0\u202f\u2009"))
def test_a_number_written_in_finnish_is_read_back(number: Decimal, space: str) -> None:
    written = f"{number:,.2f}".replace(",", space).replace(".", ",")
    assert read_number(written) == (number, False)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number, _percent = read_number(text)
    except BadCell:
        return
    assert number.is_finite()


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(CellKind), st.floats())
def test_any_row_is_a_line_or_tells_a_fault(period: str, group: str, kind: CellKind, number: float) -> None:
    stored = repr(number) if kind in {CellKind.NUMBER, CellKind.SHARE} else period
    found = checked(row(aika=period, ryhmä=group, luku=Cell(stored, kind)))
    assert bool(found.lines) != bool(found.faults)


@pytest.mark.parametrize(
    ("unit", "numerator", "persons"),
    [
        ("henkilöä", "", True),
        ("osallistujaa", "", True),
        ("as.", "", True),
        ("oppilasta", "", True),
        ("vanhempaa", "", True),
        ("kpl", "Kurssille kirjautuneet vanhemmat", True),
        ("kpl", "Perhekeskukset, jotka olivat toiminnassa", False),
        ("kpl", "Lapset puheeksi -keskustelut", False),
        ("kpl", "", False),
        ("€/asukas", "", False),
        ("%", "Perheet", False),
        ("lasta / sosiaalityöntekijä", "", False),
        ("organisaatiota", "", False),
        ("arkipäivää", "", False),
    ],
)
def test_which_indicators_count_persons(unit: str, numerator: str, persons: bool) -> None:
    assert counts_persons(unit, numerator) is persons


@pytest.mark.parametrize(
    ("before", "after", "jump"),
    [
        ("10", "101", True),
        ("10", "100", False),
        ("10", "1", False),
        ("10", "0.9", True),
        ("10", "0", True),
        ("0", "9", False),
        ("5", "-5", True),
    ],
)
def test_a_jump_is_more_than_tenfold_or_less_than_a_tenth(before: str, after: str, jump: bool) -> None:
    assert is_jump(Decimal(before), Decimal(after)) is jump


def test_percent_of_change() -> None:
    assert percent_of_change(Decimal(80), Decimal(100)) == Decimal("25.0")
    assert percent_of_change(Decimal(0), Decimal(100)) is None


def test_the_states_are_sound() -> None:
    assert PROPOSAL.faults() == ()
