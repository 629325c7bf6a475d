"""A lead gives a request to somebody of the unit: whom, how it is told, how it is taken back, who may not."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.api import Confidentiality, StaffActor, keep_closer, staff_actor
from turvaverkko.access.testing import staff
from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.states import IllegalMove
from turvaverkko.guidance import states
from turvaverkko.guidance.api import (
    ContactRequest,
    Outcome,
    Resolution,
    add_note,
    assign_to,
    release,
    resolve,
    take,
    wait_for_family,
)
from turvaverkko.guidance.services.handling import AlreadyTaken, NotOfUnit, take_assignment_back
from turvaverkko.guidance.tests.conftest import WORDS, Cast, send
from turvaverkko.guidance.tests.test_desk_pages import client_of, page_of, path_of, text_of
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.trail.api import AccessEntry
from turvaverkko.trail.models import LogEntry

Clock = time_machine.Traveller
TEAM = "/tyo/tiimi/"
# Unit: queries of the lead's view with free requests, without the statements of transactions.
TEAM_QUERIES = 30


def again(request: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_related("item__assignee", "matter").get(pk=request.pk)


def person(actor: StaffActor) -> Staff:
    return Staff.objects.get(pk=actor.pk)


def holder(request: ContactRequest) -> str:
    found = again(request).item.assignee
    return found.display_name if found else ""


def second_lead(unit: Unit) -> StaffActor:
    return staff_actor(staff("toinen.lead@example.invalid", unit_lead=unit))


def offered(page: str, select: str = "tekija") -> list[str]:
    """The names in the list of people, without "choose"."""
    options = re.search(rf'<select id="{select}"[^>]*>(.*?)</select>', page, re.DOTALL)
    assert options
    return [text_of(one).strip() for one in re.findall(r"<option.*?</option>", options[1])][1:]


def test_the_lead_gives_and_the_receiver_has_it_in_mine(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.lead)
    page = page_of(client, path_of(request))
    assert offered(page) == ["Anne (0 avoinna)", "Lead (0 avoinna)", "Maija (0 avoinna)"]
    fields = {"tekija": cast.anne.public_id, "haltija": "", "avain": "annan-annelle"}
    for _press in range(2):
        assert client.post(path_of(request, "anna/"), fields).status_code == 303
    assert (holder(request), again(request).item.state) == ("Anne", states.TAKEN)
    assert WORDS in page_of(client_of(cast.anne), "/tyo/jono/?nayta=omat")
    entry = LogEntry.objects.get(kind="guidance.assign")
    assert (entry.payload["holder"], entry.payload["former"]) == (cast.anne.public_id, None)
    page = page_of(client, path_of(request))
    assert "Pyyntö on annettu tekijälle." in page
    assert "Pyyntö annettiin tekijälle" in page
    assert offered(page) == ["Lead (0 avoinna)", "Maija (0 avoinna)"]
    other = send().request
    assert "Anne (1 avoinna)" in offered(page_of(client, path_of(other)))


def test_the_same_again_is_no_second_act(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.lead)
    fields = {"tekija": cast.anne.public_id, "haltija": ""}
    for _press in range(2):
        assert client.post(path_of(request, "anna/"), fields).status_code == 303
    assert LogEntry.objects.filter(kind="guidance.assign").count() == 1


def test_it_is_taken_back_to_the_queue_or_to_whom_had_it(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(cast.lead)
    client.post(path_of(request, "anna/"), {"tekija": cast.anne.public_id, "haltija": ""})
    assert f'action="{path_of(request, "anna/peru/")}"' in page_of(client, path_of(request))
    assert client.post(path_of(request, "anna/peru/")).status_code == 303
    assert (holder(request), again(request).item.state) == ("", states.NEW)
    assert "Antaminen on peruttu." in page_of(client, path_of(request))
    take(cast.maija, again(request))
    wait_for_family(cast.maija, again(request))
    client.post(path_of(request, "anna/"), {"tekija": cast.anne.public_id, "haltija": cast.maija.public_id})
    assert holder(request) == "Anne"
    client.post(path_of(request, "anna/peru/"))
    assert (holder(request), again(request).item.state) == ("Maija", states.WAITING_FAMILY)


def test_it_is_not_taken_back_when_something_followed_or_another_gave_it(cast: Cast, clock: Clock) -> None:
    request = send().request
    assign_to(cast.lead, request, staff=person(cast.anne))
    with pytest.raises(IllegalMove):
        take_assignment_back(second_lead(cast.unit), again(request))
    add_note(cast.anne, again(request), text="Soitan illalla")
    with pytest.raises(IllegalMove):
        take_assignment_back(cast.lead, again(request))
    assert client_of(cast.lead).post(path_of(request, "anna/peru/")).status_code == 409
    add_note(cast.lead, again(request), text="Hyvä")
    with pytest.raises(IllegalMove):
        take_assignment_back(cast.lead, again(request))
    assert holder(request) == "Anne"


def test_of_two_leads_one_wins_and_the_other_is_told(cast: Cast, clock: Clock) -> None:
    request = send().request
    other = second_lead(cast.unit)
    assign_to(cast.lead, request, staff=person(cast.anne), instead_of="")
    with pytest.raises(AlreadyTaken):
        assign_to(other, again(request), staff=person(cast.maija), instead_of="")
    response = client_of(other).post(
        path_of(request, "anna/"), {"tekija": cast.maija.public_id, "haltija": ""}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Anne sai pyynnön" in text_of(page)
    assert f'name="haltija" value="{cast.anne.public_id}"' in page
    assert holder(request) == "Anne"
    # Whom both chose has it: nothing to be told.
    assign_to(other, again(request), staff=person(cast.anne), instead_of="")


@pytest.mark.parametrize("how", ["account", "role ended", "role to come", "another unit", "specialist"])
def test_who_does_not_work_here_today_is_not_offered_and_gets_nothing(
    cast: Cast, clock: Clock, how: str
) -> None:
    request = send().request
    anne, today = person(cast.anne), time_source.today()
    if how == "account":
        anne.is_active = False
        anne.save(update_fields=["is_active"])
    elif how == "role ended":
        anne.roles.update(valid_to=today - timedelta(days=1))
    elif how == "role to come":
        anne.roles.update(valid_from=today + timedelta(days=1))
    elif how == "another unit":
        anne.roles.update(unit=cast.other_unit)
    else:
        anne.roles.update(role="specialist-consultant")
    client = client_of(cast.lead)
    assert offered(page_of(client, path_of(request))) == ["Lead (0 avoinna)", "Maija (0 avoinna)"]
    for chosen in (anne.public_id, "", "ei-ole", "x" * 500):
        response = client.post(path_of(request, "anna/"), {"tekija": chosen, "haltija": ""})
        assert response.status_code == 400, chosen
    with pytest.raises(NotOfUnit):
        assign_to(cast.lead, again(request), staff=anne)
    assert holder(request) == ""


def test_giving_opens_nothing_to_who_does_not_see_it(cast: Cast, clock: Clock) -> None:
    request = send().request
    keep_closer(SystemActor("test"), request.matter, Confidentiality.RESTRICTED)
    client = client_of(cast.lead)
    assert offered(page_of(client, path_of(request))) == ["Lead (0 avoinna)"]
    with pytest.raises(NotOfUnit):
        assign_to(cast.lead, again(request), staff=person(cast.anne))
    page_of(client_of(cast.anne), path_of(request), 404)


@pytest.mark.parametrize("who", ["maija", "stranger", "coordinator"])
def test_who_leads_nothing_sees_no_button_and_is_refused(cast: Cast, clock: Clock, who: str) -> None:
    request = send().request
    actor = getattr(cast, who)
    client = client_of(actor)
    status = 403 if who == "maija" else 404
    for act in ("anna/", "anna/peru/"):
        response = client.post(path_of(request, act), {"tekija": cast.anne.public_id, "haltija": ""})
        assert response.status_code == status, act
    if who == "maija":
        assert path_of(request, "anna/") not in page_of(client, path_of(request))
    with pytest.raises(PermissionDenied):
        assign_to(actor, request, staff=person(cast.anne))
    with pytest.raises(PermissionDenied):
        take_assignment_back(actor, request)
    assert holder(request) == ""


def test_the_lead_of_another_unit_gives_nothing_here(cast: Cast, clock: Clock) -> None:
    request = send().request
    client = client_of(second_lead(cast.other_unit))
    assert client.post(path_of(request, "anna/"), {"tekija": cast.anne.public_id}).status_code == 404
    assert WORDS not in page_of(client, TEAM)


def test_what_has_ended_is_given_to_nobody(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    resolve(cast.maija, again(request), resolution=Resolution.ADVISED, outcome=Outcome.GOT_HELP)
    client = client_of(cast.lead)
    assert path_of(request, "anna/") not in page_of(client, path_of(request))
    fields = {"tekija": cast.anne.public_id, "haltija": cast.maija.public_id}
    assert client.post(path_of(request, "anna/"), fields).status_code == 409
    assert holder(request) == "Maija"


def test_the_team_page_gives_what_is_free(cast: Cast, clock: Clock) -> None:
    free, taken = send().request, send(words="otettu jo").request
    take(cast.maija, taken)
    client = client_of(cast.lead)
    page = page_of(client, TEAM)
    assert WORDS in page
    assert "otettu jo" not in page
    assert offered(page, f"tekija-{free.public_id}") == [
        "Anne (0 avoinna)",
        "Lead (0 avoinna)",
        "Maija (1 avoinna)",
    ]
    assert AccessEntry.objects.filter(screen="guidance:team", subject_id=free.public_id).exists()
    fields = {"tekija": cast.anne.public_id, "haltija": "", "paluu": "tiimi"}
    response = client.post(path_of(free, "anna/"), fields)
    assert (response.status_code, response["Location"]) == (303, TEAM)
    page = page_of(client, TEAM)
    assert "Pyyntö on annettu tekijälle." in page
    assert f'action="{path_of(free, "anna/peru/")}"' in page
    assert WORDS not in page


def test_the_team_page_costs_no_more_with_ten_free_than_with_one(cast: Cast, clock: Clock) -> None:
    client = client_of(cast.lead)
    numbers = []
    for more in (1, 9):
        for _number in range(more):
            send()
        page_of(client, TEAM)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, TEAM)
        plain = [q["sql"] for q in asked.captured_queries]
        numbers.append(len([sql for sql in plain if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]))
    assert numbers[1] <= numbers[0] <= TEAM_QUERIES, numbers


def test_who_was_given_it_may_give_it_back_to_the_queue(cast: Cast, clock: Clock) -> None:
    request = send().request
    assign_to(cast.lead, request, staff=person(cast.anne))
    release(cast.anne, again(request))
    assert (holder(request), again(request).item.state) == ("", states.NEW)
