"""Search, pick and check: by a coordinator, checked by another, fetched by a job and never by the page."""

import re
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.api import staff_actor
from turvaverkko.access.testing import staff, unit
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.indicators.models import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import Direction, Origin, Status
from turvaverkko.indicators.sotkanet import answers, queries, services
from turvaverkko.indicators.sotkanet.models import SotkanetIndicator, SotkanetLink
from turvaverkko.indicators.sotkanet.rules import Asked, Reading, RowKind, Told
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.trail.models import LogEntry

pytestmark = pytest.mark.django_db
HOME = "/koordinaatio/mittarit/sotkanet/"
YOUTH = f"{HOME}2484/"
YOUTH_TITLE = "Erikoissairaanhoidon avohoitokäynnit, nuorisopsykiatria / 1 000 13 - 17-vuotiasta"


@pytest.fixture
def catalogue(shared_data: Path) -> None:
    content = (shared_data / "integrations/sotkanet/SotkaIndicators.json").read_bytes()
    services.import_catalogue(services.SYSTEM, *answers.catalogue(content))


@pytest.fixture
def home(db: None) -> Unit:
    return unit("yksi")


def person(role: str, home: Unit, name: str = "yksi") -> Staff:
    return staff(f"{role}-{name}@x.invalid", **{role.replace("-", "_"): home})


@pytest.fixture
def coordinator(home: Unit) -> Staff:
    return person("coordinator", home)


@pytest.fixture
def other(home: Unit) -> Staff:
    return person("coordinator", home, "toinen")


@pytest.fixture
def ours(db: None) -> Indicator:
    return Indicator.objects.create(
        code="nuoret", name_fi="Nuorisopsykiatria", unit_fi="käyntiä", source="sotkanet", direction="down"
    )


def browser(person: Staff) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def text(response: object) -> str:
    markup = response.content.decode()
    inside = markup.partition("<main")[2].partition("</main>")[0]
    inside = re.sub(r"</?(bdi|span)[^>]*>", "", inside)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


# --- search -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("nuorisopsykiatria", 2484),
        ("nuorisopsykiatrian avohoitokäynti", 2484),
        ("LASTENPSYKIATRIA käynnit", 2483),
        ("2484", 2484),
        ("kodinhoitoapua lapsiperheet", 2911),
    ],
)
def test_finnish_words_in_any_form_find_it(catalogue: None, asked: str, number: int) -> None:
    found, is_exact = queries.search(asked)
    assert is_exact
    assert number in [one.pk for one in found[:20]]


def test_without_an_indicator_of_all_words_those_of_any_are_shown(catalogue: None) -> None:
    found, is_exact = queries.search("nuorisopsykiatria lentokone")
    assert not is_exact
    assert 2484 in [one.pk for one in found]
    assert not queries.search("%")[0].exists()
    assert not queries.search("")[0].exists()
    assert not queries.search("9" * 30)[0].exists()


def test_the_page_shows_title_number_and_regions(catalogue: None, coordinator: Staff) -> None:
    said = text(browser(coordinator).get(HOME, {"q": "nuorisopsykiatria avohoitokäynnit"}))
    assert YOUTH_TITLE in said.replace("\xa0", " ")
    assert "2484 · Terveyden ja hyvinvoinnin laitos (THL) · kunnat" in said
    one = text(browser(coordinator).get(YOUTH))
    assert "koko maa" in one


def test_a_long_result_has_pages_and_the_queries_stay_few(catalogue: None, coordinator: Staff) -> None:
    client = browser(coordinator)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = client.get(HOME, {"q": "lasten"})
    assert len(asked) <= 16
    second = client.get(HOME, {"q": "lasten", "sivu": "2"})
    links = [set(re.findall(r"sotkanet/(\d+)/", one.content.decode())) for one in (first, second)]
    assert len(links[0]) == 20
    assert not links[0] & links[1]
    assert client.get(HOME, {"q": "lasten", "sivu": "99999"}).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("director", 200),
        ("unit-lead", 200),
        ("technical-administrator", 200),
        ("worker", 403),
        ("service-guide", 403),
    ],
)
def test_who_reads(catalogue: None, home: Unit, role: str, status: int) -> None:
    client = browser(person(role, home))
    assert client.get(HOME).status_code == status
    assert client.get(YOUTH).status_code == status


@pytest.mark.parametrize("role", ["director", "unit-lead", "technical-administrator", "worker"])
def test_only_a_coordinator_links(catalogue: None, home: Unit, ours: Indicator, role: str) -> None:
    client = browser(person(role, home))
    assert client.post(f"{YOUTH}kytke/", {"mittari": ours.pk}).status_code == 403
    added = {"nimi": "Nimi", "yksikko": "%", "suunta": "up"}
    assert client.post(f"{YOUTH}lisaa/", added).status_code == 403
    assert "Kytke omaan mittariin" not in text(client.get(YOUTH))
    assert Indicator.objects.get().sotkanet_id is None


