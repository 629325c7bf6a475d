"""Signing in and roles, as pages; bad input; what a page costs."""

import re

import pytest
from django.db import connection
from django.middleware.csrf import CSRF_SESSION_KEY
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.organisation.models import KeptRequest, Staff, StaffSession
from turvaverkko.organisation.sign_in.rules import FREE_TRIES, Key
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.organisation.sign_in.tests.conftest import (
    EMAIL,
    PASSWORD,
    Clock,
    by_pages,
    code_now,
    first_step,
    kinds,
    text,
    wrong_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("turvaverkko.organisation.sign_in.tests.urls")]
LANGUAGES = ["", "/sv", "/en", "/ar"]


# Signing in


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_first_page_asks_two_things_and_sets_no_session(client: Client, aino: Staff, prefix: str) -> None:
    response = client.get(f"{prefix}/kirjaudu/")
    assert 'autocomplete="username"' in text(response)
    assert 'autocomplete="current-password"' in text(response)
    assert set(client.cookies) == {"csrftoken"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_one_signs_in_with_a_code_and_comes_to_ones_own_page(
    client: Client, aino: Staff, prefix: str
) -> None:
    page = client.post(f"{prefix}/kirjaudu/", {"email": EMAIL, "password": PASSWORD})
    assert 'autocomplete="one-time-code"' in text(page)
    assert set(client.cookies) == {"csrftoken"}, "no cookie of a session before the code"
    challenge = text(page).split('name="challenge" value="')[1].split('"')[0]
    done = client.post(f"{prefix}/kirjaudu/koodi/", {"challenge": challenge, "code": code_now()})
    assert (done.status_code, done["Location"]) == (303, f"{prefix}/tyo/")
    cookie = client.cookies["istunto"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 36_000)
    assert EMAIL in text(client.get(f"{prefix}/tyo/oma-tili/"))
    assert kinds() == ["sign_in"]


def test_in_production_the_cookie_is_secure(client: Client, aino: Staff, settings: object) -> None:
    settings.SESSION_COOKIE_SECURE = True
    by_pages(client)
    assert client.cookies["istunto"]["secure"]


def test_the_answer_is_the_same_whatever_was_wrong(client: Client, aino: Staff) -> None:
    answers = set()
    for email, password in ((EMAIL, PASSWORD), (EMAIL, "väärä"), ("ei.ole@example.invalid", "x")):
        challenge = first_step(client, email, password)
        answer = client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": wrong_code()})
        assert answer.status_code == 200
        plain = re.sub(r'(name="(challenge|csrfmiddlewaretoken)" value=)"[^"]*"', r"\1", text(answer))
        answers.add(plain)
    assert len(answers) == 1
    assert "ei täsmää" in answers.pop()


def test_an_empty_form_says_what_is_missing_and_keeps_the_address(client: Client, aino: Staff) -> None:
    page = text(client.post("/kirjaudu/", {"email": "<b>@x", "password": ""}))
    assert 'class="errs"' in page
    assert 'href="#password"' in page
    assert 'value="&lt;b&gt;@x"' in page
    page = text(client.post("/kirjaudu/", {}))
    assert 'href="#email"' in page


def test_too_many_tries_are_told_how_long_to_wait(client: Client, aino: Staff) -> None:
    challenge = first_step(client)
    for _ in range(FREE_TRIES[Key.PAIR] + 1):
        client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": wrong_code()})
    answer = client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": code_now()})
    assert (answer.status_code, answer["Retry-After"]) == (429, "5")
    assert "Odota" in text(answer)


def test_a_code_that_comes_too_late_begins_again_with_the_address(
    client: Client, aino: Staff, clock: Clock
) -> None:
    challenge = first_step(client)
    clock.on(minutes=6)
    page = text(client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": code_now()}))
    assert f'value="{EMAIL}"' in page
    assert "liian kauan" in page


def test_the_code_page_leads_to_the_first_page(client: Client, aino: Staff) -> None:
    assert client.get("/kirjaudu/koodi/")["Location"] == "/kirjaudu/"


def test_a_session_is_new_at_every_sign_in(client: Client, aino: Staff, clock: Clock) -> None:
    by_pages(client)
    first = client.cookies["istunto"].value
    clock.on(seconds=31)
    by_pages(client)
    assert client.cookies["istunto"].value != first
    stale = Client()
    stale.cookies["istunto"] = first
    assert stale.get("/koe/hei/").status_code == 303
    assert StaffSession.objects.filter(ended_at__isnull=True).count() == 1


def test_the_database_does_not_know_the_cookie(client: Client, aino: Staff) -> None:
    token = sign_in(client, aino)
    assert token not in str(list(StaffSession.objects.values()))


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/koe/kirjaus/", "/koe/kirjaus/"),
        ("/koe/kirjaus/?haku=salainen", "/koe/kirjaus/"),
        ("https://evil.example/", "/tyo/"),
        ("//evil.example/", "/tyo/"),
        ("/\\evil.example/", "/tyo/"),
        ("javascript:alert(1)", "/tyo/"),
        ("", "/tyo/"),
    ],
)
def test_after_signing_in_one_stays_on_this_site(client: Client, aino: Staff, asked: str, led: str) -> None:
    assert by_pages(client, next=asked) == led


