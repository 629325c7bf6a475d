"""J2: a worker collects at the desk and puts it into the thread; the family reads it behind its code."""

import re
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from turvaverkko.access.api import StaffActor
from turvaverkko.directory.baskets.models import Basket, Share
from turvaverkko.directory.baskets.services import forget_old
from turvaverkko.directory.baskets.tests.test_collecting import NOTE, add, names
from turvaverkko.directory.models import Service, Text
from turvaverkko.guidance.api import Message, take
from turvaverkko.guidance.models import GivenBasket
from turvaverkko.guidance.tests.conftest import Cast, Sent, send
from turvaverkko.guidance.tests.test_desk_pages import client_of, page_of, path_of, text_of
from turvaverkko.organisation.api import Organisation
from turvaverkko.trail.api import LogEntry

Clock = time_machine.Traveller
SLUGS = ("perheohjaus", "neuvola", "unikoulu")


@pytest.fixture
def services(cast: Cast) -> list[str]:
    """Three services of Kainuu; their keys in a basket."""
    organisation = Organisation.objects.filter(kind="county")[0]
    for slug in SLUGS:
        row = Service.objects.create(slug=slug, level="county", organisation=organisation, state="published")
        Text.objects.create(service=row, kind="name", language="fi", value=slug.title(), source="test")
    return [f"service/{slug}" for slug in SLUGS]


@pytest.fixture
def taken(cast: Cast, clock: Clock) -> Sent:
    sent = send()
    take(cast.maija, sent.request)
    return sent


def family_page(sent: Sent) -> str:
    client = Client()
    client.post("/pyyda-apua/tila/", {"code": sent.code})
    return page_of(client, "/pyyda-apua/tila/")


def collect(actor: StaffActor, keys: list[str]) -> Client:
    guide = client_of(actor)
    for key in keys:
        add(guide, key)
    guide.post(
        "/tyo/kori/", {"tee": "tallenna", f"muistio:{keys[0]}": NOTE, "muistio": "Aloittakaa ensimmäisestä."}
    )
    return guide


def attach(guide: Client, sent: Sent, text: str = "Tässä ne, mistä puhuttiin.") -> int:
    return guide.post(path_of(sent.request, "kori/"), {"kori-viesti": text}).status_code


def test_a_worker_collects_from_the_familys_own_pages_and_sees_it_at_the_desk(
    cast: Cast, services: list[str]
) -> None:
    guide = collect(cast.maija, services)
    assert guide.get("/kori/")["Location"] == "/tyo/kori/"
    page = page_of(guide, "/tyo/kori/")
    assert names(page) == [slug.title() for slug in SLUGS]
    assert NOTE in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert "Kori on tyhjä." in page_of(client_of(cast.anne), "/tyo/kori/")
    assert "Kori on tyhjä." in page_of(Client(), "/kori/")


def test_a_basket_of_three_goes_to_the_family_and_stays_when_its_link_has_closed(
    cast: Cast, services: list[str], taken: Sent, clock: Clock
) -> None:
    guide = collect(cast.maija, services)
    guide.post("/tyo/kori/", {"tee": "jaa", "paivia": "1"})
    case = page_of(guide, path_of(taken.request))
    assert "Liitä korisi, kohteita 3" in text_of(case)
    assert attach(guide, taken) == HTTPStatus.SEE_OTHER
    assert NOTE not in family_page(taken)  # it can still be taken back
    clock.shift(11)
    page = family_page(taken)
    assert names(page) == [slug.title() for slug in SLUGS]
    assert NOTE in page
    assert "Aloittakaa ensimmäisestä." in page
    assert "Tässä ne, mistä puhuttiin." in page
    assert "Sinulle kokosi Maija" in text_of(page)
    assert "Kori perheelle" in text_of(page_of(guide, path_of(taken.request)))
    clock.shift(40 * 24 * 3600)
    forget_old()
    assert not Share.objects.exists()
    assert not Basket.objects.exists()
    assert names(family_page(taken)) == [slug.title() for slug in SLUGS]