def test_a_visitor_signs_in_first(catalogue: None, client: Client) -> None:
    for answer in (client.get(HOME), client.post(f"{YOUTH}kytke/", {"mittari": "1"})):
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/kirjaudu/")


@pytest.mark.parametrize("number", ["1", "999999999999999999999"])
def test_a_number_that_is_not_there(catalogue: None, coordinator: Staff, number: str) -> None:
    client = browser(coordinator)
    assert client.get(f"{HOME}{number}/").status_code == 404
    assert client.post(f"{HOME}{number}/kytke/", {"mittari": "1"}).status_code == 404


# --- link and check ---------------------------------------------------------------------------------------


def test_picked_by_one_checked_by_another(
    catalogue: None, coordinator: Staff, other: Staff, ours: Indicator
) -> None:
    mine, theirs = browser(coordinator), browser(other)
    answer = mine.post(f"{YOUTH}kytke/", {"mittari": ours.pk})
    assert (answer.status_code, answer.headers["Location"]) == (303, YOUTH)
    ours.refresh_from_db()
    assert (ours.sotkanet_id, ours.sotkanet_verified) == (2484, False)
    assert ours.sotkanet_title_fi == SotkanetIndicator.objects.get(pk=2484).title_fi
    assert QualityNote.objects.get(indicator=ours).kind == "identity"
    entry = LogEntry.objects.get(kind="sotkanet.link")
    assert (entry.actor, entry.subject_id, entry.payload) == (
        coordinator.public_id,
        str(ours.pk),
        {"number": 2484},
    )
    assert "Kytkentää ei ole vielä tarkistettu. Kytkit mittarin itse" in text(mine.get(YOUTH))
    assert "tarkistamatta" in text(mine.get(HOME))
    # Not by the same person, neither on the page nor past it.
    assert mine.post(f"{YOUTH}tarkista/", {"mittari": ours.pk}).status_code == 403
    assert "Kytkentä on oikea" in text(theirs.get(YOUTH))
    assert theirs.post(f"{YOUTH}tarkista/", {"mittari": ours.pk}).status_code == 303
    ours.refresh_from_db()
    assert ours.sotkanet_verified
    assert not QualityNote.objects.exists()
    link = SotkanetLink.objects.get()
    assert (link.linked_by, link.verified_by) == (coordinator.public_id, other.public_id)
    assert LogEntry.objects.get(kind="sotkanet.verify").actor == other.public_id
    assert "Toinen henkilö on tarkistanut kytkennän." in text(mine.get(YOUTH))


def test_a_director_checks_and_a_lead_does_not(
    catalogue: None, coordinator: Staff, home: Unit, ours: Indicator
) -> None:
    listed = SotkanetIndicator.objects.get(pk=2484)
    services.link(staff_actor(coordinator), ours, listed)
    lead = browser(person("unit-lead", home))
    assert lead.post(f"{YOUTH}tarkista/", {"mittari": ours.pk}).status_code == 403
    director = browser(person("director", home))
    assert director.post(f"{YOUTH}tarkista/", {"mittari": ours.pk}).status_code == 303
    ours.refresh_from_db()
    assert ours.sotkanet_verified


def test_what_a_pack_links_anybody_who_checks_may_check(
    catalogue: None, coordinator: Staff, ours: Indicator
) -> None:
    Indicator.objects.update(sotkanet_id=2484, sotkanet_title_fi=YOUTH_TITLE)
    answer = browser(coordinator).post(f"{YOUTH}tarkista/", {"mittari": ours.pk})
    assert answer.status_code == 303
    assert Indicator.objects.get().sotkanet_verified


def test_a_title_that_changed_cannot_be_checked(
    catalogue: None, coordinator: Staff, other: Staff, ours: Indicator
) -> None:
    services.link(staff_actor(coordinator), ours, SotkanetIndicator.objects.get(pk=2484))
    SotkanetIndicator.objects.filter(pk=2484).update(title_fi="Jotakin muuta")
    client = browser(other)
    assert client.post(f"{YOUTH}tarkista/", {"mittari": ours.pk}).status_code == 400
    assert "Mittari kytkettiin toisella otsikolla." in text(client.get(YOUTH))
    assert not Indicator.objects.get().sotkanet_verified


def test_linked_to_another_the_figures_of_the_first_are_put_aside(
    catalogue: None, coordinator: Staff, ours: Indicator
) -> None:
    actor = staff_actor(coordinator)
    services.link(actor, ours, SotkanetIndicator.objects.get(pk=2484))
    area = StatisticalArea.objects.create(code="country:fi", kind="country", name_fi="Suomi")
    for origin in (Origin.FETCHED, Origin.REPORTED):
        Figure.objects.create(
            indicator=ours, area=area, period="2021", period_kind="year", value=1, origin=origin
        )
    services.link(actor, ours, SotkanetIndicator.objects.get(pk=2483))
    assert dict(Figure.objects.values_list("origin", "status")) == {
        Origin.FETCHED: Status.REPLACED,
        Origin.REPORTED: Status.FINAL,
    }


