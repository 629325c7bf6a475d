"""The page behind the link: one press confirms, a word reports, undo takes back, strangers get nothing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from turvaverkko.directory.models import Place, Service
from turvaverkko.directory.search import api as search
from turvaverkko.directory.staying.models import Answer, Ask, Correction
from turvaverkko.directory.staying.tests.conftest import press_key, series
from turvaverkko.directory.staying.tokens import token_of
from turvaverkko.directory.tests.pages_world import place, words_of
from turvaverkko.organisation.api import Organisation
from turvaverkko.organisation.models import DeadlinePolicy
from turvaverkko.trail.models import LogEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def key_of(slug: str) -> str:
    return f"place:{Place.objects.get(slug=slug).public_id}"


def press(client: Client, path: str, act: str, **data: object) -> str:
    """Press a button of the page as it is now; return what the page says after it."""
    sent = {"avain": press_key(html_of(client, path)), **data}
    response = client.post(f"{path}{act}/", sent)
    assert (response.status_code, response["Location"]) == (303, path)
    return words_of(html_of(client, path))


def test_the_page_tells_what_the_public_reads(client: Client, path: str) -> None:
    response = client.get(path)
    said = words_of(response.content.decode())
    for words in (
        "Perhenurkka",
        "Tupa",
        "000 222 010",
        "Koulutie 0",
        "9.30–14",
        "28.11.2026",
        "Limingan kunta",
    ):
        assert words in said
    assert "Unikoulu" not in said  # not due yet
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not response.cookies


def test_opening_changes_nothing_and_no_get_answers(client: Client, path: str) -> None:
    html_of(client, path)
    for act in ("vastaa", "muuttunut", "kumoa"):
        assert client.get(f"{path}{act}/").status_code == 405
    assert not Answer.objects.exists()
    assert Place.objects.get(slug="tupa").confirmed_on == date(2026, 8, 28)


def test_one_press_confirms_and_the_public_page_tells_the_day(client: Client, path: str) -> None:
    said = press(client, path, "vastaa", vastaus="true", kohde=key_of("tupa"))
    assert "Kiitos. Vahvistit: Kohtaamispaikka Tupa" in said
    assert "23.11.2026" in words_of(html_of(client, "/paikat/tupa/"))
    entry = LogEntry.objects.get(kind="staying.confirm")
    assert entry.actor == f"organisation:{Ask.objects.get().organisation.public_id}"
    assert entry.subject_id == Place.objects.get(slug="tupa").public_id


def test_all_with_one_press_and_undone_with_one(client: Client, path: str) -> None:
    html = html_of(client, path)
    keys = [key_of("tupa"), key_of("nurkka")]
    client.post(f"{path}vastaa/", {"avain": press_key(html), "vastaus": "all", "kohde": keys})
    assert set(Place.objects.values_list("confirmed_on", flat=True)) == {TODAY}
    said = words_of(html_of(client, path))
    assert "Kaikki on vahvistettu." in said
    client.post(f"{path}kumoa/", {"avain": press_key(html)})
    assert [one.confirmed_on for one in Place.objects.order_by("slug")] == [
        date(2026, 7, 1),
        date(2026, 8, 28),
    ]
    assert "Kiitos. Vahvistit" not in words_of(html_of(client, path))


def test_a_double_press_answers_once(client: Client, path: str) -> None:
    sent = {"avain": press_key(html_of(client, path)), "kohde": key_of("tupa")}
    for _time in range(2):
        client.post(f"{path}vastaa/", {**sent, "vastaus": "true"})
    other = {"avain": press_key(html_of(client, path)), "kohde": key_of("nurkka"), "sanat": "Muutimme."}
    for _time in range(2):
        assert client.post(f"{path}muuttunut/", other).status_code == 303
    assert (Answer.objects.count(), Correction.objects.count()) == (2, 1)


def test_what_has_changed_becomes_a_task_with_a_day(client: Client, path: str, liminka: Organisation) -> None:
    DeadlinePolicy.objects.create(
        county=liminka.county,
        code="listing-correction",
        name_fi="Korjaus",
        version=1,
        amount=5,
        unit="office_days",
        runs_from="received",
        valid_from=date(2026, 1, 1),
        source="test",
    )
    said = press(
        client,
        path,
        "muuttunut",
        kohde=key_of("tupa"),
        sanat="Avaamme jo klo 9.\u202e",
        yhteys="puh. 000 555 777",
    )
    assert "Korjaus on työn alla Kohtaamispaikka Tupa" in said
    found = Correction.objects.get()
    assert (found.words, found.contact) == ("Avaamme jo klo 9.", "puh. 000 555 777")
    assert found.due_at is not None
    assert found.due_at.date() == date(2026, 11, 30)
    assert Place.objects.get(slug="tupa").confirmed_on == date(2026, 8, 28)
    told = " ".join(str(vars(entry)) for entry in LogEntry.objects.all())
    assert "klo 9" not in told
    assert "555 777" not in told


def test_an_empty_or_endless_word_is_told_and_what_was_typed_stays(client: Client, path: str) -> None:
    key = press_key(html_of(client, path))
    sent = {"avain": key, "kohde": key_of("tupa"), "sanat": " ", "yhteys": "Aino"}
    response = client.post(f"{path}muuttunut/", sent)
    html = response.content.decode()
    assert response.status_code == 400
    assert "Kirjoita, mikä on muuttunut." in html
    assert 'value="Aino"' in html
    response = client.post(f"{path}muuttunut/", {**sent, "sanat": "a" * 2001})
    assert "Lyhennä tekstiä: enintään 2000 merkkiä." in words_of(response.content.decode())
    assert not Correction.objects.exists()


def test_what_has_ended_is_hidden_at_once_and_comes_back_with_undo(client: Client, path: str) -> None:
    assert "Tupa" in str(search.search("Tupa").hits)
    press(client, path, "vastaa", vastaus="ended", kohde=key_of("tupa"))
    assert client.get("/paikat/tupa/").status_code == 404
    assert "Tupa" not in str(search.search("Tupa").hits)
    assert Correction.objects.get().has_ended
    said = press(client, path, "kumoa", avain=Answer.objects.get().press)
    assert "Piilotettu" not in said
    assert client.get("/paikat/tupa/").status_code == 200
    assert Correction.objects.get().state == "withdrawn"


def test_after_ten_minutes_an_answer_stays(client: Client, path: str, clock: time_machine.Traveller) -> None:
    press(client, path, "vastaa", vastaus="true", kohde=key_of("tupa"))
    clock.shift(timedelta(minutes=10, seconds=1))
    said = press(client, path, "kumoa", avain=Answer.objects.get().press)
    assert "Kumoa" not in said
    assert Place.objects.get(slug="tupa").confirmed_on == TODAY


@pytest.mark.parametrize("act", ["vastaa", "muuttunut"])
def test_nobody_speaks_for_anothers_listing(client: Client, path: str, act: str) -> None:
    theirs = Service.objects.get(slug="turvakoti")
    sent = {"avain": press_key(html_of(client, path)), "kohde": f"service:{theirs.public_id}"}
    assert client.post(f"{path}{act}/", {**sent, "vastaus": "ended", "sanat": "Loppui."}).status_code == 403
    many = {"vastaus": "all", "avain": sent["avain"], "kohde": [sent["kohde"], key_of("tupa")]}
    assert client.post(f"{path}vastaa/", many).status_code == 303
    theirs.refresh_from_db()
    assert (theirs.state, theirs.confirmed_on) == ("published", date(2026, 11, 12))


def test_forged_old_and_foreign_links(
    client: Client, ask: Ask, path: str, clock: time_machine.Traveller
) -> None:
    token = token_of(ask.public_id)
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")
    for bad in (forged, ask.public_id, f"{ask.public_id}.", token_of("tuntematon")):
        assert client.get(f"/vahvista/{bad}/").status_code == 404
        assert client.post(f"/vahvista/{bad}/vastaa/", {"vastaus": "all"}).status_code == 404
    clock.shift(timedelta(days=30, seconds=1))
    response = client.get(path)
    assert response.status_code == 410
    assert "Linkki on vanhentunut" in words_of(response.content.decode())
    assert client.post(f"{path}vastaa/", {"vastaus": "true", "kohde": key_of("tupa")}).status_code == 410
    assert not Answer.objects.exists()


def test_a_form_of_another_site_is_refused(client: Client, path: str) -> None:
    sent = {"avain": press_key(html_of(client, path)), "vastaus": "true", "kohde": key_of("tupa")}
    answer = client.post(f"{path}vastaa/", sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not Answer.objects.exists()


def test_a_form_of_our_own_page_needs_no_cookie(path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    sent = {"avain": press_key(html_of(strict, path)), "vastaus": "true", "kohde": key_of("tupa")}
    answer = strict.post(f"{path}vastaa/", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"vastaus": "true"}, {"vastaus": "true", "kohde": "place:ei"}])
def test_bad_forms_change_nothing(client: Client, path: str, sent: dict[str, str]) -> None:
    assert client.post(f"{path}vastaa/", sent).status_code in {303, 404}
    bad_key = {"vastaus": "true", "kohde": key_of("tupa"), "avain": "x"}
    assert client.post(f"{path}vastaa/", bad_key).status_code == 400
    assert not Answer.objects.exists()


def test_a_confidential_place_is_not_there(client: Client, path: str) -> None:
    Place.objects.filter(slug="nurkka").update(confidential=True)
    html = html_of(client, path)
    assert "Perhenurkka" not in words_of(html)
    sent = {"avain": press_key(html), "vastaus": "true", "kohde": key_of("nurkka")}
    assert client.post(f"{path}vastaa/", sent).status_code == 404


@pytest.mark.parametrize("language", ["", "/sv", "/en", "/ar"])
def test_the_page_speaks_four_languages(client: Client, path: str, language: str) -> None:
    assert "Perhenurkka" in words_of(html_of(client, language + path))


def test_the_page_asks_a_constant_number_of_questions(
    client: Client, path: str, liminka: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    html_of(client, path)
    for number in range(12):
        place(f"paikka-{number}", f"Paikka {number}", "liminka", confirmed_on=date(2026, 1, 1))
        series(f"sarja-{number}", liminka, date(2026, 11, 3))
    with django_assert_max_num_queries(20):
        html = words_of(html_of(client, path))
    assert "Paikka 11" in html
    assert "Kahvila sarja-11" in html
