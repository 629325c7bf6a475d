"""The desk through the browser's door: what a guide sees and does, and what nobody else can."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.api import StaffActor, Verb, staff_actor
from turvaverkko.access.testing import give, staff
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance import states
from turvaverkko.guidance.api import (
    ContactAttempt,
    ContactRequest,
    Message,
    Resolution,
    answer,
    take,
    wait_for_family,
    write,
)
from turvaverkko.guidance.desk.groups import Group, bounds_at, group_of
from turvaverkko.guidance.desk.queries import ITEM_KIND, cells
from turvaverkko.guidance.models import InternalNote, UrgencyCheck
from turvaverkko.guidance.tests.conftest import WORDS, Cast, send
from turvaverkko.organisation.api import Area, Staff
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.trail.api import AccessEntry
from turvaverkko.work.api import Route, WorkItem, open_items
from turvaverkko.work.jobs import write_down_misses

Clock = time_machine.Traveller
# Unit: queries, without the statements that only begin and end transactions.
QUEUE_QUERIES = 15
CASE_QUERIES = 55


def client_of(actor: StaffActor) -> Client:
    client = Client()
    sign_in(client, Staff.objects.get(pk=actor.pk))
    return client


def page_of(client: Client, path: str, status: int = 200, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def text_of(page: str) -> str:
    """What is read: without markup, and with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def path_of(request: ContactRequest, act: str = "") -> str:
    return f"/tyo/pyynnot/{request.public_id}/{act}"


