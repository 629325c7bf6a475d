"""From "Liity mukaan" to a café that families find: every step through the pages, as people take them."""

import re

import pytest
import time_machine
from django.test import Client

from turvaverkko.directory.editing.jobs import forget_joins
from turvaverkko.directory.editing.models import JoinRequest, Partner, Review, SignInLink
from turvaverkko.directory.editing.tests.conftest import (
    HOME,
    NEW,
    Cast,
    address_in,
    letters,
    the_happening,
    typed,
)
from turvaverkko.directory.models import Happening
from turvaverkko.directory.tests.pages_world import words_of
from turvaverkko.organisation.api import Organisation, Staff
from turvaverkko.trail.models import LogEntry
from turvaverkko.work.models import WorkItem

ASK = {
    "avain": "avain-liity-mukaan-1",
    "nimi": "Sateenkaaren perheet ry",
    "laji": "ngo",
    "ytunnus": "0000001-9",
    "kunta": "liminka",
    "toiminta": "Perhekahvila kerran viikossa.",
    "sahkoposti": "Sihteeri@sateenkaari.example",
    "rooli": "Sihteeri",
}


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return words_of(answer.content.decode())


def test_an_association_joins_signs_in_and_publishes_after_a_look(
    cast: Cast, mailoutbox: list[object], clock: time_machine.Traveller
) -> None:
    visitor = Client()
    sent = visitor.post("/liity/", ASK)
    assert sent.status_code == 303
    receipt = sent.headers["Location"]
    assert "Vastaamme viimeistään maanantaina 30.11. klo 16." in said(visitor, receipt)
    asked = JoinRequest.objects.get()
    assert (asked.business_code, asked.municipality.slug) == ("0000001-9", "liminka")
    item = WorkItem.objects.get(pk=asked.item_id)
    assert (item.kind, item.unit.slug, item.closed_at) == ("directory.join", "kehittaminen", None)
    clock.shift(15)
    assert address_in(letters(mailoutbox)[-1]) == receipt

    page = said(cast.editor, f"{HOME}liittymiset/")
    assert "Sateenkaaren perheet ry" in page
    assert "maanantaina 30.11. klo 16" in page
    answer = cast.editor.post(f"{HOME}liittymiset/{asked.public_id}/hyvaksy/", {"toimija": "uusi"})
    assert answer.status_code == 303
    assert "Tervetuloa mukaan" in said(visitor, receipt)
    made = Organisation.objects.get(name_fi="Sateenkaaren perheet ry")
    assert (made.kind, made.business_code, made.county) == ("ngo", "0000001-9", None)
    account = Staff.objects.get(email="sihteeri@sateenkaari.example")
    assert [(role.role, role.organisation) for role in account.roles.all()] == [("partner", made)]
    item.refresh_from_db()
    assert item.outcome == "accepted"
    clock.shift(15)
    assert address_in(letters(mailoutbox)[-1]) == receipt

    asking = visitor.post("/kirjaudu/linkki/", {"email": "sihteeri@sateenkaari.example"})
    code = re.sub(r"\D", "", re.search(r'id="koodi">(.*?)</p>', asking.content.decode())[1])  # type: ignore[index]
    clock.shift(15)
    link = address_in(letters(mailoutbox)[-1])
    partner = Client()  # the letter may be opened in another browser
    assert "Kirjoita koodi" in said(partner, link)
    entered = partner.post(link, {"code": code})
    assert (entered.status_code, entered.headers["Location"]) == (303, HOME)

    made_draft = partner.post(NEW, typed())
    happening = the_happening()
    assert made_draft.headers["Location"] == f"{HOME}ilmoitus/{happening.public_id}/?tehty=luotu"
    one = f"{HOME}ilmoitus/{happening.public_id}/"
    assert "Lähetä tarkistettavaksi" in said(partner, one)
    assert partner.post(f"{one}tila/", {"teko": "publish"}).status_code == 409
    assert partner.post(f"{one}tila/", {"teko": "submit"}).status_code == 303
    assert the_happening().state == "in-review"

    review = Review.objects.get()
    queue = said(cast.editor, f"{HOME}tarkistus/")
    assert "Perhekahvila" in queue
    assert "torstaina klo 16" in queue
    show = f"{HOME}tarkistus/{review.public_id}/"
    assert "tiistaisin klo 10–12, 24.11.2026–15.12.2026" in said(cast.editor, show)
    refused = cast.editor.post(f"{show}palauta/", {"kommentti": " "})
    assert refused.status_code == 400
    cast.editor.post(f"{show}palauta/", {"kommentti": "Kerro, mahtuvatko vaunut."})
    assert the_happening().state == "draft"
    assert "Kerro, mahtuvatko vaunut." in said(partner, one)
    clock.shift(15)
    assert address_in(letters(mailoutbox)[-1]) == HOME

    seen = re.search(r'name="nahty" value="([^"]+)"', partner.get(f"{one}muokkaa/").content.decode())[1]  # type: ignore[index]
    partner.post(f"{one}muokkaa/", typed(nahty=seen, esteettomyys_fi="Vaunut mahtuvat sisään."))
    partner.post(f"{one}tila/", {"teko": "submit"})
    again = Review.objects.get(state="waiting")
    show = f"{HOME}tarkistus/{again.public_id}/"
    looked = cast.editor.get(show).content.decode()
    seen = re.search(r'name="nahty" value="([^"]+)"', looked)[1]  # type: ignore[index]
    assert cast.editor.post(f"{show}hyvaksy/", {"nahty": seen}).status_code == 303
    happening = the_happening()
    assert (happening.state, str(happening.confirmed_on)) == ("published", "2026-11-23")
    assert happening.occurrences.count() == 4
    assert WorkItem.objects.filter(closed_at=None).count() == 0
    kinds = set(LogEntry.objects.values_list("kind", flat=True))
    assert {"editing.ask_to_join", "editing.accept_join", "editing.use_link", "editing.submit"} <= kinds


