"""The lock and the step-up, as pages: nothing typed is lost."""

import re

import pytest
from django.test import Client

from turvaverkko.organisation.models import KeptRequest, Staff
from turvaverkko.organisation.sign_in.rules import FREE_TRIES, Key
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.organisation.sign_in.tests.conftest import (
    PASSWORD,
    Clock,
    by_pages,
    code_now,
    key_of,
    kinds,
    text,
    wrong_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("turvaverkko.organisation.sign_in.tests.urls")]
LANGUAGES = ["", "/sv", "/en", "/ar"]


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
    assert stranger.get(f"/kirjaudu/jatka/?paikka={key}")["Location"] == "/tyo/"
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