def test_what_cannot_be_linked_says_so(catalogue: None, coordinator: Staff, ours: Indicator) -> None:
    client = browser(coordinator)
    assert client.post(f"{YOUTH}kytke/", {"mittari": "x"}).status_code == 400
    assert client.post(f"{YOUTH}kytke/", {"mittari": ours.pk}).status_code == 303
    again = client.post(f"{YOUTH}kytke/", {"mittari": ours.pk})
    assert (again.status_code, "Mittaria ei voi kytkeä näin." in text(again)) == (400, True)
    computed = Indicator.objects.create(
        code="laskettu", name_fi="Laskettu", unit_fi="%", source="daily-work", direction="up", computed="x"
    )
    assert client.post(f"{YOUTH}kytke/", {"mittari": computed.pk}).status_code == 400
    SotkanetIndicator.objects.filter(pk=2483).update(gone_at="2026-01-01T00:00Z")
    assert client.post(f"{HOME}2483/kytke/", {"mittari": ours.pk}).status_code == 400
    assert client.post(f"{HOME}2483/tarkista/", {"mittari": ours.pk}).status_code == 400
    assert Indicator.objects.get(pk=ours.pk).sotkanet_id == 2484


def test_a_new_indicator_is_made_of_the_source(catalogue: None, coordinator: Staff) -> None:
    client = browser(coordinator)
    empty = client.post(f"{YOUTH}lisaa/", {"nimi": " ", "yksikko": "x" * 61, "suunta": "sivuun"})
    assert empty.status_code == 400
    assert "Kirjoita nimi" in text(empty)
    assert "Valitse, kumpi suunta on parempi." in text(empty)
    assert not Indicator.objects.exists()
    typed = {"nimi": "Nuorten käynnit", "yksikko": "käyntiä / 1 000", "suunta": "down"}
    assert client.post(f"{YOUTH}lisaa/", typed).status_code == 303
    made = Indicator.objects.get()
    assert (made.code, made.name_fi, made.unit_fi, made.direction, made.pack) == (
        "sotkanet-2484",
        "Nuorten käynnit",
        "käyntiä / 1 000",
        Direction.DOWN,
        "",
    )
    assert (made.sotkanet_id, made.sotkanet_verified) == (2484, False)
    assert client.post(f"{YOUTH}lisaa/", typed).status_code == 400
    assert client.get("/koordinaatio/mittarit/sotkanet-2484/").status_code == 200


def test_a_page_asks_nobody_and_a_job_is_left_for_what_was_linked(
    catalogue: None, coordinator: Staff, ours: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> bytes:
        raise AssertionError("a page asked the source")

    monkeypatch.setattr("turvaverkko.core.asking.Asker.ask", refused)
    client = browser(coordinator)
    client.get(HOME, {"q": "lasten"})
    client.get(YOUTH)
    client.post(f"{YOUTH}kytke/", {"mittari": ours.pk})
    job = Job.objects.get(name="turvaverkko.indicators.sotkanet.jobs.refresh_one")
    assert job.arguments["args"] == [ours.pk]
    drain()  # without an address nobody is asked


def test_the_page_tells_when_figures_came_and_why_they_did_not(
    catalogue: None, coordinator: Staff, ours: Indicator
) -> None:
    services.link(staff_actor(coordinator), ours, SotkanetIndicator.objects.get(pk=2484))
    client, asked = browser(coordinator), Asked(2484, (2021,))
    assert "Lukuja ei ole vielä haettu." in text(client.get(YOUTH))
    with time_machine.travel("2023-12-20T23:30Z", tick=False):
        services.take_figures(services.SYSTEM, ours, asked, Reading())
    bad = Reading(told=[Told(7, RowKind.NOT_A_NUMBER, "658", "2021", "<b>noin 5</b>")])
    services.note_trouble(services.SYSTEM, ours, asked, "refused", bad)
    answer = client.get(YOUTH)
    said = text(answer)
    assert "Luvut haettu 21.12.2023." in said
    assert "Aiemmat luvut ovat voimassa. Vastauksessa oli epäselviä rivejä" in said
    assert "luvun paikalla on tekstiä" in said
    assert b"<b>noin 5</b>" not in answer.content
    assert "haettu 21.12.2023" in text(client.get(HOME))


def test_an_answer_with_a_refused_row_cannot_be_taken_past_the_reader(ours: Indicator) -> None:
    bad = Reading(told=[Told(1, RowKind.NO_YEAR)])
    with pytest.raises(ValueError, match="refused row"):
        services.take_figures(services.SYSTEM, ours, Asked(1, (2021,)), bad)


def test_jobs_only_bring_figures(coordinator: Staff, ours: Indicator) -> None:
    with pytest.raises(PermissionDenied):
        services.take_figures(staff_actor(coordinator), ours, Asked(1, (2021,)), Reading())