def test_who_is_not_signed_in_comes_to_the_first_page_and_back(client: Client, guide: Staff) -> None:
    sent = client.get("/koe/kirjaus/?haku=salainen")
    assert (sent.status_code, sent["Location"]) == (303, "/kirjaudu/?next=%2Fkoe%2Fkirjaus%2F")
    assert 'name="next" value="/koe/kirjaus/"' in text(client.get(sent["Location"]))
    client.cookies["istunto"] = "not-a-token" * 1000
    assert client.get("/koe/kirjaus/").status_code == 303


def test_signed_in_one_does_not_sign_in_again(client: Client, aino: Staff) -> None:
    sign_in(client, aino)
    assert client.get("/kirjaudu/")["Location"] == "/tyo/"


def test_an_account_that_ends_is_out_at_once(client: Client, guide: Staff) -> None:
    sign_in(client, guide)
    assert client.get("/koe/kirjaus/").status_code == 200
    Staff.objects.update(is_active=False)
    assert client.get("/koe/kirjaus/").status_code == 303


# Roles


def test_without_a_role_one_is_told_what_to_do(client: Client, aino: Staff) -> None:
    sign_in(client, aino)
    answer = client.get("/koe/kirjaus/")
    assert answer.status_code == 403
    assert "esihenkilöä" in text(answer)
    assert client.get("/koe/hei/").status_code == 200


def test_a_role_that_has_ended_is_no_role(client: Client, guide: Staff) -> None:
    sign_in(client, guide)
    assert text(client.get("/koe/kirjaus/")) == "Aino Esimerkki|service-guide|[]"
    guide.roles.update(valid_to="2026-11-22")
    assert client.get("/koe/kirjaus/").status_code == 403


# Bad input, cost


def test_without_the_token_nothing_is_taken(aino: Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in ("/kirjaudu/", "/kirjaudu/koodi/", "/kirjaudu/lukittu/", "/kirjaudu/ulos/"):
        assert strict.post(address, {"email": EMAIL, "password": PASSWORD}).status_code == 403
    assert CSRF_SESSION_KEY not in strict.cookies


@pytest.mark.parametrize("address", ["/kirjaudu/", "/kirjaudu/koodi/", "/kirjaudu/lukittu/"])
def test_ten_megabytes_are_refused(client: Client, aino: Staff, address: str) -> None:
    sign_in(client, aino)
    client.post("/kirjaudu/lukitse/")
    huge = {"email": "x" * 10_000_000, "challenge": "x", "code": "1", "password": "p"}
    assert client.post(address, huge).status_code in (400, 413)


def test_marks_and_emoji_get_a_page(client: Client, aino: Staff) -> None:
    for typed in ("\u202e\u2066🦊\x00", "x" * 100_000, "'; DROP TABLE staff; --"):
        page = client.post("/kirjaudu/", {"email": typed, "password": typed, "next": typed, "paikka": typed})
        assert page.status_code == 200
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", text(page))


def test_a_staff_page_costs_two_queries(
    client: Client, guide: Staff, django_assert_num_queries: object
) -> None:
    sign_in(client, guide)
    with django_assert_num_queries(2):
        client.get("/koe/kirjaus/")
    with django_assert_num_queries(1):
        client.get("/koe/hei/")


def test_a_public_page_never_asks_who_it_is(client: Client, guide: Staff) -> None:
    sign_in(client, guide)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/evasteet/").status_code == 200
    assert not [query for query in asked if "staffsession" in query["sql"]]


def test_old_sessions_and_kept_requests_are_forgotten(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=15)
    client.post("/koe/kirjaus/", {"text": "oma"})
    clock.on(days=2)
    sign_in(client, guide)
    assert StaffSession.objects.count() == 1
    assert not KeptRequest.objects.exists()
