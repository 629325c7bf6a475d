"""Bringing the real catalogue, regions and figures: whole or not at all, again and again."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from turvaverkko.core import time_source
from turvaverkko.core.jobs import schedules
from turvaverkko.core.jobs.testing import drain
from turvaverkko.indicators.models import Figure, Indicator, StatisticalArea
from turvaverkko.indicators.rules import Direction, Origin, Status
from turvaverkko.indicators.sotkanet import queries, refreshing
from turvaverkko.indicators.sotkanet.answers import Garbled
from turvaverkko.indicators.sotkanet.client import Client
from turvaverkko.indicators.sotkanet.jobs import refresh_one
from turvaverkko.indicators.sotkanet.models import SotkanetFetch, SotkanetIndicator, SotkanetLink
from turvaverkko.indicators.sotkanet.rules import MatchKind
from turvaverkko.indicators.tests import sotkanet_server as server
from turvaverkko.indicators.tests.sotkanet_server import SAVED_YEAR, Source
from turvaverkko.trail.models import LogEntry

pytestmark = pytest.mark.django_db
# The title by which number 127 was chosen.
POPULATION = "Väestö 31.12."
AREAS = (
    ("country:fi", "country", "Suomi"),
    ("county:19", "county", "Pohjois-Pohjanmaan hyvinvointialue"),
    ("region:17", "region", "Pohjois-Pohjanmaa"),
    ("hospital-district:18", "hospital-district", "Pohjois-Pohjanmaan sairaanhoitopiiri"),
    ("municipality:564", "municipality", "Oulu"),
    ("municipality:436", "municipality", "Lumijoki"),
    ("municipality:999", "municipality", "Uusi kunta"),
)


@pytest.fixture
def source(shared_data: Path) -> Iterator[Source]:
    with server.serving(shared_data / "integrations" / "sotkanet") as one:
        yield one


@pytest.fixture
def client(source: Source) -> Client:
    return Client(source.address, largest=3_000_000, waits=())


@pytest.fixture
def areas(db: None) -> dict[str, StatisticalArea]:
    return {
        code: StatisticalArea.objects.create(code=code, kind=kind, name_fi=name) for code, kind, name in AREAS
    }


@pytest.fixture
def indicator(db: None) -> Indicator:
    return Indicator.objects.create(
        code="vaesto",
        name_fi="Väestö",
        unit_fi="henkilöä",
        source="sotkanet",
        direction=Direction.NEITHER,
        sotkanet_id=127,
        sotkanet_title_fi=POPULATION,
    )


@pytest.fixture
def ready(client: Client, areas: object, indicator: Indicator) -> Indicator:
    """The regions are there, and of the catalogue what is needed."""
    for number, title in ((127, POPULATION), (3064, "Psykiatrian pakkotoimet")):
        SotkanetIndicator.objects.create(id=number, title_fi=title, fetched_at=time_source.now())
    refreshing.fetch_regions(client)
    return indicator


def fetch(indicator: Indicator, client: Client, form: str = "json") -> SotkanetFetch:
    return refreshing.fetch_figures(indicator, [SAVED_YEAR], form=form, source=client)


def held() -> dict[str, Decimal | None]:
    rows = Figure.objects.exclude(status=Status.REPLACED).select_related("area")
    return {one.area.code: one.value for one in rows}


# What the saved answer tells of our areas.
SAVED = {
    "country:fi": Decimal(5351427),
    "hospital-district:18": Decimal(392490),
    "municipality:564": Decimal(182528),
    "municipality:436": Decimal(1994),
    "region:17": Decimal(392110),
}


def test_the_whole_catalogue_comes_in_seconds(client: Client) -> None:
    began = time.monotonic()
    report = refreshing.fetch_catalogue(client)
    assert time.monotonic() - began < 20
    assert (report.total, report.new, report.gone, len(report.told)) == (2434, 2434, 0, 0)
    assert SotkanetIndicator.objects.count() == 2434
    one = SotkanetIndicator.objects.get(pk=2484)
    assert one.title_fi.startswith("Erikoissairaanhoidon avohoitokäynnit, nuorisopsykiatria / 1 000")
    assert one.organisation_fi == "Terveyden ja hyvinvoinnin laitos (THL)"
    assert "kunta" in one.region_kinds
    assert LogEntry.objects.get(kind="sotkanet.import_catalogue").payload["total"] == 2434


def test_the_catalogue_again_changes_nothing(client: Client) -> None:
    refreshing.fetch_catalogue(client)
    report = refreshing.fetch_catalogue(client)
    assert (report.new, list(report.retitled), report.gone) == (0, [], 0)
    assert SotkanetIndicator.objects.count() == 2434


def test_a_title_that_changed_is_remembered_and_what_is_gone_is_marked(
    source: Source, client: Client
) -> None:
    refreshing.fetch_catalogue(client)
    rows = json.loads(source.saved("/indicators") or b"")
    changed = [one for one in rows if one["id"] != 4]
    next(one for one in changed if one["id"] == 127)["title"]["fi"] = "Jotakin muuta"
    source.answers["/indicators"] = json.dumps(changed).encode()
    with time_machine.travel("2027-01-01T12:00Z", tick=False):
        report = refreshing.fetch_catalogue(client)
    assert list(report.retitled) == [(127, POPULATION, "Jotakin muuta")]
    one = SotkanetIndicator.objects.get(pk=127)
    assert (one.title_fi, [old.title_fi for old in one.former_titles.all()]) == (
        "Jotakin muuta",
        [POPULATION],
    )
    assert report.gone == 1
    assert SotkanetIndicator.objects.get(pk=4).gone_at is not None
    del source.answers["/indicators"]
    refreshing.fetch_catalogue(client)
    assert SotkanetIndicator.objects.get(pk=4).gone_at is None


@pytest.mark.parametrize("content", [b"[]", b"{}", b'[{"id": 1, "title": {"fi": "Yksi"}}]', b"[1, 2]"])
def test_what_is_no_catalogue_changes_nothing(source: Source, client: Client, content: bytes) -> None:
    refreshing.fetch_catalogue(client)
    source.answers["/indicators"] = content
    with pytest.raises(Garbled):
        refreshing.fetch_catalogue(client)
    assert SotkanetIndicator.objects.filter(gone_at__isnull=True).count() == 2434


def test_regions_give_areas_their_numbers(client: Client, areas: dict[str, StatisticalArea]) -> None:
    matches = refreshing.fetch_regions(client)
    numbers = dict(StatisticalArea.objects.values_list("code", "sotkanet_id"))
    assert numbers == {
        "country:fi": 658,
        "county:19": None,  # the saved answer is older than the counties
        "region:17": 503,
        "hospital-district:18": 616,
        "municipality:564": 261,
        "municipality:436": 209,
        "municipality:999": None,
    }
    kinds = {one.kind for one in matches}
    assert kinds == {MatchKind.MATCHED, MatchKind.NO_AREA, MatchKind.NOT_OURS}
    entry = LogEntry.objects.get(kind="sotkanet.match_regions").payload
    assert entry == {"matched": 5, "changed": 5, "unmatched": 320 + 19 + 21 + 1 - 5}
    refreshing.fetch_regions(client)
    assert dict(StatisticalArea.objects.values_list("code", "sotkanet_id")) == numbers


def test_counties_have_their_number_of_today_and_before(
    source: Source, client: Client, areas: object
) -> None:
    counties = [
        {"id": number, "code": code, "category": "HYVINVOINTIALUE", "title": {"fi": "Pohde"}}
        for number, code in ((893, "15"), (973, "19"), (999, "19"))
    ]
    source.answers["/regions"] = json.dumps([*counties, {"id": "x"}]).encode()
    kinds = [one.kind for one in refreshing.fetch_regions(client)]
    assert kinds == [MatchKind.FORMER, MatchKind.MATCHED, MatchKind.NO_AREA, MatchKind.NOT_A_REGION]
    pohde = StatisticalArea.objects.get(code="county:19")
    assert (pohde.sotkanet_id, pohde.former_sotkanet_id) == (973, 893)
    assert queries.areas_by_region() == {973: pohde.pk, 893: pohde.pk}


def test_numbers_that_changed_places_are_taken(
    client: Client, source: Source, areas: dict[str, StatisticalArea]
) -> None:
    StatisticalArea.objects.filter(code="municipality:564").update(sotkanet_id=209)
    StatisticalArea.objects.filter(code="municipality:436").update(sotkanet_id=261)
    StatisticalArea.objects.filter(code="municipality:999").update(sotkanet_id=503)
    refreshing.fetch_regions(client)
    numbers = dict(StatisticalArea.objects.values_list("code", "sotkanet_id"))
    assert (numbers["municipality:564"], numbers["municipality:436"]) == (261, 209)
    assert (numbers["region:17"], numbers["municipality:999"]) == (503, None)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_real_figures_come_in_both_forms(ready: Indicator, client: Client, form: str) -> None:
    done = fetch(ready, client, form)
    assert (done.trouble, done.taken, done.changed, done.same) == ("", 5, 0, 0)
    assert held() == SAVED
    assert set(done.counts) == {"unknown-region"}
    assert done.taken + done.counts["unknown-region"] == 466
    one = Figure.objects.get(area__code="municipality:564")
    assert (one.period, one.origin, one.status, one.group) == ("2009", Origin.FETCHED, Status.FINAL, "")
    link = SotkanetLink.objects.get(indicator=ready)
    assert link.refreshed_at is not None
    entry = LogEntry.objects.get(kind="sotkanet.take_figures")
    assert (entry.subject_id, entry.payload) == (str(ready.pk), {"taken": 5, "changed": 0, "same": 0})


def test_again_changes_nothing(ready: Indicator, client: Client) -> None:
    fetch(ready, client)
    again = fetch(ready, client, "csv")
    assert (again.taken, again.changed, again.same) == (0, 0, 5)
    assert Figure.objects.count() == 5


def saying(source: Source, *rows: dict[str, object]) -> None:
    base = {"indicator": 127, "year": SAVED_YEAR, "gender": "total"}
    source.answers["/json"] = json.dumps([{**base, **one} for one in rows]).encode()


def test_a_figure_that_changed_replaces_the_earlier_which_stays(
    ready: Indicator, source: Source, client: Client
) -> None:
    fetch(ready, client)
    saying(source, {"region": 658, "value": 5351428}, {"region": 261, "value": 182528})
    done = fetch(ready, client)
    assert (done.taken, done.changed, done.same) == (0, 1, 1)
    rows = Figure.objects.filter(area__code="country:fi").order_by("pk")
    assert [(one.value, one.status) for one in rows] == [
        (Decimal(5351427), Status.REPLACED),
        (Decimal(5351428), Status.REVISED),
    ]
    # What the answer does not tell stays.
    assert held() == {**SAVED, "country:fi": Decimal(5351428)}


def test_figures_of_other_origin_stand_beside(ready: Indicator, client: Client) -> None:
    area = StatisticalArea.objects.get(code="country:fi")
    Figure.objects.create(
        indicator=ready, area=area, period="2009", period_kind="year", value=5, origin=Origin.REPORTED
    )
    fetch(ready, client)
    assert Figure.objects.filter(area=area, status=Status.FINAL).count() == 2


def test_one_bad_row_and_nothing_is_loaded(ready: Indicator, source: Source, client: Client) -> None:
    saying(
        source,
        {"region": 261, "value": 1},
        {"region": 658, "value": "noin 5 milj."},
        {"value": 3},
        {"region": 261, "value": 2},
        {"region": 209, "value": 7, "indicator": 128},
        {"region": 833, "value": 7},
    )
    done = fetch(ready, client)
    assert done.trouble == "refused"
    told = [(one["row"], one["kind"], one["text"]) for one in done.rows]
    assert told == [
        (2, "not-a-number", "noin 5 milj."),
        (3, "no-region", ""),
        (4, "contradicts", "2.000000"),
        (5, "other-indicator", "128"),
        (6, "unknown-region", ""),
    ]
    assert Figure.objects.count() == 0
    assert SotkanetLink.objects.get().refreshed_at is None


def test_another_title_is_refused_without_asking(ready: Indicator, source: Source, client: Client) -> None:
    """A public dashboard calls 3064 "morbidity index"; the catalogue says otherwise."""
    ready.sotkanet_id, ready.sotkanet_title_fi = 3064, "Sairastavuusindeksi"
    ready.save()
    before = len(source.asked)
    assert fetch(ready, client).trouble == "other-title"
    ready.sotkanet_id, ready.sotkanet_title_fi = 99999, "Ei ole"
    ready.save()
    assert fetch(ready, client).trouble == "other-title"
    assert len(source.asked) == before


# Unit: seconds. Only who waits for silence is impatient: on a busy machine any answer may take as long.
IMPATIENT = 0.3
TROUBLES = [
    (server.status(403), "forbidden"),
    (server.status(500), "busy"),
    (server.silent(3 * IMPATIENT), "slow"),
    (server.cut_short, "cut-short"),
    (server.garbling, "garbled"),
    (server.a_page, "garbled"),
    (server.endless, "too-large"),
]


@pytest.mark.parametrize(("how", "trouble"), TROUBLES)
def test_trouble_leaves_a_note_and_the_earlier_figures(
    ready: Indicator, source: Source, client: Client, how: Callable[[Any, bytes], None], trouble: str
) -> None:
    fetch(ready, client)
    refreshed_at = SotkanetLink.objects.get().refreshed_at
    source.trouble = how
    asking = replace(client, silence=IMPATIENT) if trouble == "slow" else client
    assert fetch(ready, asking).trouble == trouble
    link = SotkanetLink.objects.get()
    assert (link.trouble, link.refreshed_at) == (trouble, refreshed_at)
    assert held() == SAVED
    assert LogEntry.objects.get(kind="sotkanet.note_trouble").payload == {"trouble": trouble}
    source.trouble = None
    fetch(ready, client)
    assert SotkanetLink.objects.get().trouble == ""


def test_an_error_in_the_middle_leaves_nothing(
    ready: Indicator, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("turvaverkko.indicators.sotkanet.services._report", stumble)
    with pytest.raises(RuntimeError):
        fetch(ready, client)
    assert Figure.objects.count() == 0
    assert not SotkanetLink.objects.exists()


def test_only_sexes_that_the_source_has_are_asked_for(
    ready: Indicator, source: Source, client: Client
) -> None:
    fetch(ready, client)
    assert "genders=total" in source.asked[-1]
    SotkanetIndicator.objects.filter(pk=127).update(sexes=["female"])
    saying(source, {"region": 658, "value": 9, "gender": "female"})
    fetch(ready, client)
    assert source.asked[-1].endswith("genders=female")
    assert Figure.objects.get(group="female").value == 9


# --- by the clock -----------------------------------------------------------------------------------------


def test_each_month_by_the_clock(areas: object, indicator: Indicator, source: Source, settings: Any) -> None:
    settings.SOTKANET_URL = source.address
    task = schedules()["sotkanet.refresh"].task
    with time_machine.travel("2023-12-20T03:00Z", tick=False):
        task.enqueue()
        drain()
        assert held() == SAVED
        asked = len(source.asked)
        task.enqueue()
        drain()
        assert len(source.asked) == asked
    with time_machine.travel("2024-01-18T03:00Z", tick=False):
        assert queries.due() == []
    with time_machine.travel("2024-01-20T03:00Z", tick=False):
        assert queries.due() == [indicator]
        Indicator.objects.update(valid_to="2023-12-31")
        assert queries.due() == []


def test_a_source_that_is_down_is_asked_once_and_again_on_the_next_day(
    areas: object, indicator: Indicator, source: Source, client: Client
) -> None:
    other = Indicator.objects.create(
        code="toinen",
        name_fi="Toinen",
        unit_fi="kpl",
        source="sotkanet",
        direction=Direction.UP,
        sotkanet_id=4,
    )
    source.trouble = server.status(403)
    with time_machine.travel("2023-12-20T03:00Z", tick=False):
        done = refreshing.refresh_due(client)
        assert [(one.indicator, one.trouble) for one in done] == [
            (indicator, "forbidden"),
            (other, "forbidden"),
        ]
        assert source.asked == ["/indicators"]
        assert refreshing.refresh_due(client) == []
    source.trouble = None
    with time_machine.travel("2023-12-21T03:00Z", tick=False):
        assert [one.trouble for one in refreshing.refresh_due(client)] == ["", "other-title"]
    assert held() == SAVED


def test_without_an_address_nobody_is_asked(ready: Indicator, settings: Any) -> None:
    settings.SOTKANET_URL = ""
    assert refreshing.refresh_due() == []
    assert not SotkanetFetch.objects.exists()


def test_a_link_that_was_just_made_is_fetched(ready: Indicator, source: Source, settings: Any) -> None:
    settings.SOTKANET_URL = source.address
    refresh_one.enqueue(999_999)
    with time_machine.travel("2023-12-20T03:00Z", tick=False):
        refresh_one.enqueue(ready.pk)
        drain()
    assert held() == SAVED


# --- the command ------------------------------------------------------------------------------------------


def said(*words: str, **options: object) -> str:
    out = StringIO()
    call_command("sotkanet", *words, stdout=out, **options)
    return out.getvalue()


def test_the_command_brings_and_tells(
    areas: object, indicator: Indicator, source: Source, settings: Any
) -> None:
    settings.SOTKANET_URL = source.address
    assert said("catalogue") == "mittareita 2434, uusia 2434, poistuneita 0\n"
    regions = said("regions").splitlines()
    assert "matched: 5" in regions
    assert any(line.startswith("no-area: 2 kunta 005 Alajärvi") for line in regions)
    told = said("data", "vaesto", years=[2009])
    assert "vaesto (127): ok: uusia 5, muuttuneita 0, samoja 0 {'unknown-region': 461}" in told
    assert "rivi 1: unknown-region 69 2009" in told


def test_the_command_fails_aloud(indicator: Indicator, source: Source, settings: Any) -> None:
    settings.SOTKANET_URL = source.address
    with pytest.raises(CommandError, match="1 of 1 were not taken"):
        said("data")
    with pytest.raises(CommandError, match="not linked to Sotkanet: tuntematon"):
        said("data", "tuntematon")
    with pytest.raises(CommandError, match="no such years"):
        said("data", years=[1])
    source.trouble = server.status(403)
    with pytest.raises(CommandError, match="forbidden"):
        said("catalogue")
    source.trouble = server.a_page
    with pytest.raises(CommandError, match="not what was asked for"):
        said("regions")
