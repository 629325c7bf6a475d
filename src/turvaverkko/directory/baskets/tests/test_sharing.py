"""Handing a basket on by a link, ending the link, copying, forgetting."""

import re
from http import HTTPStatus

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from turvaverkko.access.api import staff_actor
from turvaverkko.access.testing import staff, unit
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.ids import new_public_id
from turvaverkko.core.jobs.testing import drain
from turvaverkko.directory.baskets import jobs, services
from turvaverkko.directory.baskets.models import Basket, Share
from turvaverkko.directory.baskets.rules import GUESSES, MOST_ITEMS, MOST_LINKS, Content, Item, Kind, written
from turvaverkko.directory.baskets.services import (
    Forgotten,
    begin_basket,
    change,
    end_share,
    forget_old,
    share,
)
from turvaverkko.directory.baskets.tests.test_collecting import (
    NOTE,
    PLACE,
    SERVICE,
    SLEEP,
    add,
    names,
    page,
    press,
)
from turvaverkko.directory.models import Place, Service
from turvaverkko.directory.tests.pages_world import words_of
from turvaverkko.trail.api import LogEntry

pytestmark = pytest.mark.usefixtures("small_county")

Clock = time_machine.Traveller
DAY = 24 * 3600


def link_of(client: Client, **fields: str) -> str:
    """Make a link; return its path."""
    html = press(client, "jaa", **fields)
    found = re.search(r'href="http://testserver(/kori/[a-z0-9]+/)"', html)
    assert found, "no link on the page"
    return found[1]


@pytest.fixture
def filled(client: Client) -> Client:
    add(client, SERVICE)
    add(client, PLACE)
    press(client, **{f"muistio:{SERVICE}": NOTE, "muistio": "Valitkaa näistä."})
    return client


def test_a_link_opens_a_copy_for_whoever_has_it(filled: Client) -> None:
    path = link_of(filled)
    response = Client().get(path)
    html = response.content.decode()
    assert names(html) == ["Perheohjaus kotiin", "Kohtaamispaikka Tupa"]
    assert NOTE in html
    assert "Valitkaa näistä." in html
    assert "<title>Kori" in html
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in html
    assert not response.cookies
    assert "Familjearbete hemma" in page(Client(), f"/sv{path}")


def test_a_copy_stays_as_it_was_when_the_link_was_made(filled: Client) -> None:
    path = link_of(filled)
    press(filled, f"poista:{PLACE}", muistio="Seuraavalle perheelle")
    html = page(Client(), path)
    assert len(names(html)) == 2
    assert "Seuraavalle perheelle" not in html


def test_what_was_typed_beside_the_button_goes_along(filled: Client) -> None:
    assert "Viime hetken sana" in page(Client(), link_of(filled, muistio="Viime hetken sana"))


def test_a_link_tells_what_has_closed_since(filled: Client) -> None:
    path = link_of(filled)
    Service.objects.filter(slug="perheohjaus-kotiin").update(state="archived")
    Place.objects.filter(slug="tupa").update(confidential=True)
    html = page(Client(), path)
    assert "Ei ole enää tarjolla." in html
    assert "Tupa" not in html


@pytest.mark.parametrize(("days", "kept"), [("1", 1), ("7", 7), ("30", 30), ("", 30), ("365", 30)])
def test_a_link_closes_on_its_day(filled: Client, clock: Clock, days: str, kept: int) -> None:
    path = link_of(filled, paivia=days)
    clock.shift(kept * DAY - 1)
    page(Client(), path)
    clock.shift(1)
    assert Client().get(path).status_code == HTTPStatus.NOT_FOUND


def test_whoever_made_a_link_can_end_it_and_nobody_else(filled: Client) -> None:
    path = link_of(filled)
    other = Client()
    add(other, SLEEP)
    ending = f"lopeta:{Share.objects.get().public_id}"
    press(other, ending)
    page(Client(), path)
    assert "Linkki ei avaa enää mitään." in press(filled, ending)
    assert Client().get(path).status_code == HTTPStatus.NOT_FOUND


def test_an_ended_an_expired_and_a_made_up_code_look_alike(filled: Client, clock: Clock) -> None:
    ended, expired = link_of(filled, paivia="7"), ""
    press(filled, f"lopeta:{Share.objects.get().public_id}")
    expired = link_of(filled, paivia="1")
    clock.shift(2 * DAY)
    made_up = f"/kori/{new_public_id()}/"
    pages = {
        re.sub(r"/kori/[a-z0-9]{16}/", "", Client().get(path).content.decode())
        for path in (ended, expired, made_up)
    }
    assert len(pages) == 1
    assert "Tämä linkki ei avaa mitään" in pages.pop()


