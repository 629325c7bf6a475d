"""Signing in, the lock, the step-up and one's own account, as pages."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import CSRF_SESSION_KEY
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.organisation.models import KeptRequest, SecondFactor, SignInInvitation, Staff, StaffSession
from turvaverkko.organisation.sign_in import services
from turvaverkko.organisation.sign_in.rules import FREE_TRIES, Key
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.organisation.sign_in.tests.conftest import (
    EMAIL,
    PASSWORD,
    Clock,
    by_pages,
    code_now,
    first_step,
    invited,
    wrong_code,
)
from turvaverkko.trail.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("turvaverkko.organisation.sign_in.tests.urls")]
LANGUAGES = ["", "/sv", "/en", "/ar"]


def text(response: HttpResponse) -> str:
    return response.content.decode()


def key_of(response: HttpResponse) -> str:
    """The key of what was kept, from the address one is sent to."""
    return str(re.search(r"paikka=([\w-]+)", response["Location"])[1])


def kinds() -> list[str]:
    told = LogEntry.objects.filter(kind__startswith="organisation.").order_by("id")
    return [kind.removeprefix("organisation.") for kind in told.values_list("kind", flat=True)]


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
    assert (done.status_code, done["Location"]) == (303, f"{prefix}/tyo/oma-tili/")
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
        ("https://evil.example/", "/tyo/oma-tili/"),
        ("//evil.example/", "/tyo/oma-tili/"),
        ("/\\evil.example/", "/tyo/oma-tili/"),
        ("javascript:alert(1)", "/tyo/oma-tili/"),
        ("", "/tyo/oma-tili/"),
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
    assert client.get("/kirjaudu/")["Location"] == "/tyo/oma-tili/"


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


# The lock


def test_an_idle_session_locks_and_keeps_what_was_typed(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=15)
    words = "Äiti kertoi\r\nkaksi 🌱 riviä <b>"
    sent = client.post("/koe/kirjaus/?sivu=2", {"text": [words, "toinen"]})
    assert sent["Location"].startswith("/kirjaudu/lukittu/?paikka=")
    assert "kertoi" not in sent["Location"]
    assert "kertoi" not in str(list(KeptRequest.objects.values_list("key", "kept_at")))
    key = key_of(sent)
    page = client.get(sent["Location"])
    assert "tallessa" in text(page)
    assert client.get("/koe/hei/").status_code == 303
    opened = client.post("/kirjaudu/lukittu/", {"password": PASSWORD, "paikka": key})
    assert opened["Location"] == f"/kirjaudu/jatka/?paikka={key}"
    page = text(client.get(opened["Location"]))
    assert 'action="/koe/kirjaus/?sivu=2"' in page
    assert "kaksi 🌱 riviä &lt;b&gt;" in page
    done = client.post("/koe/kirjaus/?sivu=2", {"text": [words, "toinen"], "kept_request": key})
    assert text(done).endswith(str([words, "toinen"]))
    assert not KeptRequest.objects.filter(key=key).exists()
    assert kinds() == ["sign_in", "lock", "unlock"]


def test_a_page_asked_for_behind_the_lock_opens_after_it(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=20)
    sent = client.get("/koe/kirjaus/?haku=salainen")
    assert "salainen" not in sent["Location"]
    opened = client.post("/kirjaudu/lukittu/", {"password": code_now(), "paikka": key_of(sent)})
    assert opened["Location"] == "/koe/kirjaus/?haku=salainen"


def test_what_is_used_does_not_lock(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    for _ in range(4):
        clock.on(minutes=14)
        assert client.get("/koe/hei/").status_code == 200


def test_the_button_locks_and_the_wrong_word_does_not_open(
    client: Client, guide: Staff, clock: Clock
) -> None:
    sign_in(client, guide)
    assert client.post("/kirjaudu/lukitse/")["Location"] == "/kirjaudu/lukittu/"
    assert client.get("/kirjaudu/lukittu/").status_code == 200
    for typed in ("", "väärä", wrong_code(), "🦊\u202e" * 1000):
        assert 'class="errs"' in text(client.post("/kirjaudu/lukittu/", {"password": typed}))
    assert client.get("/koe/hei/").status_code == 303
    for _ in range(FREE_TRIES[Key.SESSION]):
        answer = client.post("/kirjaudu/lukittu/", {"password": "väärä"})
    assert answer.status_code == 429
    clock.on(minutes=5)
    assert client.post("/kirjaudu/lukittu/", {"password": PASSWORD}).status_code == 303
    assert client.get("/koe/hei/").status_code == 200
    assert kinds().count("proof_refused") == FREE_TRIES[Key.SESSION] + 1


def test_after_a_long_day_one_signs_in_and_the_text_is_there(
    client: Client, guide: Staff, clock: Clock
) -> None:
    sign_in(client, guide)
    clock.on(hours=10)
    sent = client.post("/koe/kirjaus/", {"text": "pitkä kirjaus"})
    assert sent["Location"].startswith("/kirjaudu/?paikka=")
    key = key_of(sent)
    assert by_pages(client, paikka=key) == f"/kirjaudu/jatka/?paikka={key}"
    assert "pitkä kirjaus" in text(client.get(f"/kirjaudu/jatka/?paikka={key}"))


def test_what_one_typed_is_nobody_elses(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=15)
    key = key_of(client.post("/koe/kirjaus/", {"text": "oma"}))
    other = Staff.objects.create_user("eino@example.invalid", PASSWORD, display_name="Eino Esimerkki")
    stranger = Client()
    sign_in(stranger, other)
    assert stranger.get(f"/kirjaudu/jatka/?paikka={key}")["Location"] == "/tyo/oma-tili/"
    clock.on(hours=2, seconds=1)
    client.post("/kirjaudu/lukittu/", {"password": PASSWORD})
    assert client.get(f"/kirjaudu/jatka/?paikka={key}").status_code == 303


def test_one_may_decide_not_to_send(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=15)
    key = key_of(client.post("/koe/kirjaus/", {"text": "oma"}))
    client.post("/kirjaudu/lukittu/", {"password": PASSWORD})
    assert client.post("/kirjaudu/jatka/unohda/", {"kept_request": key}).status_code == 303
    assert not KeptRequest.objects.exists()


def test_a_fragment_leads_the_whole_page_to_the_lock(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=15)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/koe/hei/"}
    sent = client.get("/koe/kirjaus/", headers=headers)
    assert sent["HX-Redirect"].startswith("/kirjaudu/lukittu/?paikka=")
    key = re.search(r"paikka=([\w-]+)", sent["HX-Redirect"])[1]
    opened = client.post("/kirjaudu/lukittu/", {"password": PASSWORD, "paikka": key})
    assert opened["Location"] == "/koe/hei/"


# The step-up


def test_a_sensitive_act_asks_for_a_code_and_goes_on(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    assert text(client.get("/koe/vienti/?what=kaikki")) == "exported kaikki"
    clock.on(minutes=5)
    sent = client.get("/koe/vienti/?what=kaikki")
    assert sent["Location"].startswith("/kirjaudu/vahvista/?paikka=")
    key = key_of(sent)
    assert "Vahvista" in text(client.get(sent["Location"]))
    assert "ei täsmää" in text(client.post("/kirjaudu/vahvista/", {"code": wrong_code(), "paikka": key}))
    assert "ei täsmää" in text(client.post("/kirjaudu/vahvista/", {"code": PASSWORD, "paikka": key}))
    on = client.post("/kirjaudu/vahvista/", {"code": code_now(), "paikka": key})
    assert text(client.get(on["Location"])) == "exported kaikki"
    assert kinds() == ["sign_in", "proof_refused", "proof_refused", "confirm"]


def test_a_sensitive_sending_waits_for_the_code(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=6)
    key = key_of(client.post("/koe/vienti/", {"what": "perhe"}))
    on = client.post("/kirjaudu/vahvista/", {"code": code_now(), "paikka": key})
    assert 'name="what" value="perhe"' in text(client.get(on["Location"]))
    assert text(client.post("/koe/vienti/", {"what": "perhe", "kept_request": key})) == "exported perhe"


def test_opening_the_lock_with_the_password_is_no_fresh_code(
    client: Client, guide: Staff, clock: Clock
) -> None:
    sign_in(client, guide)
    clock.on(minutes=15)
    client.post("/kirjaudu/lukittu/", {"password": PASSWORD})
    assert client.get("/koe/vienti/").status_code == 303
    client.post("/kirjaudu/lukitse/")
    client.post("/kirjaudu/lukittu/", {"password": code_now()})
    assert client.get("/koe/vienti/").status_code == 200


# Signing out and one's own account


def test_signing_out_ends_the_session_also_behind_the_lock(client: Client, guide: Staff) -> None:
    token = sign_in(client, guide)
    client.post("/kirjaudu/lukitse/")
    assert client.post("/kirjaudu/ulos/")["Location"] == "/kirjaudu/"
    assert client.cookies["istunto"].value == ""
    client.cookies["istunto"] = token
    assert client.get("/koe/hei/").status_code == 303
    assert client.get("/kirjaudu/ulos/").status_code == 405
    assert kinds() == ["sign_in", "lock", "sign_out"]


def test_one_sees_ones_sessions_and_ends_the_others(client: Client, guide: Staff) -> None:
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Firefox/140.0"})
    by_pages(phone)
    sign_in(client, guide)
    page = text(client.get("/tyo/oma-tili/"))
    assert "Firefox · Android" in page
    assert "Palveluohjaaja" in page
    client.post("/tyo/oma-tili/muut-ulos/")
    assert phone.get("/koe/hei/").status_code == 303
    assert client.get("/koe/hei/").status_code == 200


def test_new_backup_codes_are_shown_once(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    page = text(client.post("/tyo/oma-tili/varakoodit/"))
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert len(codes) == 10
    assert codes[0] not in text(client.get("/tyo/oma-tili/"))
    clock.on(minutes=6)
    assert client.post("/tyo/oma-tili/varakoodit/")["Location"].startswith("/kirjaudu/vahvista/")
    challenge = first_step(client)
    answer = client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": "", "backup": codes[0].lower()})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"password": "väärä"}, "Nykyinen salasana"),
        ({"new_password": "lyhyt", "new_password_again": "lyhyt"}, "#new_password"),
        ({"new_password": "aino@example.invalid"}, "#new_password"),
        ({"new_password_again": "jotain aivan muuta"}, "eivät ole samat"),
        ({"new_password": "x" * 201}, "liian pitkä"),
    ],
)
def test_a_poor_new_password_is_not_taken(
    client: Client, guide: Staff, sent: dict[str, str], says: str
) -> None:
    sign_in(client, guide)
    form = {
        "password": PASSWORD,
        "new_password": "tuuli käy yli suon",
        "new_password_again": "tuuli käy yli suon",
    }
    page = text(client.post("/tyo/oma-tili/salasana/", form | sent))
    assert says in page
    guide.refresh_from_db()
    assert guide.check_password(PASSWORD)


def test_the_password_changes_and_other_sessions_end(client: Client, guide: Staff) -> None:
    other = Client()
    sign_in(other, guide)
    sign_in(client, guide)
    new = "tuuli käy yli suon"
    form = {"password": PASSWORD, "new_password": new, "new_password_again": new}
    assert "vaihdettu" in text(client.post("/tyo/oma-tili/salasana/", form))
    guide.refresh_from_db()
    assert guide.check_password(new)
    assert other.get("/koe/hei/").status_code == 303


def test_a_password_is_never_kept(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    clock.on(minutes=16)
    key = key_of(client.post("/tyo/oma-tili/salasana/", {"password": PASSWORD, "new_password": "uusi"}))
    assert '"fields": null' in KeptRequest.objects.get(key=key).content


# Taking an account into use


def enrolling(key: str, secret: str, **changed: str) -> dict[str, str]:
    new = "tuuli käy yli suon"
    return {"avain": key, "password": new, "again": new, "code": code_now(secret)} | changed


def test_a_link_gives_password_authenticator_and_backup_codes(client: Client, clock: Clock, db: None) -> None:
    staff = services.add_staff(
        services.TERMINAL, email="uusi@example.invalid", display_name="Uusi Esimerkki", role=None
    )
    key = invited(staff)
    page = text(client.get(f"/kirjaudu/ota-kayttoon/?avain={key}"))
    secret = SignInInvitation.objects.get().secret
    assert "<svg" in page
    assert secret[:4] in page
    assert page.count("style=") == 0, "the content security policy refuses inline styles"
    faulty = text(client.post("/kirjaudu/ota-kayttoon/", enrolling(key, secret, code="000000")))
    assert "Koodi ei täsmää" in faulty
    done = client.post("/kirjaudu/ota-kayttoon/", enrolling(key, secret))
    assert len(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text(done))) == 10
    assert client.get("/koe/hei/").status_code == 200
    again = text(Client().post("/kirjaudu/ota-kayttoon/", enrolling(key, secret)))
    assert "käytetty tai vanhentunut" in again
    assert kinds() == ["add_staff", "invite_staff", "enrol", "sign_in"]


def test_a_link_grows_old_and_a_new_one_replaces_it(client: Client, aino: Staff, clock: Clock) -> None:
    first = invited(aino)
    second = invited(aino)
    assert "käytetty tai vanhentunut" in text(client.get(f"/kirjaudu/ota-kayttoon/?avain={first}"))
    assert "<svg" in text(client.post("/kirjaudu/ota-kayttoon/", {"avain": f" {second} "}))
    clock.on(hours=72)
    assert "käytetty tai vanhentunut" in text(client.get(f"/kirjaudu/ota-kayttoon/?avain={second}"))
    assert "Avain" in text(client.get("/kirjaudu/ota-kayttoon/"))


def test_a_new_telephone_takes_the_place_of_the_old(client: Client, guide: Staff, clock: Clock) -> None:
    sign_in(client, guide)
    sent = client.post("/tyo/oma-tili/laite/")
    key = sent["Location"].split("avain=")[1]
    old, secret = SecondFactor.objects.get().secret, SignInInvitation.objects.get().secret
    client.post("/kirjaudu/ota-kayttoon/", enrolling(key, secret))
    assert old != SecondFactor.objects.get().secret == secret


def test_a_lost_telephone_takes_everything_away(client: Client, guide: Staff) -> None:
    sign_in(client, guide)
    services.reset(services.TERMINAL, guide)
    assert client.get("/koe/hei/").status_code == 303
    assert not SecondFactor.objects.exists()


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