def again(request: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_related("item", "matter").get(pk=request.pk)


def queries_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        page_of(client, path)
    plain = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in plain if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def test_the_queue_shows_the_promise_and_the_familys_own_words(cast: Cast, clock: Clock) -> None:
    send()
    clock.move_to(datetime(2026, 11, 26, 13, 50, tzinfo=HELSINKI))
    page = page_of(client_of(cast.maija), "/tyo/jono/")
    text = text_of(page)
    assert WORDS in page
    assert "2 t 10 min jäljellä" in text
    assert "Vapaa" in text
    assert AccessEntry.objects.filter(look="list", screen="guidance:queue").count() == 1


def test_a_late_one_says_by_how_much(cast: Cast, clock: Clock) -> None:
    send()
    clock.move_to(datetime(2026, 11, 26, 17, 20, tzinfo=HELSINKI))
    page = page_of(client_of(cast.maija), "/tyo/jono/?nayta=myohassa")
    assert "Myöhässä 1 t 20 min" in text_of(page)
    assert "Lupaus ylittynyt" in page


@pytest.mark.parametrize("who", ["stranger", "coordinator"])
def test_others_neither_see_nor_touch(cast: Cast, clock: Clock, who: str) -> None:
    request = send().request
    client = client_of(getattr(cast, who))
    page_of(client, path_of(request), 404)
    for act, fields in ACTS.items():
        assert client.post(path_of(request, f"{act}/"), fields).status_code == 404, act
    item = again(request).item
    assert (item.state, item.assignee, item.unit) == (states.NEW, None, cast.unit)
    assert not Message.objects.exists()
    assert not InternalNote.objects.exists()
    assert not AccessEntry.objects.exists()
    if who == "coordinator":
        page_of(client, "/tyo/jono/", 404)
        page_of(client, "/tyo/tiimi/", 404)
        assert client.get("/tyo/")["Location"] == "/koordinaatio/"
    else:
        assert WORDS not in page_of(client, "/tyo/jono/")


ACTS = {
    "ota": {},
    "palauta": {},
    "tavoitettu": {"keino": "call", "tavoitettu": "yes"},
    "vastaa": {"vastaus": "Hei"},
    "peru": {},
    "muistiinpano": {"muistiinpano": "Muista"},
    "kiireellisyys": {"vaara": "none"},
    "laji": {"laji": "other"},
    "odota": {"asti": ""},
    "siirra": {"yksikko": "x"},
    "paata": {"ratkaisu": "advised", "tulos": "got-help"},
    "avaa": {},
}


def test_nobody_gets_in_without_signing_in(cast: Cast, clock: Clock) -> None:
    request = send().request
    for path in ("/tyo/", "/tyo/jono/", "/tyo/tiimi/", path_of(request)):
        response = Client().get(path)
        assert response.status_code == 303
        assert response["Location"].startswith("/kirjaudu/")


def test_from_the_queue_to_the_end(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    assert client.post(path_of(request, "ota/")).status_code == 303
    page = page_of(client, path_of(request))
    assert "Pyyntö on nyt sinulla." in page
    assert f'action="{path_of(request, "palauta/")}"' in page
    assert "Pyyntö on nyt sinulla." not in page_of(client, path_of(request))
    client.post(path_of(request, "tavoitettu/"), {"keino": "call", "tavoitettu": "no"})
    client.post(path_of(request, "muistiinpano/"), {"muistiinpano": "Soitan illalla 🌙"})
    client.post(path_of(request, "kiireellisyys/"), {"vaara": "none"})
    client.post(path_of(request, "vastaa/"), {"vastaus": "Hei, soitan huomenna."})
    clock.shift(timedelta(seconds=11))
    page = page_of(client, path_of(request))
    for words in ("Hei, soitan huomenna.", "Soitan illalla 🌙", "Ei tavoitettu", "ei välitöntä vaaraa"):
        assert words in page, words
    assert "Perheelle vastattiin" in page
    client.post(path_of(request, "paata/"), {"ratkaisu": "advised", "tulos": "got-help"})
    assert again(request).resolution == Resolution.ADVISED
    assert "Pyyntö on päätetty." in page_of(client, path_of(request))
    assert WORDS in page_of(client, "/tyo/jono/?nayta=paattyneet")
    client.post(path_of(request, "avaa/"))
    assert again(request).item.state == states.NEW


def test_of_two_guides_the_second_is_told_and_keeps_the_text(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.anne, request)
    client = client_of(cast.maija)
    response = client.post(path_of(request, "ota/"))
    assert response.status_code == 409
    assert "Anne otti pyynnön" in response.content.decode()
    response = client.post(path_of(request, "palauta/"))
    assert response.status_code == 303
    response = client.post(path_of(request, "vastaa/"), {"vastaus": "Kirjoitin pitkään"})
    assert response.status_code == 409
    assert "Kirjoitin pitkään" in response.content.decode()
    assert not Message.objects.exists()


def test_two_presses_act_once(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    for _press in range(2):
        assert client.post(path_of(request, "ota/"), {"avain": "avain-yksi"}).status_code == 303
    for _press in range(2):
        sent = {"avain": "avain-kaksi", "vastaus": "Sama vastaus"}
        assert client.post(path_of(request, "vastaa/"), sent).status_code == 303
    assert Message.objects.count() == 1
    client.post(path_of(request, "vastaa/"), {"avain": "avain-kaksi", "vastaus": "Toinen vastaus"})
    assert Message.objects.count() == 2


def test_an_answer_taken_back_is_in_the_box_again(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    client.post(path_of(request, "ota/"))
    client.post(path_of(request, "vastaa/"), {"vastaus": "Väärä perhe"})
    page = page_of(client, path_of(request))
    assert f'action="{path_of(request, "peru/")}"' in page
    response = client.post(path_of(request, "peru/"))
    assert "Väärä perhe</textarea>" in response.content.decode()
    assert not Message.objects.exists()
    client.post(path_of(request, "vastaa/"), {"vastaus": "Oikea"})
    clock.shift(timedelta(seconds=11))
    assert client.post(path_of(request, "peru/")).status_code == 303
    assert "Viesti ehti jo lähteä." in page_of(client, path_of(request))
    assert Message.objects.count() == 1


def test_unreachable_is_explained_and_refused_too_early(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    client.post(path_of(request, "ota/"))
    client.post(path_of(request, "tavoitettu/"), {"keino": "call", "tavoitettu": "no"})
    page = text_of(page_of(client, path_of(request)))
    assert "Nyt yrityksiä on 1, 1 päivänä." in page
    response = client.post(path_of(request, "paata/"), {"ratkaisu": "unreachable", "tulos": "unknown"})
    assert response.status_code == 400
    assert again(request).item.closed_at is None


def test_a_request_goes_to_a_staffed_unit_of_the_same_organisation_only(cast: Cast, clock: Clock) -> None:
    request = send().request
    area = Area.objects.filter(county__code="20").first()
    Route.objects.create(kind="guidance.request", area=area, unit=cast.other_unit)
    client = client_of(cast.maija)
    page = page_of(client, path_of(request))
    assert "ohjaus-kaksi (1 tekijä)" in page
    assert client.post(path_of(request, "siirra/"), {"yksikko": "ei-ole"}).status_code == 400
    response = client.post(path_of(request, "siirra/"), {"yksikko": cast.other_unit.public_id})
    assert response["Location"] == "/tyo/jono/"
    assert again(request).item.unit == cast.other_unit
    page_of(client, path_of(request), 404)
    assert WORDS in page_of(client_of(cast.stranger), "/tyo/jono/")


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("vastaa", {"vastaus": "   "}),
        ("vastaa", {"vastaus": "a" * 3001}),
        ("tavoitettu", {"keino": "brevkyyhky", "tavoitettu": "yes"}),
        ("odota", {"asti": "2020-01-01"}),
        ("odota", {"asti": "huomenna"}),
        ("kiireellisyys", {"vaara": "'; DROP TABLE"}),
        ("laji", {"laji": ""}),
        ("paata", {"ratkaisu": "advised"}),
        ("muistiinpano", {"muistiinpano": "\u202e"}),
    ],
)
def test_bad_input_is_answered_in_words_and_changes_nothing(
    cast: Cast, clock: Clock, act: str, fields: dict[str, str]
) -> None:
    request = send().request
    take(cast.maija, request)
    before = again(request).item.state
    response = client_of(cast.maija).post(path_of(request, f"{act}/"), fields)
    assert response.status_code == 400
    assert 'class="errs"' in response.content.decode()
    assert again(request).item.state == before
    counts = [model.objects.count() for model in (Message, InternalNote, UrgencyCheck, ContactAttempt)]
    assert counts == [0, 0, 0, 0]


def test_text_is_cleaned_and_escaped(cast: Cast, clock: Clock) -> None:
    request = send(words="<script>alert(1)</script> auta").request
    client = client_of(cast.maija)
    client.post(path_of(request, "ota/"))
    client.post(path_of(request, "vastaa/"), {"vastaus": "Hei \u202e<b>siellä</b> 👩‍👧"})
    assert Message.objects.get().text.startswith("Hei <b>siellä</b>")
    page = page_of(client, path_of(request))
    assert "<script>alert" not in page
    assert "&lt;b&gt;siellä" in page


def test_a_huge_or_forged_sending_changes_nothing(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    client.post(path_of(request, "ota/"))
    assert client.post(path_of(request, "vastaa/"), {"vastaus": "a" * 10_000_000}).status_code in {400, 413}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(path_of(request, "vastaa/"), {"vastaus": "Väärennetty"}).status_code == 403
    assert not Message.objects.exists()


def test_a_locked_session_keeps_the_text(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    client.post(path_of(request, "ota/"))
    clock.shift(timedelta(minutes=20))
    response = client.post(path_of(request, "vastaa/"), {"vastaus": "Pitkä vastaus"})
    assert response.status_code == 303
    assert "/kirjaudu/lukittu/?paikka=" in response["Location"]
    assert not Message.objects.exists()


def test_who_may_only_contribute_gets_no_button_to_take(cast: Cast, clock: Clock) -> None:
    request = send().request
    worker = staff("worker@example.invalid", worker=cast.unit)
    client = client_of(staff_actor(worker))
    page = page_of(client, path_of(request))
    assert f'action="{path_of(request, "ota/")}"' not in page
    assert client.post(path_of(request, "ota/")).status_code == 403
    assert again(request).item.assignee is None


def test_what_must_not_be_done_stands_above_the_buttons(cast: Cast, clock: Clock) -> None:
    request = send().request
    page = page_of(client_of(cast.maija), path_of(request))
    places = [page.index(words) for words in ("Älä jätä viestiä vastaajaan.", "Ota minulle", 'href="tel:000')]
    assert places == sorted(places)


def test_counts_agree_and_filters_narrow(cast: Cast, clock: Clock) -> None:
    for _number in range(3):
        send()
    other = send(municipality="sotkamo", language="ar", words="نحتاج مساعدة").request
    take(cast.maija, other)
    client = client_of(cast.maija)
    page = page_of(client, "/tyo/jono/?nayta=omat")
    assert "نحتاج مساعدة" in page
    assert WORDS not in page
    narrowed = page_of(client, "/tyo/jono/?kieli=ar")
    assert narrowed.count("data-row=") == 1
    assert "Poista rajaus" in narrowed
    everything = page_of(client, "/tyo/jono/")
    numbers = dict(re.findall(r">(Kaikki|Vapaat|Omat|Myöhässä) <span class=\"num\">(\d+)<", everything))
    assert numbers == {"Kaikki": "4", "Vapaat": "3", "Omat": "1", "Myöhässä": "0"}
    assert page_of(client, "/tyo/jono/?kunta=x&nayta=y&sivu=-1&aihe=" + "z" * 999).count("data-row=") == 0


def test_a_poll_of_an_unchanged_list_reads_and_logs_nothing(cast: Cast, clock: Clock) -> None:
    sent = send()
    client = client_of(cast.maija)
    stamp = re.search(r'data-stamp="([^"]+)"', page_of(client, "/tyo/jono/"))[1]  # type: ignore[index]
    logged = AccessEntry.objects.count()
    assert page_of(client, "/tyo/jono/", 204, **{"X-Leima": stamp}) == ""
    assert AccessEntry.objects.count() == logged
    take(cast.anne, sent.request)
    assert "Anne" in page_of(client, "/tyo/jono/", 200, **{"X-Leima": stamp})


@pytest.mark.parametrize("who", ["maija", "lead"])
def test_a_queue_of_fifty_costs_as_many_queries_as_one_of_two(cast: Cast, clock: Clock, who: str) -> None:
    client = client_of(getattr(cast, who))
    for _number in range(2):
        send()
    page_of(client, "/tyo/jono/")
    few = queries_of(client, "/tyo/jono/")
    for _number in range(50):
        send()
    many = queries_of(client, "/tyo/jono/")
    assert page_of(client, "/tyo/jono/").count("data-row=") == 50
    assert page_of(client, "/tyo/jono/?sivu=2").count("data-row=") == 2
    # A queue that fits a page reads once more what has nothing due.
    assert len(few) - 1 <= len(many) <= len(few), many
    assert len(few) <= QUEUE_QUERIES, "\n".join(few)


def test_a_long_story_costs_as_many_queries_as_a_short_one(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.maija)
    client.post(path_of(request, "ota/"))
    acts = (("vastaa", {"vastaus": "Hei"}), ("muistiinpano", {"muistiinpano": "Muista"}))
    for act, fields in acts:
        client.post(path_of(request, f"{act}/"), fields)
    page_of(client, path_of(request))
    few = queries_of(client, path_of(request))
    for _number in range(5):
        for act, fields in acts:
            client.post(path_of(request, f"{act}/"), fields)
    page_of(client, path_of(request))
    many = queries_of(client, path_of(request))
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= CASE_QUERIES, "\n".join(many)


def test_the_lead_sees_load_and_gives_reasons(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    clock.move_to(datetime(2026, 11, 27, 9, 0, tzinfo=HELSINKI))
    write_down_misses.call()
    client = client_of(cast.lead)
    page = page_of(client, "/tyo/tiimi/")
    assert "Maija" in page
    item = WorkItem.objects.get()
    assert item.public_id in page
    fields = {"asia": item.public_id, "lupaus": "contact-promise", "syy": "queue"}
    assert client.post("/tyo/tiimi/syy/", fields | {"syy": "x"}).status_code == 400
    assert client_of(cast.maija).post("/tyo/tiimi/syy/", fields).status_code == 404
    assert client.post("/tyo/tiimi/syy/", fields).status_code == 303
    assert item.public_id not in page_of(client, "/tyo/tiimi/")


def test_the_day_of_a_guide(cast: Cast, clock: Clock) -> None:
    mine, free = (
        send(words="minun pyyntöni").request,
        send(words="vapaa pyyntö", danger=("vakivalta",)).request,
    )
    take(cast.maija, mine)
    page = page_of(client_of(cast.maija), "/tyo/")
    assert page.index("minun pyyntöni") < page.index("vapaa pyyntö")
    assert free.public_id in page


def test_the_database_and_the_rule_sort_into_the_same_groups(cast: Cast, clock: Clock) -> None:
    for day in (16, 17, 18, 19, 20, 23):
        # Sent on the 18th and not waited for: due on the 23rd at four.
        if day == 18:
            clock.move_to(datetime(2026, 11, day, 8, 0, tzinfo=HELSINKI))
            send()
        clock.move_to(datetime(2026, 11, day, 9, 0, tzinfo=HELSINKI))
        for danger in ((), ("vakivalta",)):
            request = send(danger=danger).request
            if day == 18:
                take(cast.maija, request)
                wait_for_family(cast.maija, request)
            if day == 19:
                take(cast.maija, request)
                answer(cast.maija, request, text="Hei")
    bounds = bounds_at(datetime(2026, 11, 23, 12, 0, tzinfo=HELSINKI))
    by_rule: dict[Group, int] = {}
    for item in WorkItem.objects.all():
        group = group_of(bounds, state=item.state, priority=item.priority, next_due=item.next_due)
        by_rule[group] = by_rule.get(group, 0) + 1
    by_database: dict[Group, int] = {}
    for cell in cells(open_items(cast.maija, (ITEM_KIND,)), bounds):
        by_database[cell.group] = by_database.get(cell.group, 0) + cell.number
    assert by_database == by_rule
    assert set(by_rule) == set(Group) - {Group.TOMORROW}


def looker_on(request: ContactRequest) -> StaffActor:
    """A consultant with a grant to see the request and nothing else."""
    consultant = staff("konsultti@example.invalid", specialist_consultant=request.item.unit)
    give(consultant, request.matter, Verb.SEE)
    return staff_actor(consultant)


def test_who_only_looks_on_reads_nothing_in_the_units_place(cast: Cast, clock: Clock) -> None:
    sent = send()
    write(sent.family, sent.request, text="Lisään vielä")
    page_of(client_of(looker_on(sent.request)), path_of(sent.request))
    assert Message.objects.get(request=sent.request).read_at is None
    page_of(client_of(cast.maija), path_of(sent.request))
    assert Message.objects.get(request=sent.request).read_at is not None


@pytest.mark.parametrize("act", ["ota", "siirra", "laji", "paata", "vastaa", "muistiinpano", "odota"])
def test_the_right_is_asked_before_the_form(cast: Cast, clock: Clock, act: str) -> None:
    sent = send()
    response = client_of(looker_on(sent.request)).post(path_of(sent.request, f"{act}/"), {})
    assert response.status_code == 403
