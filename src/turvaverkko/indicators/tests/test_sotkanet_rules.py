"""The traps of Sotkanet's formats: each is read or refused with a reason, never guessed."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.indicators.rules import AreaKind
from turvaverkko.indicators.sotkanet import answers, rules
from turvaverkko.indicators.sotkanet.rules import Asked, KnownArea, MatchKind, Region, RowKind

ASKED = Asked(2484, (2020, 2021, 2022))
AREAS = {973: 1, 893: 1, 658: 2, 564: 3}


def row(**over: object) -> dict[str, object]:
    whole = {"indicator": 2484, "region": 658, "year": 2021, "gender": "total", "value": Decimal("683.9")}
    return {name: value for name, value in {**whole, **over}.items() if value is not ...}


def read(*rows: object) -> rules.Reading:
    return rules.read_rows(rows, ASKED, AREAS)


def kinds(*rows: object) -> list[RowKind]:
    return [one.kind for one in read(*rows).told]


@pytest.mark.parametrize(
    "one",
    [
        row(),
        row(value=..., **{"primary value": "683.9"}),
        row(value=..., **{"primary value": "683,9"}),
        row(**{"primary value": "683,90"}),
        row(indicator="2484", region="658", year="2021", value="683.9"),
        row(gender=""),
        row(gender=None),
        row(gender=...),
        row(gender="TOTAL"),
    ],
)
def test_every_form_of_the_same_row_is_the_same_figure(one: dict[str, object]) -> None:
    reading = read(one)
    assert reading.told == []
    assert [(v.area, v.year, v.group, v.value) for v in reading.values] == [(2, 2021, "", Decimal("683.9"))]


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (row(value="noin 5"), RowKind.NOT_A_NUMBER),
        (row(value="1 234"), RowKind.NOT_A_NUMBER),
        (row(value="1.234,5"), RowKind.NOT_A_NUMBER),
        (row(value="NaN"), RowKind.NOT_A_NUMBER),
        (row(value=Decimal("NaN")), RowKind.NOT_A_NUMBER),
        (row(value=True), RowKind.NOT_A_NUMBER),
        (row(value=[1]), RowKind.NOT_A_NUMBER),
        (row(value="٤٢"), RowKind.NOT_A_NUMBER),
        (row(value=10**12), RowKind.TOO_LARGE),
        (row(value=Decimal("1e400000")), RowKind.TOO_LARGE),
        (row(**{"primary value": "384.5"}), RowKind.TWO_VALUES),
        (row(region=...), RowKind.NO_REGION),
        (row(region=None), RowKind.NO_REGION),
        (row(region=""), RowKind.NO_REGION),
        (row(region="Oulu"), RowKind.NO_REGION),
        (row(region=True), RowKind.NO_REGION),
        (row(year=...), RowKind.NO_YEAR),
        (row(year="2021-2022"), RowKind.NO_YEAR),
        (row(year=2019), RowKind.OTHER_YEAR),
        (row(indicator=2483), RowKind.OTHER_INDICATOR),
        (row(indicator=...), RowKind.OTHER_INDICATOR),
        (row(gender="male"), RowKind.OTHER_SEX),
        (row(gender="muu"), RowKind.OTHER_SEX),
        (["2484", "658"], RowKind.NOT_A_ROW),
        ("text", RowKind.NOT_A_ROW),
        (None, RowKind.NOT_A_ROW),
    ],
)
def test_a_row_that_is_not_certain_refuses_the_whole_answer(one: object, kind: RowKind) -> None:
    reading = read(row(region=564), one)
    assert [(told.row, told.kind) for told in reading.told] == [(2, kind)]
    assert reading.is_refused
    assert reading.values == []


def test_the_source_may_say_that_there_is_no_figure() -> None:
    reading = read(row(value=None), row(year=2022, value=".."), row(year=2020, value=...))
    assert [one.value for one in reading.values] == [None, None, None]
    assert not reading.is_refused


def test_a_year_twice() -> None:
    assert kinds(row(), row(value="683.90")) == [RowKind.REPEATED]
    assert len(read(row(), row()).values) == 1
    assert kinds(row(), row(value="384.5")) == [RowKind.CONTRADICTS]
    # The former number of a county is the same county.
    assert kinds(row(region=973), row(region=893, value=1)) == [RowKind.CONTRADICTS]
    assert kinds(row(region=973), row(region=893)) == [RowKind.REPEATED]


def test_a_region_of_which_we_tell_nothing_is_told_and_left_out() -> None:
    reading = read(row(region=833), row())
    assert [one.kind for one in reading.told] == [RowKind.UNKNOWN_REGION]
    assert [one.area for one in reading.values] == [2]


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=4))
def test_a_number_is_the_same_in_every_writing(number: Decimal) -> None:
    written = f"{number:f}"
    forms = [number, written, written.replace(".", ","), f" {written} "]
    assert {rules.number(form) for form in forms} == {number}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
fields = st.sampled_from(["indicator", "region", "year", "gender", "value", "primary value", "absValue"])
good = st.builds(row, region=st.sampled_from([658, "564", 973, 893, 1]), year=st.sampled_from([2020, "2021"]))
bent = st.builds(lambda whole, name, value: {**whole, name: value}, good, fields, anything)


@given(st.lists(st.one_of(good, bent, anything), max_size=8))
def test_whatever_comes_is_read_told_or_refused(rows: list[object]) -> None:
    reading = read(*rows)
    assert not (reading.is_refused and reading.values)
    keys = [(one.area, one.year, one.group) for one in reading.values]
    assert len(keys) == len(set(keys))
    assert {one.area for one in reading.values} <= {1, 2, 3}
    assert all(1 <= told.row <= len(rows) and len(told.text) <= 40 for told in reading.told)
    for one in reading.values:
        assert one.value is None or (one.value.is_finite() and abs(one.value) <= 10**12)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_are_an_answer_or_garbled(content: bytes) -> None:
    for reader in (answers.rows_of_json, answers.rows_of_csv, answers.catalogue, answers.regions):
        try:
            reader(content)
        except answers.Garbled:
            continue


@given(st.data())
def test_a_cut_answer_is_never_read_as_whole(data: st.DataObject) -> None:
    rows = [row(year=year, value=float(year)) for year in (2020, 2021, 2022)]
    whole = json.dumps(rows).encode()
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(answers.Garbled):
        answers.rows_of_json(whole[:cut])


HEAD = b"indicator;region;year;gender;primary value;absolute value\r\n"


def test_a_table_is_read_as_json_is() -> None:
    rows = answers.rows_of_csv(HEAD + b"2484;658;2021;total;683,9;1200\r\n2484;564;2021;total;;\r\n\r\n")
    values = read(*rows).values
    assert [(one.area, one.value, one.absolute) for one in values] == [
        (2, Decimal("683.9"), Decimal(1200)),
        (3, None, None),
    ]


def test_a_row_of_another_length_is_refused() -> None:
    rows = answers.rows_of_csv(HEAD + b"2484;658;2021;total;683,9\r\n2484;658;2021;total;1;2;3\r\n")
    assert kinds(*rows) == [RowKind.NOT_A_ROW, RowKind.NOT_A_ROW]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEAD.replace(b";", b","),
        HEAD + b"2484;658;2021;total;6",  # no end of its last line
        HEAD.replace(b"gender", b"region"),
        HEAD + b'2484;658;2021;"total;6;\r\n',
        HEAD + "2484;658;2021;yhteensä;6;\r\n".encode("latin-1"),
        b"<!DOCTYPE html>\n",
    ],
)
def test_another_table_is_garbled(content: bytes) -> None:
    with pytest.raises(answers.Garbled):
        answers.rows_of_csv(content)


def listed(**over: object) -> dict[str, object]:
    return {"id": 1, "title": {"fi": "Yksi"}, "organization": {"title": {"fi": "THL"}}, **over}


def test_kinds_of_regions_are_one_however_written_and_sexes_may_be_missing() -> None:
    many = [
        listed(classifications={"region": {"values": ["Kunta", "KUNTA"]}, "sex": {"values": []}}),
        listed(id=2, classifications={}),
        listed(id=3, title={"fi": ""}),
        listed(id=1, title={"fi": "Toinen"}),
        "rivi",
    ]
    found, told = answers.catalogue(json.dumps(many).encode())
    assert [(one.id, one.region_kinds, one.sexes) for one in found] == [(1, ("kunta",), ()), (2, (), ())]
    assert [(one.row, one.kind) for one in told] == [
        (3, RowKind.NO_TITLE),
        (4, RowKind.CONTRADICTS),
        (5, RowKind.NOT_A_ROW),
    ]


OURS = [
    KnownArea("county:19", AreaKind.COUNTY, "Pohde"),
    KnownArea("county:15", AreaKind.COUNTY, "Keski-Suomen hyvinvointialue"),
    KnownArea("municipality:005", AreaKind.MUNICIPALITY, "Alajärvi"),
    KnownArea("hospital-district:18", AreaKind.HOSPITAL_DISTRICT, "Pohjois-Pohjanmaan sairaanhoitopiiri"),
    KnownArea("region:17", AreaKind.REGION, "Pohjois-Pohjanmaa"),
    KnownArea("country:fi", AreaKind.COUNTRY, "Suomi"),
    KnownArea("network:vip-oys", AreaKind.NETWORK, "VIP"),
]


def matched(number: int, code: str, category: str) -> tuple[MatchKind, str]:
    (one,) = rules.match([Region(number, code, category, "Nimi")], OURS)
    return one.kind, one.area


def test_regions_find_their_areas() -> None:
    assert matched(973, "19", "hyvinvointialue") == (MatchKind.MATCHED, "county:19")
    # The former number of Pohde had the code that Keski-Suomi has today.
    assert matched(893, "15", "hyvinvointialue") == (MatchKind.FORMER, "county:19")
    assert matched(973, "15", "hyvinvointialue") == (MatchKind.CODE_DIFFERS, "")
    assert matched(999, "19", "hyvinvointialue") == (MatchKind.NO_AREA, "")
    assert matched(957, "11", "hyvinvointialue") == (MatchKind.NO_AREA, "")
    assert matched(2, "5", "kunta") == matched(2, "005", "kunta") == (MatchKind.MATCHED, "municipality:005")
    assert matched(503, "17", "maakunta") == (MatchKind.MATCHED, "region:17")
    assert matched(616, "18", "sairaanhoitopiiri") == (MatchKind.MATCHED, "hospital-district:18")
    assert matched(658, "358", "maa") == (MatchKind.MATCHED, "country:fi")
    assert matched(1, "fi", "maa") == (MatchKind.NO_AREA, "")
    assert matched(833, "1", "aluehallintovirasto") == (MatchKind.NOT_OURS, "")


def test_two_regions_are_not_one_area() -> None:
    two = [Region(2, "005", "kunta", "Alajärvi"), Region(3, "5", "kunta", "Toinen")]
    assert [one.kind for one in rules.match(two, OURS)] == [MatchKind.MATCHED, MatchKind.TAKEN]


def test_the_numbers_of_counties_are_those_of_the_source(shared_data: object) -> None:
    text = (shared_data / "integrations/sotkanet/hyvinvointialueet_sotkanet_ids.csv").read_text("utf-8")
    told = [line.split(",") for line in text.splitlines()[1:]]
    theirs = {(int(code), int(now), int(before) if before else None) for _, now, before, code, _ in told}
    assert set(rules.COUNTIES) == theirs
