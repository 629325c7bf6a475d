"""Signing out, one's own account, and taking an account into use, as pages."""

import re

import pytest
from django.test import Client

from turvaverkko.organisation.models import KeptRequest, SecondFactor, SignInInvitation, Staff
from turvaverkko.organisation.sign_in import services
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.organisation.sign_in.tests.conftest import (
    PASSWORD,
    Clock,
    by_pages,
    code_now,
    first_step,
    invited,
    key_of,
    kinds,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("turvaverkko.organisation.sign_in.tests.urls")]
LANGUAGES = ["", "/sv", "/en", "/ar"]


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