def test_two_presses_of_joining_make_one_ask(cast: Cast) -> None:
    first, second = (Client().post("/liity/", ASK) for _press in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert JoinRequest.objects.count() == 1
    assert WorkItem.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("nimi", "", "Kirjoita järjestön"),
        ("laji", "county", "Valitse, millainen toimija"),
        ("ytunnus", "0000001-8", "Tarkista Y-tunnus"),
        ("kunta", "kajaani", "Valitse kunta"),
        ("toiminta", "a" * 10_000, "merkkiä liian pitkä"),
        ("sahkoposti", "sihteeri", "Tarkista sähköpostiosoite"),
        ("rooli", "", "Kirjoita, mikä on tehtäväsi"),
        ("avain", "", "Lomake oli vanhentunut"),
    ],
)
def test_what_was_typed_wrong_says_what_to_do_and_nothing_is_lost(
    cast: Cast,
    field: str,
    value: str,
    told: str,
) -> None:
    answer = Client().post("/liity/", ASK | {field: value})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in words_of(page)
    kept = {
        "nimi": "Sateenkaaren perheet ry",
        "toiminta": "Perhekahvila kerran viikossa.",
        "rooli": "Sihteeri",
    }
    kept |= {field: value} if field in kept else {}
    assert all(one in page for one in kept.values())
    assert not JoinRequest.objects.exists()


def test_more_than_a_handful_of_asks_from_one_address_wait(cast: Cast) -> None:
    for number in range(5):
        assert Client().post("/liity/", ASK | {"avain": f"avain-{number:08}"}).status_code == 303
    full = Client().post("/liity/", ASK | {"avain": "avain-viimeinen"})
    assert full.status_code == 429
    assert "Odota tunti" in full.content.decode()
    assert "Sateenkaaren perheet ry" in full.content.decode()
    assert JoinRequest.objects.count() == 5


def test_a_refusal_is_read_behind_the_link_and_needs_a_reason(cast: Cast) -> None:
    receipt = Client().post("/liity/", ASK).headers["Location"]
    asked = JoinRequest.objects.get()
    decline = f"{HOME}liittymiset/{asked.public_id}/hylkaa/"
    assert cast.editor.post(decline, {"syy": ""}).status_code == 400
    assert cast.editor.post(decline, {"syy": "Toimintanne on\ntoisella alueella."}).status_code == 303
    assert "toisella alueella." in said(Client(), receipt)
    late = cast.editor.post(f"{HOME}liittymiset/{asked.public_id}/hyvaksy/", {"toimija": "uusi"})
    assert late.status_code == 409
    assert Partner.objects.count() == 2
    forged = "1" if receipt[-2] == "0" else "0"  # never the sign that stands there
    assert Client().get(f"{receipt[:-2]}{forged}/").status_code == 404


def test_a_known_organisation_is_linked_not_doubled(cast: Cast) -> None:
    Client().post("/liity/", ASK | {"nimi": "leikkivä Lähiö ry", "ytunnus": ""})
    asked = JoinRequest.objects.get()
    path = f"{HOME}liittymiset/{asked.public_id}/hyvaksy/"
    assert "Leikkivä lähiö ry" in said(cast.editor, f"{HOME}liittymiset/")
    foreign = cast.editor.post(path, {"toimija": cast.other.public_id})
    assert foreign.status_code == 400
    cast.editor.post(path, {"toimija": cast.association.public_id, "luotettu": "1"})
    assert Partner.objects.get(is_trusted=True).organisation == cast.association
    assert Organisation.objects.filter(name_fi__icontains="lähiö").count() == 1
    cast.partner.post(NEW, typed())
    one = f"{HOME}ilmoitus/{the_happening().public_id}/"
    assert cast.partner.post(f"{one}tila/", {"teko": "publish"}).status_code == 303
    assert the_happening().state == "published"


def test_contact_details_are_forgotten_ninety_days_after_the_answer(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    receipt = Client().post("/liity/", ASK).headers["Location"]
    asked = JoinRequest.objects.get()
    cast.editor.post(f"{HOME}liittymiset/{asked.public_id}/hylkaa/", {"syy": "Ei nyt."})
    clock.shift(89 * 86_400)
    forget_joins.call()
    asked.refresh_from_db()
    assert asked.email
    clock.shift(2 * 86_400)
    forget_joins.call()
    asked.refresh_from_db()
    assert (asked.email, asked.position) == ("", "")
    assert Client().get(receipt).status_code == 404


def test_nobody_else_sees_who_asks(cast: Cast) -> None:
    Client().post("/liity/", ASK)
    assert cast.partner.get(f"{HOME}liittymiset/").status_code == 403
    assert Client().get(f"{HOME}liittymiset/").status_code == 303
    assert SignInLink.objects.count() == 0
    assert Happening.objects.count() == 0