def test_who_guesses_codes_has_to_wait(filled: Client, clock: Clock) -> None:
    path = link_of(filled)
    for _guess in range(GUESSES):
        assert Client().get(f"/kori/{new_public_id()}/").status_code == HTTPStatus.NOT_FOUND
    assert Client().get(f"/kori/{new_public_id()}/").status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert Client().get(path).status_code == HTTPStatus.TOO_MANY_REQUESTS
    clock.shift(16 * 60)
    page(Client(), path)


def test_a_copy_comes_into_ones_own_basket(filled: Client) -> None:
    path = link_of(filled)
    reader = Client()
    add(reader, SLEEP)
    assert reader.post(path)["Location"] == "/kori/?tehty=lisatty"
    html = page(reader)
    assert names(html) == ["Unikoulu", "Perheohjaus kotiin", "Kohtaamispaikka Tupa"]
    assert NOTE in html
    fresh = Client()
    fresh.post(path)
    assert len(names(page(fresh))) == 2


def test_a_copy_that_has_no_room_changes_nothing(filled: Client) -> None:
    path = link_of(filled)
    reader = Client()
    add(reader, SLEEP)
    nearly_full = Content(tuple(Item(Kind.SERVICE, f"palvelu-{number}") for number in range(MOST_ITEMS - 1)))
    mine = Basket.objects.order_by("-pk")[0]
    Basket.objects.filter(pk=mine.pk).update(content=written(nearly_full))
    assert reader.post(path)["Location"] == "/kori/?tehty=taynna"
    mine.refresh_from_db()
    assert mine.content == written(nearly_full)


def test_so_many_links_may_be_open(filled: Client) -> None:
    for _link in range(MOST_LINKS):
        link_of(filled)
    assert "Korista on jo 20 linkkiä auki." in words_of(press(filled, "jaa"))
    assert Share.objects.count() == MOST_LINKS


def test_an_empty_basket_is_not_handed_on(filled: Client) -> None:
    press(filled, "tyhjenna", muistio="")
    press(filled, "jaa", muistio="")
    assert not Share.objects.exists()


def test_making_and_ending_a_link_is_written_without_a_word_of_it(filled: Client) -> None:
    link_of(filled)
    press(filled, f"lopeta:{Share.objects.get().public_id}")
    entries = LogEntry.objects.filter(kind__startswith="baskets.").order_by("pk")
    assert [entry.kind for entry in entries] == ["baskets.share", "baskets.end_share"]
    assert {entry.actor for entry in entries} == {"anonymous"}
    assert "kanaria" not in str([entry.payload for entry in entries])


def test_the_code_and_the_copy_are_stored_encrypted(filled: Client) -> None:
    path = link_of(filled)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM baskets_share")
        raw = str(cursor.fetchall())
    assert path.split("/")[2] not in raw
    assert "kanaria" not in raw


def test_only_its_owner_hands_a_basket_on() -> None:
    home = unit("koti")
    owner = staff_actor(staff("owner@example.invalid", service_guide=home))
    other = staff_actor(staff("other@example.invalid", service_guide=home))
    theirs = services.basket_for(owner.pk)
    visitors, _key = begin_basket()
    for basket in (theirs, visitors):
        change(basket, lambda _content: Content((Item(Kind.SERVICE, "unikoulu"),)))
    for actor, basket in ((other, theirs), (ANONYMOUS, theirs), (owner, visitors)):
        with pytest.raises(PermissionDenied):
            share(actor, basket, days=7)
    link = share(owner, theirs, days=7)
    for actor in (other, ANONYMOUS):
        with pytest.raises(PermissionDenied):
            end_share(actor, link)
    end_share(owner, link)
    assert not Share.objects.exists()


def test_what_is_over_is_forgotten_at_night(filled: Client, clock: Clock) -> None:
    link_of(filled, paivia="1")
    link_of(filled, paivia="30")
    assert forget_old(dry_run=True) == Forgotten(baskets=0, links=0)
    clock.shift(1 * DAY)
    assert forget_old(dry_run=True) == Forgotten(baskets=0, links=1)
    assert Share.objects.count() == 2
    jobs.forget_old.enqueue()
    drain()
    assert Share.objects.count() == 1
    clock.shift(30 * DAY)
    assert forget_old(dry_run=True) == Forgotten(baskets=1, links=1)
    forget_old()
    assert not Basket.objects.exists()
    assert not Share.objects.exists()


def test_a_link_never_outlives_the_basket_that_can_end_it(filled: Client, clock: Clock) -> None:
    clock.shift(29 * DAY)
    path = link_of(filled, paivia="30")
    clock.shift(30 * DAY - 1)
    forget_old()
    page(Client(), path)
    assert Basket.objects.exists()
