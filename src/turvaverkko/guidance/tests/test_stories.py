"""A request from the night on which it was written to the day on which it ended."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.states import IllegalMove
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance import queries, states
from turvaverkko.guidance.api import (
    AlreadyTaken,
    Contact,
    ContactAttempt,
    ContactRequest,
    Kind,
    NotEnoughTries,
    Outcome,
    Resolution,
    Way,
    answer,
    ask,
    begin_draft,
    family_behind,
    hand_over,
    identify,
    mark_kind,
    record_contact,
    release,
    reopen,
    request_for,
    request_of_family,
    resolve,
    take,
    take_back,
    thread,
    wait_for_family,
    withdraw,
    write,
)
from turvaverkko.guidance.rules import PROMISE
from turvaverkko.guidance.services.purging import purge_contacts
from turvaverkko.guidance.tests.conftest import ASKING, WORDS, Cast, send
from turvaverkko.notices.api import notices_of
from turvaverkko.trail.models import LogEntry
from turvaverkko.work.api import Deadline, Priority, WorkItem, is_late

Clock = time_machine.Traveller
CALL = ContactAttempt.Means.CALL


def again(request: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_related("item", "matter").get(pk=request.pk)


def promise(request: ContactRequest) -> Deadline:
    return Deadline.objects.filter(item=request.item, policy=PROMISE).latest("pk")


def test_the_mother_is_answered_in_time(cast: Cast, clock: Clock) -> None:
    sent = send()
    # Monday evening; three office days end on Thursday at four.
    assert promise(sent.request).due_at == datetime(2026, 11, 26, 16, 0, tzinfo=HELSINKI)
    clock.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=HELSINKI))
    take(cast.maija, sent.request)
    record_contact(cast.maija, sent.request, means=CALL, reached=False)
    assert promise(sent.request).met_at is None
    answer(cast.maija, sent.request, text="Soitan huomenna.")
    met = promise(sent.request)
    assert met.met_at is not None
    assert not is_late(met)
    clock.shift(timedelta(seconds=11))
    assert [m.text for m in thread(again(sent.request), as_family=True)] == ["Soitan huomenna."]


def test_the_code_opens_one_request_and_a_wrong_one_opens_nothing(cast: Cast, clock: Clock) -> None:
    mine, other = send(), send(words="toinen perhe")
    family = family_behind(mine.code.lower().replace("-", " "))
    assert family == mine.family
    assert family is not None
    found = request_of_family(family)
    assert found is not None
    assert found.words == WORDS
    with pytest.raises(PermissionDenied):
        write(family, other.request, text="en saa kirjoittaa tähän")
    wrong, _key = begin_draft()
    for code in (wrong.code, "AAAAA-AAAAA", "", "x" * 10_000):
        assert family_behind(code) is None


def test_two_presses_make_one_request_with_one_code(cast: Cast, clock: Clock) -> None:
    draft, _key = begin_draft()
    first = ask.once(draft.public_id, ANONYMOUS, draft, ASKING)
    second = ask.once(draft.public_id, ANONYMOUS, draft, ASKING)
    assert first == second
    assert ContactRequest.objects.count() == WorkItem.objects.count() == 1


def test_of_two_guides_one_wins(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    with pytest.raises(AlreadyTaken):
        take(cast.anne, sent.request)
    release(cast.maija, sent.request)
    take(cast.anne, sent.request)
    assert again(sent.request).item.assignee_id == cast.anne.pk


@pytest.mark.parametrize("who", ["stranger", "coordinator"])
def test_a_foreign_guide_and_a_coordinator_neither_see_nor_take(cast: Cast, clock: Clock, who: str) -> None:
    sent = send()
    actor = getattr(cast, who)
    assert request_for(actor, sent.request.public_id) is None
    with pytest.raises(PermissionDenied):
        take(actor, sent.request)
    assert again(sent.request).item.state == states.NEW


def test_waiting_for_the_family_does_not_eat_the_promise(cast: Cast, clock: Clock) -> None:
    sent = send()
    clock.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=HELSINKI))
    take(cast.maija, sent.request)
    wait_for_family(cast.maija, sent.request)
    assert again(sent.request).item.next_due is None
    clock.move_to(datetime(2026, 11, 26, 12, 0, tzinfo=HELSINKI))
    write(sent.family, sent.request, text="Nyt voin puhua.")
    # Two office days were left on Tuesday, so two are left after Thursday.
    assert promise(sent.request).due_at == datetime(2026, 11, 30, 16, 0, tzinfo=HELSINKI)
    assert again(sent.request).item.state == states.IN_CONTACT


def test_an_answer_can_be_taken_back_for_ten_seconds(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    answer(cast.maija, sent.request, text="Väärälle perheelle")
    assert thread(again(sent.request), as_family=True) == []
    assert not take_back(cast.anne, again(sent.request))
    assert take_back(cast.maija, again(sent.request))
    assert promise(sent.request).met_at is None
    assert again(sent.request).item.state == states.TAKEN
    assert ContactAttempt.objects.count() == 0
    answer(cast.maija, again(sent.request), text="Oikealle")
    clock.shift(timedelta(seconds=11))
    assert not take_back(cast.maija, again(sent.request))


def test_danger_noticed_later_runs_from_arrival(cast: Cast, clock: Clock) -> None:
    sent = send()
    clock.move_to(datetime(2026, 11, 25, 9, 0, tzinfo=HELSINKI))
    take(cast.maija, sent.request)
    mark_kind(cast.maija, sent.request, kind=Kind.NOTIFICATION)
    statutory = Deadline.objects.get(item=sent.request.item, policy="child-welfare-notification")
    assert statutory.started_at == sent.request.received_at
    assert statutory.due_at == datetime(2026, 12, 3, 0, 0, tzinfo=HELSINKI)


def test_unreachable_takes_three_tries_on_two_days(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    for hours in (1, 2):
        clock.shift(timedelta(minutes=hours))
        record_contact(cast.maija, sent.request, means=CALL, reached=False)
    with pytest.raises(NotEnoughTries):
        resolve(cast.maija, sent.request, resolution=Resolution.UNREACHABLE, outcome=Outcome.UNKNOWN)
    clock.shift(timedelta(days=1))
    record_contact(cast.maija, sent.request, means=CALL, reached=False)
    resolve(cast.maija, sent.request, resolution=Resolution.UNREACHABLE, outcome=Outcome.UNKNOWN)
    assert again(sent.request).item.closed_at is not None


def test_it_is_reopened_within_thirty_days_and_not_after(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    record_contact(cast.maija, sent.request, means=CALL, reached=True)
    resolve(cast.maija, sent.request, resolution=Resolution.ADVISED, outcome=Outcome.GOT_HELP)
    clock.shift(timedelta(days=29))
    reopen(cast.anne, sent.request)
    assert again(sent.request).item.next_due is not None
    take(cast.anne, sent.request)
    resolve(cast.anne, sent.request, resolution=Resolution.ADVISED, outcome=Outcome.PARTLY)
    clock.shift(timedelta(days=31))
    with pytest.raises(IllegalMove):
        reopen(cast.anne, sent.request)


def test_a_handed_over_request_is_in_the_other_queue_and_in_no_other(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    hand_over(cast.maija, sent.request, unit=cast.other_unit)
    moved = again(sent.request)
    assert (moved.item.unit, moved.matter.unit, moved.item.assignee) == (
        cast.other_unit,
        cast.other_unit,
        None,
    )
    assert request_for(cast.maija, sent.request.public_id) is None
    assert request_for(cast.stranger, sent.request.public_id) is not None


def test_she_tells_her_name_later_in_the_same_thread(cast: Cast, clock: Clock) -> None:
    sent = send(contact=Contact(way=Way.CODE))
    identify(sent.family, sent.request, Contact(way=Way.CALL, name="Testi Äiti", phone="000 111 2222"))
    details = queries.contact_of(sent.request)
    assert (details.name, details.phone) == ("Testi Äiti", "000 111 2222")
    assert again(sent.request).matter.kind == "request"


def test_a_withdrawn_request_is_out_of_the_queue_and_nobody_calls(cast: Cast, clock: Clock) -> None:
    sent = send()
    withdraw(sent.family, sent.request)
    assert again(sent.request).item.closed_at is not None
    assert queries.contact_of(sent.request).do_not_contact
    with pytest.raises(IllegalMove):
        withdraw(sent.family, sent.request)


def test_urgent_words_and_answers_go_before_others(cast: Cast, clock: Clock) -> None:
    assert send(danger=("violence",)).request.item.priority == Priority.SAME_DAY
    assert send().request.item.priority == Priority.NORMAL


def test_contact_details_are_forgotten_after_ninety_days(cast: Cast, clock: Clock) -> None:
    gone, kept = send(), send()
    withdraw(gone.family, gone.request)
    clock.shift(timedelta(days=89))
    assert purge_contacts(dry_run=True) == 0
    clock.shift(timedelta(days=2))
    assert purge_contacts(dry_run=True) == 1
    assert queries.contact_of(gone.request).phone
    assert purge_contacts() == 1
    assert queries.contact_of(gone.request).phone == ""
    assert queries.contact_of(gone.request).purged_at is not None
    assert queries.contact_of(kept.request).phone
    assert LogEntry.objects.filter(kind="guidance.purge_contact").count() == 1


def test_the_database_and_the_trail_hold_no_words_of_the_family(cast: Cast, clock: Clock) -> None:
    from django.db import connection  # noqa: PLC0415 - the raw column is the point

    sent = send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, code_hash FROM guidance_contactrequest")
        words, code_hash = cursor.fetchone()
        cursor.execute("SELECT phone FROM guidance_contactdetails")
        (phone,) = cursor.fetchone()
    assert "raivoaa" not in words
    assert "4567" not in phone
    assert sent.code not in code_hash
    told = " ".join(str(entry.__dict__) for entry in LogEntry.objects.all())
    assert "raivoaa" not in told
    assert "4567" not in told


MAIL = Contact(way=Way.MAIL, email="perhe@example.invalid")


def test_who_wants_a_mail_is_told_that_there_is_something_to_read_and_nothing_else(
    cast: Cast, clock: Clock
) -> None:
    sent = send(contact=MAIL)
    take(cast.maija, sent.request)
    answer(cast.maija, sent.request, text="Perheryhmä alkaa tiistaina.")
    told = list(notices_of(sent.request.matter.public_id))
    assert sorted(notice.template for notice in told) == ["received", "to-read"]
    assert all(notice.discreet for notice in told)
    assert "Perheryhmä" not in str([notice.__dict__ for notice in told])


def test_a_taken_back_answer_and_a_withdrawn_request_tell_nothing(cast: Cast, clock: Clock) -> None:
    sent = send(contact=MAIL)
    take(cast.maija, sent.request)
    answer(cast.maija, sent.request, text="Väärälle")
    take_back(cast.maija, again(sent.request))
    withdraw(sent.family, again(sent.request))
    assert {notice.state for notice in notices_of(sent.request.matter.public_id)} == {"stopped"}


def test_who_wants_no_mail_gets_none(cast: Cast, clock: Clock) -> None:
    sent = send(contact=Contact(way=Way.CODE))
    take(cast.maija, sent.request)
    answer(cast.maija, sent.request, text="Vastaus")
    assert not notices_of(sent.request.matter.public_id)


def test_a_kind_can_be_corrected_and_corrected_back(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    for kind in (Kind.NOTIFICATION, Kind.ADVICE, Kind.NOTIFICATION, Kind.NOTIFICATION):
        mark_kind(cast.maija, again(sent.request), kind=kind)
    limits = Deadline.objects.filter(item=sent.request.item, policy="child-welfare-notification")
    assert limits.filter(dropped_at__isnull=True).count() == 1
    assert limits.filter(dropped_at__isnull=False).count() == 1
    assert {limit.started_at for limit in limits} == {sent.request.received_at}


def test_any_number_of_dangers_is_received(cast: Cast, clock: Clock) -> None:
    codes = tuple(f"danger-number-{number}" for number in range(60))
    assert again(send(danger=codes).request).danger_words.split() == list(codes)


def test_who_has_withdrawn_cannot_tell_a_name_after_it(cast: Cast, clock: Clock) -> None:
    sent = send()
    withdraw(sent.family, sent.request)
    with pytest.raises(IllegalMove):
        identify(sent.family, sent.request, Contact(way=Way.CALL, name="Nimi", phone="000 111 2222"))
    assert queries.contact_of(sent.request).name == ""