def test_nothing_of_it_goes_to_the_next_family(cast: Cast, services: list[str], taken: Sent) -> None:
    guide = collect(cast.maija, services)
    attach(guide, taken)
    assert "Kori on tyhjä." in page_of(guide, "/tyo/kori/")
    assert "Liitä korisi" not in page_of(guide, path_of(taken.request))
    guide.post("/tyo/kori/", {"tee": "kumoa"})
    assert len(names(page_of(guide, "/tyo/kori/"))) == 3


def test_taken_back_within_ten_seconds_the_family_never_sees_it(
    cast: Cast, services: list[str], taken: Sent, clock: Clock
) -> None:
    guide = collect(cast.maija, services)
    attach(guide, taken)
    guide.post(path_of(taken.request, "peru/"))
    clock.shift(60)
    assert not GivenBasket.objects.exists()
    assert NOTE not in family_page(taken)


def test_two_presses_send_one_basket(cast: Cast, services: list[str], taken: Sent) -> None:
    guide = collect(cast.maija, services)
    fields = {"kori-viesti": "Tässä.", "avain": "sama-avain-kahdesti"}
    for _press in range(2):
        assert guide.post(path_of(taken.request, "kori/"), fields).status_code == HTTPStatus.SEE_OTHER
    assert Message.objects.count() == 1
    assert GivenBasket.objects.count() == 1


def test_an_empty_basket_and_an_empty_message_are_refused_with_what_to_do(
    cast: Cast, services: list[str], taken: Sent
) -> None:
    guide = client_of(cast.maija)
    response = guide.post(path_of(taken.request, "kori/"), {"kori-viesti": "Tässä."})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Korisi on tyhjä." in response.content.decode()
    collect(cast.maija, services)
    response = guide.post(path_of(taken.request, "kori/"), {"kori-viesti": "  "})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Kirjoita perheelle muutama sana korista." in response.content.decode()
    assert not Message.objects.exists()


def test_a_stranger_sends_nothing_and_nobody_sends_before_taking(
    cast: Cast, services: list[str], clock: Clock
) -> None:
    sent = send()
    assert attach(collect(cast.stranger, services), sent) == HTTPStatus.NOT_FOUND
    assert attach(collect(cast.maija, services), sent) == HTTPStatus.CONFLICT
    assert not GivenBasket.objects.exists()
    assert len(names(page_of(client_of(cast.maija), "/tyo/kori/"))) == 3


def test_the_words_that_go_along_are_offered_in_the_familys_language(
    cast: Cast, services: list[str], clock: Clock
) -> None:
    sent = send(language="sv")
    take(cast.maija, sent.request)
    guide = collect(cast.maija, services)
    with translation.override("sv"):
        offered = translation.gettext("Kokosin sinulle näitä palveluja. Ne ovat tämän viestin alla.")
    assert offered in page_of(guide, path_of(sent.request))


def test_the_trail_knows_that_a_basket_went_and_not_what_was_in_it(
    cast: Cast, services: list[str], taken: Sent
) -> None:
    attach(collect(cast.maija, services), taken)
    entry = LogEntry.objects.get(kind="guidance.answer")
    assert entry.actor == cast.maija.public_id
    assert entry.payload["basket"] is True
    assert "kanaria" not in str(entry.payload)
    assert "perheohjaus" not in str(entry.payload)


def test_the_desk_takes_its_own_forms_only_and_its_page_lets_the_browser_say_so(
    cast: Cast, services: list[str]
) -> None:
    guide = Client(enforce_csrf_checks=True)
    guide.cookies = collect(cast.maija, services).cookies
    page = guide.get("/tyo/kori/")
    assert page["Referrer-Policy"] == "same-origin"  # without it the origin of the form would be "null"
    assert page["Cache-Control"] == "no-store"
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found
    press = {"tee": "tyhjenna", "muistio": ""}
    assert guide.post("/tyo/kori/", press).status_code == HTTPStatus.FORBIDDEN
    assert (
        guide.post("/tyo/kori/", press | {"csrfmiddlewaretoken": found[1]}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert "Kori on tyhjä." in page_of(guide, "/tyo/kori/")
