"""Whole runs against a server that answers like the interface: what comes, changes, goes and fails."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from turvaverkko.core.asking import Asker
from turvaverkko.directory.models import Channel, Connection, HoursRow, Place, Service, Text
from turvaverkko.directory.ptv import services
from turvaverkko.directory.ptv.client import PtvClient
from turvaverkko.directory.ptv.importing import Importer
from turvaverkko.directory.ptv.models import Run, RunRow, SourceRecord
from turvaverkko.directory.ptv.services import SYSTEM, Busy, LostRun
from turvaverkko.directory.ptv.tests import made
from turvaverkko.directory.ptv.tests.ptv_server import Catalogue, broken, cut_short, send, serving, status
from turvaverkko.directory.ptv.world import World
from turvaverkko.organisation.api import Municipality, Organisation

pytestmark = pytest.mark.django_db
FULL, INCREMENTAL, RECONCILE = Run.Kind.FULL, Run.Kind.INCREMENTAL, Run.Kind.RECONCILE


@pytest.fixture
def source(country: None) -> Iterator[Catalogue]:
    """Thirty services of one organisation, with a phone and a place."""
    phone, place = made.phone(1), made.location(2)
    ones = [made.service(number, channels=(phone["id"], place["id"])) for number in range(30)]
    with serving(Catalogue(made.catalogue(*ones, phone, place), page=20)) as catalogue:
        yield catalogue


def client(source: Catalogue, waits: list[float] | None = None, **more: Any) -> PtvClient:
    pauses = waits if waits is not None else []
    asker = Asker(source.address, waits=(0.0, 0.0), pause=pauses.append, silence=5.0, **more)
    return PtvClient(asker, [("Municipality", made.OULU)])


def bring(source: Catalogue, kind: str = FULL, **more: Any) -> Run:
    run = services.begin(SYSTEM, kind)
    return Importer(run, client(source, **more), World.read(), batch=10).go()


def states() -> dict[str, int]:
    found = list(SourceRecord.objects.filter(kind="service").values_list("state", flat=True))
    return {state: found.count(state) for state in found}


def snapshot() -> tuple[Any, ...]:
    """What stands, without keys and times."""
    return (
        sorted(
            Service.objects.filter(source="ptv").values_list(
                "source_id", "state", "slug", "organisation__slug"
            )
        ),
        sorted(Text.objects.filter(service__source="ptv").values_list("service__source_id", "kind", "value")),
        sorted(Connection.objects.values_list("service__source_id", "channel__source_id")),
        sorted(Channel.objects.filter(source="ptv").values_list("source_id", "number", "place__street")),
        sorted(SourceRecord.objects.values_list("kind", "external_id", "state", "raw_hash", "written_hash")),
    )


def test_services_come_with_their_channels_organisation_and_place(source: Catalogue) -> None:
    run = bring(source)
    assert (run.state, run.counters["service:shown"]) == ("done", 30)
    one = Service.objects.get(source_id=made.uuid(1, 3))
    assert (one.organisation.name_fi, one.state) == ("Perheyhdistys 1", "published")
    assert one.coverage.get().municipality.code == made.OULU
    place = Place.objects.get(source="ptv")
    assert (place.street, place.latitude) == ("Esimerkkikatu 7", pytest.approx(65.013986))
    assert Channel.objects.get(type="phone").number == "000555100"
    assert one.connections.count() == 2


def test_the_same_again_writes_nothing_of_the_services(source: Catalogue) -> None:
    bring(source)
    before = dict(Service.objects.values_list("pk", "changed_at"))
    run = bring(source)
    assert run.counters["service:unchanged"] == 30
    assert dict(Service.objects.values_list("pk", "changed_at")) == before


def test_only_what_has_changed_is_asked_for_and_written(source: Catalogue) -> None:
    bring(source)
    # A poll looks back from where the last run began; only what is dated after it is changed.
    for one in source.documents["service"].values():
        one["modified"] = "2020-01-01T00:00:00"
    changed = source.documents["service"][made.uuid(1, 4)]
    changed |= {"serviceNames": made.words("Uusi nimi"), "modified": "2099-01-01T00:00:00"}
    source.asked.clear()
    run = bring(source, INCREMENTAL)
    assert run.counters["ids"] == 1
    assert "guids=" + made.uuid(1, 4) in next(path for path in source.asked if "/Service/list" in path)
    assert Text.objects.get(service__source_id=made.uuid(1, 4), kind="name").value == "Uusi nimi"


def test_troubles_that_pass_change_nothing_of_the_outcome(source: Catalogue) -> None:
    waits: list[float] = []
    source.troubles = [
        status(429, Retry_After="7"),
        cut_short,
        None,
        status(503),
        None,
        broken,
        None,
        cut_short,
    ]
    run = bring(source, waits=waits)
    assert (run.state, states()) == ("done", {"shown": 30})
    assert 7.0 in waits
    assert source.troubles == []


def test_an_outage_ends_the_run_and_changes_nothing_and_it_goes_on_later(source: Catalogue) -> None:
    bring(source)
    before = snapshot()
    source.always = lambda handler: send(handler, b"", 503) is None
    run = bring(source)
    assert (run.state, run.reason, snapshot()) == ("failed", "busy", before)
    source.always = None
    run = services.resume(SYSTEM, run)
    run = Importer(run, client(source), World.read(), batch=10).go()
    assert (run.state, states()) == ("done", {"shown": 30})


def test_what_is_archived_there_is_archived_here(source: Catalogue) -> None:
    bring(source)
    gone = made.uuid(1, 7)
    source.documents["service"].pop(gone)
    source.archived["service"] = [gone]
    run = bring(source, RECONCILE)
    assert (run.state, states()) == ("done", {"shown": 29, "archived": 1})
    assert Service.objects.get(source_id=gone).state == "archived"
    source.documents["service"][gone] = made.service(7)
    bring(source, RECONCILE)
    assert Service.objects.get(source_id=gone).state == "published"


def test_a_not_found_while_nothing_answers_is_no_archiving(source: Catalogue) -> None:
    bring(source)
    gone = made.uuid(1, 7)
    source.documents["service"].pop(gone)

    def nothing(handler: Any) -> bool:
        single = handler.path.startswith(f"/Service/{gone}")
        if single or handler.path == "/Service?page=1":
            send(handler, b"", 404)
        return single or handler.path == "/Service?page=1"

    source.always = nothing
    assert bring(source, RECONCILE).counters["service:stayed"] == 1
    assert states() == {"shown": 30}


def test_a_run_that_would_archive_too_much_asks_and_nothing_goes_until_a_person_says_yes(
    source: Catalogue,
) -> None:
    bring(source)
    for number in range(3):
        source.documents["service"].pop(made.uuid(1, number))
    run = bring(source, RECONCILE)
    assert (run.state, run.going, run.standing, states()) == ("asks", 3, 32, {"shown": 30})
    with pytest.raises(Busy):
        services.begin(SYSTEM, FULL)


def test_an_empty_answer_asks_and_after_a_yes_nothing_that_is_there_goes(source: Catalogue) -> None:
    bring(source)
    source.always = lambda handler: (
        "/Service/area" in handler.path
        and send(handler, b'{"pageNumber": 1, "pageSize": 20, "pageCount": 1, "itemList": null}') is None
    )
    run = bring(source, RECONCILE)
    assert (run.state, run.going) == ("asks", 30)
    Run.objects.filter(pk=run.pk).update(state="running", phase="archive", approved_by="a-person")
    run.refresh_from_db()
    assert Importer(run, client(source), World.read()).go().counters["service:stayed"] == 30
    assert states() == {"shown": 30}


def test_two_at_once_one_goes_and_one_is_told(source: Catalogue) -> None:
    run = services.begin(SYSTEM, FULL)
    with pytest.raises(Busy):
        services.begin(SYSTEM, FULL)
    Run.objects.update(lease_until=run.started_at - timedelta(seconds=1))
    taken_up = services.begin(SYSTEM, FULL)
    assert (taken_up.pk, taken_up.token != run.token) == (run.pk, True)
    with pytest.raises(LostRun):
        Importer(run, client(source), World.read()).go()
    assert Importer(taken_up, client(source), World.read()).go().state == "done"
    assert (Service.objects.filter(source="ptv").count(), Channel.objects.filter(source="ptv").count()) == (
        30,
        2,
    )


@pytest.mark.parametrize("stop", range(1, 20, 2))
def test_a_run_that_broke_off_anywhere_goes_on_to_the_same_state(source: Catalogue, stop: int) -> None:
    whole = bring(source)
    wanted = snapshot()
    Run.objects.all().delete()
    for model in (Connection, Service, Channel):
        model.objects.filter(**({} if model is Connection else {"source": "ptv"})).delete()
    Place.objects.filter(source="ptv").delete()
    SourceRecord.objects.all().delete()
    calls = iter(range(1_000))

    def end(_handler: Any) -> bool:
        return next(calls) >= stop and _raise()

    def _raise() -> bool:
        raise ConnectionResetError

    source.always = end
    run = bring(source)
    assert run.state in {"failed", "done"}
    source.always = None
    if run.state == "failed":
        run = Importer(services.resume(SYSTEM, run), client(source), World.read(), batch=10).go()
    assert run.state == whole.state == "done"
    assert snapshot() == wanted


@pytest.mark.parametrize("stop", range(1, 11))
def test_a_run_killed_before_a_commit_is_taken_up_and_comes_to_the_same_state(
    source: Catalogue, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    class Killed(BaseException):
        """The process ends here: what was not committed is rolled back, the run stays as it was."""

    calls = iter(range(1, 1_000))
    keep = services._kept

    def kept_or_killed(run: Run, counters: Mapping[str, int]) -> Run:
        if next(calls) == stop:
            raise Killed
        return keep(run, counters)

    monkeypatch.setattr(services, "_kept", kept_or_killed)
    with pytest.raises(Killed):
        bring(source)
    left = Run.objects.get()
    assert left.state == "running"
    with pytest.raises(Busy):
        services.begin(SYSTEM, FULL)
    Run.objects.update(lease_until=left.started_at - timedelta(seconds=1))
    run = Importer(services.begin(SYSTEM, FULL), client(source), World.read(), batch=10).go()
    assert (run.pk, run.state, states()) == (left.pk, "done", {"shown": 30})
    counts = [model.objects.filter(source="ptv").count() for model in (Service, Channel, Place)]
    assert (counts, Connection.objects.filter(service__source="ptv").count()) == ([30, 2, 1], 60)
    before = snapshot()
    assert bring(source).counters["service:unchanged"] == 30
    assert snapshot() == before


def test_what_a_partner_has_entered_here_is_one_listing(source: Catalogue) -> None:
    code = "1234567-1"
    source.documents["organisation"][made.uuid(3, 1)]["businessCode"] = code
    ours = Organisation.objects.create(slug="yhdistys", kind="ngo", name_fi="Yhdistys", business_code=code)
    listing = Service.objects.create(
        slug="kahvila", state="published", level="municipality", organisation=ours
    )
    listing.coverage.create(municipality=Municipality.objects.get(code=made.OULU))
    Text.objects.create(service=listing, kind="name", language="fi", value="3, perhepalvelu", source="own")
    run = bring(source)
    record = SourceRecord.objects.get(external_id=made.uuid(1, 3))
    assert (run.state, record.state, record.service_id) == ("done", "linked", listing.pk)
    assert not Service.objects.filter(source_id=made.uuid(1, 3)).exists()
    assert Service.objects.filter(organisation=ours).count() == 30


def test_what_is_not_for_families_or_elsewhere_is_a_record_and_no_page(source: Catalogue) -> None:
    source.documents["service"] |= {
        made.uuid(1, 50): made.service(50, targetGroups=[{"code": "KR2"}]),
        made.uuid(1, 51): made.service(
            51, areas=[{"type": "Municipality", "municipalities": [{"code": "091"}]}]
        ),
    }
    bring(source)
    reasons = dict(SourceRecord.objects.filter(state="kept").values_list("external_id", "reason"))
    assert reasons == {made.uuid(1, 50): "not-for-families", made.uuid(1, 51): "elsewhere"}
    assert not Service.objects.filter(source_id__in=reasons).exists()


def test_one_huge_document_is_left_out_and_the_others_come(source: Catalogue) -> None:
    huge = made.uuid(1, 5)
    source.documents["service"][huge]["serviceDescriptions"] = made.words("x" * 3_000_000, "Description")
    run = bring(source, largest=1_000_000)
    assert (run.state, states()) == ("done", {"shown": 29, "wanted": 1})
    assert list(RunRow.objects.values_list("external_id", "code")) == [(huge, "too-large")]


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        ({"serviceNames": None}, "no-name"),
        ({"serviceNames": [{"language": "fi", "value": None, "type": "Name"}]}, "no-name"),
        ({"serviceDescriptions": made.words("x" * 30_000, "Description")}, "text-too-long"),
        (
            {"serviceChannels": [{"serviceChannel": {"id": made.uuid(9, n)}} for n in range(10_000)]},
            "too-many",
        ),
        ({"serviceNames": "Nimi"}, "odd-form"),
        ({"areas": [["564"]], "organizations": [{"organization": ["x"]}]}, "odd-form"),
    ],
    ids=[
        "null names",
        "null in a name",
        "long text",
        "10,000 channels",
        "text for a list",
        "lists for objects",
    ],
)
def test_a_hostile_document_is_refused_and_the_old_one_stands(
    source: Catalogue, spoilt: dict[str, Any], code: str
) -> None:
    bring(source)
    texts = Text.objects.filter(service__source_id=made.uuid(1, 2)).values_list("kind", "value")
    before = sorted(texts)
    source.documents["service"][made.uuid(1, 2)] |= spoilt
    run = bring(source)
    assert (run.state, states()) == ("done", {"shown": 30})
    assert list(RunRow.objects.filter(run=run).values_list("external_id", "code")) == [
        (made.uuid(1, 2), code)
    ]
    assert (
        sorted(Text.objects.filter(service__source_id=made.uuid(1, 2)).values_list("kind", "value")) == before
    )


def test_swapped_coordinates_are_left_out_and_script_becomes_text(source: Catalogue) -> None:
    inside = source.documents["channel"][made.uuid(2, 2)]["addresses"][0]["streetAddress"]
    inside |= {"latitude": "427853.0", "longitude": "7210887.0"}
    source.documents["service"][made.uuid(1, 2)]["serviceDescriptions"] = made.words(
        'Apua <script>alert(1)</script><img src=x onerror="alert(2)"> heti', "Summary"
    )
    run = bring(source)
    place = Place.objects.get(source="ptv")
    assert (place.street, place.latitude) == ("Esimerkkikatu 7", None)
    assert RunRow.objects.filter(run=run, code="bad-coordinates").count() == 1
    text = Text.objects.get(service__source_id=made.uuid(1, 2), kind="summary").value
    assert text == "Apua  heti"


def test_hours_of_all_kinds_become_rows(source: Catalogue) -> None:
    days = {"dayFrom": "Monday", "dayTo": "Friday", "from": "08:00:00", "to": "16:00:00"}
    christmas = {"validFrom": "2026-12-24", "validTo": "2026-12-26"}
    night = {"dayFrom": "Friday", "dayTo": "Saturday", "from": "22:00:00", "to": "02:00:00"}
    source.documents["channel"][made.uuid(2, 1)]["serviceHours"] = [
        {"serviceHourType": "DaysOfTheWeek", "openingHour": [days]},
        {"serviceHourType": "OverMidnight", "openingHour": [night]},
        {"serviceHourType": "Exceptional", "isClosed": True} | christmas,
        {"serviceHourType": "DaysOfTheWeek", "isReservation": True},
    ]
    bring(source)
    rows = HoursRow.objects.filter(channel__type="phone")
    assert sorted(rows.values_list("kind", flat=True)) == [
        "by-appointment",
        *["exception"] * 3,
        *["regular"] * 6,
    ]
    friday = rows.get(form="OverMidnight")
    assert (friday.weekday, friday.opens.hour, friday.closes.hour) == (4, 22, 2)
