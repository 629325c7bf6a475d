"""What the law limits: met by the ending that answers it, given up with a reason, never paused."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from turvaverkko.core.states import IllegalMove
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance import rules
from turvaverkko.guidance.api import (
    Contact,
    ContactAttempt,
    ContactRequest,
    Danger,
    Kind,
    Outcome,
    Resolution,
    check_urgency,
    identify,
    mark_kind,
    record_contact,
    reopen,
    resolve,
    take,
    wait_for_family,
    withdraw,
    write,
)
from turvaverkko.guidance.rules import PROMISE, LimitOpen, NotNeeded, UrgencyFirst, Way
from turvaverkko.guidance.tests.conftest import MONDAY_EVENING, Cast, Sent, send
from turvaverkko.guidance.tests.test_desk_pages import client_of, page_of, path_of, text_of
from turvaverkko.trail.models import LogEntry
from turvaverkko.work.api import BreachReason, Deadline, breaches, explain_breach, is_late
from turvaverkko.work.jobs import write_down_misses

Clock = time_machine.Traveller
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=HELSINKI)
LIMIT = {Kind.SECTION_35: "assessment-start", Kind.NOTIFICATION: "child-welfare-notification"}
READY = {Kind.SECTION_35: "assessment-ready", Kind.NOTIFICATION: "child-welfare-assessment-ready"}
URGENT = {Kind.SECTION_35: "urgent-help", Kind.NOTIFICATION: "child-welfare-urgency"}
LEGAL = (Kind.SECTION_35, Kind.NOTIFICATION)


def again(request: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_related("item__assignee", "matter").get(pk=request.pk)


def limit(request: ContactRequest, policy: str) -> Deadline:
    return Deadline.objects.filter(item=request.item, policy=policy).latest("pk")


def handled(cast: Cast, kind: Kind, *, judged: bool = True) -> Sent:
    """A request that Maija has, of a kind, with its urgency judged."""
    sent = send()
    take(cast.maija, sent.request)
    mark_kind(cast.maija, again(sent.request), kind=kind)
    if judged:
        check_urgency(cast.maija, again(sent.request), found=Danger.NONE)
    return Sent(again(sent.request), sent.code, sent.family)


def end(cast: Cast, sent: Sent, resolution: Resolution, why: NotNeeded | None = None) -> ContactRequest:
    resolve(cast.maija, again(sent.request), resolution=resolution, outcome=Outcome.UNKNOWN, not_needed=why)
    return again(sent.request)


def reasons_of(request: ContactRequest) -> dict[str, str]:
    found = Deadline.objects.filter(item=request.item, dropped_at__isnull=False).exclude(policy=PROMISE)
    return {one.policy: one.drop_reason for one in found}


@pytest.mark.parametrize("kind", LEGAL)
def test_an_opened_assessment_meets_the_seventh_day_and_the_three_months_run_on_there(
    cast: Cast, clock: Clock, kind: Kind
) -> None:
    request = end(cast, handled(cast, kind), Resolution.ASSESSMENT_OPENED)
    assert limit(request, LIMIT[kind]).met_at == request.item.closed_at
    assert limit(request, LIMIT[kind]).dropped_at is None
    assert reasons_of(request) == {READY[kind]: "goes-on-in-assessment"}


def test_a_notification_that_was_made_meets_its_limit(cast: Cast, clock: Clock) -> None:
    request = end(cast, handled(cast, Kind.NOTIFICATION), Resolution.NOTIFICATION_MADE)
    assert limit(request, "child-welfare-notification").met_at is not None
    assert reasons_of(request) == {"child-welfare-assessment-ready": "goes-on-in-assessment"}


def test_a_notification_does_not_start_the_assessment_that_a_contact_asked_for(
    cast: Cast, clock: Clock
) -> None:
    sent = handled(cast, Kind.SECTION_35)
    with pytest.raises(LimitOpen):
        end(cast, sent, Resolution.NOTIFICATION_MADE)
    assert reasons_of(end(cast, sent, Resolution.NOTIFICATION_MADE, NotNeeded.PASSED_ON)) == {
        "assessment-start": "passed-on",
        "assessment-ready": "passed-on",
    }


@pytest.mark.parametrize("kind", LEGAL)
@pytest.mark.parametrize(
    "resolution", [Resolution.ADVISED, Resolution.BOOKED, Resolution.RELATIONSHIP_OPENED]
)
def test_any_other_ending_says_why_the_limit_is_not_needed(
    cast: Cast, clock: Clock, kind: Kind, resolution: Resolution
) -> None:
    sent = handled(cast, kind)
    with pytest.raises(LimitOpen):
        end(cast, sent, resolution)
    untouched = again(sent.request)
    assert (untouched.item.closed_at, untouched.resolution, reasons_of(untouched)) == (None, "", {})
    request = end(cast, sent, resolution, NotNeeded.UNNECESSARY)
    assert reasons_of(request) == dict.fromkeys((LIMIT[kind], READY[kind]), "clearly-unnecessary")
    entry = LogEntry.objects.get(kind="guidance.resolve")
    assert sorted(entry.payload["not_needed"]) == sorted(
        f"{code}:clearly-unnecessary" for code in (LIMIT[kind], READY[kind])
    )


@pytest.mark.parametrize(
    ("resolution", "reason"), [(Resolution.DUPLICATE, "duplicate"), (Resolution.PASSED_ON, "passed-on")]
)
def test_some_endings_say_it_by_themselves(
    cast: Cast, clock: Clock, resolution: Resolution, reason: str
) -> None:
    request = end(cast, handled(cast, Kind.NOTIFICATION), resolution)
    assert set(reasons_of(request).values()) == {reason}


def test_a_notification_is_handled_whatever_the_client_wants(cast: Cast, clock: Clock) -> None:
    with pytest.raises(LimitOpen):
        end(cast, handled(cast, Kind.NOTIFICATION), Resolution.ADVISED, NotNeeded.DECLINED)
    asked = end(cast, handled(cast, Kind.SECTION_35), Resolution.ADVISED, NotNeeded.DECLINED)
    assert set(reasons_of(asked).values()) == {"declined"}


def test_what_the_system_says_is_no_reason_of_a_guide(cast: Cast, clock: Clock) -> None:
    with pytest.raises(LimitOpen):
        end(cast, handled(cast, Kind.SECTION_35), Resolution.ADVISED, NotNeeded.IN_ASSESSMENT)


@pytest.mark.parametrize("kind", LEGAL)
def test_no_ending_comes_before_the_urgency_was_judged(cast: Cast, clock: Clock, kind: Kind) -> None:
    sent = handled(cast, kind, judged=False)
    for resolution in (Resolution.ASSESSMENT_OPENED, Resolution.ADVISED, Resolution.PASSED_ON):
        with pytest.raises(UrgencyFirst):
            end(cast, sent, resolution, NotNeeded.UNNECESSARY)
    check_urgency(cast.maija, again(sent.request), found=Danger.NONE)
    assert limit(sent.request, URGENT[kind]).met_at == MONDAY_EVENING
    assert not is_late(limit(sent.request, URGENT[kind]))
    end(cast, sent, Resolution.ASSESSMENT_OPENED)


def test_a_duplicate_needs_no_second_judgement(cast: Cast, clock: Clock) -> None:
    request = end(cast, handled(cast, Kind.NOTIFICATION, judged=False), Resolution.DUPLICATE)
    assert reasons_of(request)["child-welfare-urgency"] == "duplicate"


def test_an_urgency_judged_before_the_kind_was_known_was_judged_then(cast: Cast, clock: Clock) -> None:
    sent = send()
    check_urgency(cast.maija, sent.request, found=Danger.NONE)
    clock.move_to(TUESDAY)
    take(cast.maija, again(sent.request))
    check_urgency(cast.maija, again(sent.request), found=Danger.SAME_DAY)
    mark_kind(cast.maija, again(sent.request), kind=Kind.NOTIFICATION)
    judged = limit(sent.request, "child-welfare-urgency")
    assert (judged.met_at, judged.breached_at) == (MONDAY_EVENING, None)


def test_judged_a_day_late_is_a_miss_with_a_reason_of_its_own(cast: Cast, clock: Clock) -> None:
    sent = send()
    clock.move_to(TUESDAY)
    take(cast.maija, sent.request)
    mark_kind(cast.maija, again(sent.request), kind=Kind.NOTIFICATION)
    check_urgency(cast.maija, again(sent.request), found=Danger.NONE)
    assert [one.policy for one in breaches(cast.lead)] == ["child-welfare-urgency"]
    item = again(sent.request).item
    explain_breach(cast.lead, item, policy="child-welfare-urgency", reason=BreachReason.QUEUE)
    end(cast, sent, Resolution.NOTIFICATION_MADE)
    missed = limit(sent.request, "child-welfare-urgency")
    assert (missed.breach_reason, missed.met_at) == ("queue", TUESDAY)


def test_what_is_answered_late_stays_missed(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.NOTIFICATION)
    clock.move_to(datetime(2026, 12, 3, 9, 0, tzinfo=HELSINKI))
    request = end(cast, sent, Resolution.NOTIFICATION_MADE)
    decided = limit(request, "child-welfare-notification")
    assert decided.met_at is not None
    assert decided.breached_at is not None
    assert "child-welfare-notification" in [one.policy for one in breaches(cast.lead)]


@pytest.mark.parametrize("kind", LEGAL)
def test_the_law_does_not_wait_for_the_family(cast: Cast, clock: Clock, kind: Kind) -> None:
    sent = handled(cast, kind)
    due = limit(sent.request, LIMIT[kind]).due_at
    wait_for_family(cast.maija, again(sent.request))
    assert limit(sent.request, PROMISE).paused_at is not None
    assert limit(sent.request, LIMIT[kind]).paused_at is None
    assert again(sent.request).item.next_due == due
    clock.move_to(datetime(2026, 12, 4, 9, 0, tzinfo=HELSINKI))
    write_down_misses.call()
    write(sent.family, again(sent.request), text="Nyt ehdin.")
    missed = limit(sent.request, LIMIT[kind])
    assert (missed.due_at, missed.days_paused) == (due, 0)
    assert missed.breached_at is not None
    assert limit(sent.request, PROMISE).days_paused > 0


@pytest.mark.parametrize("kind", LEGAL)
def test_opened_again_its_limits_run_from_arrival(cast: Cast, clock: Clock, kind: Kind) -> None:
    sent = handled(cast, kind)
    before = {code: limit(sent.request, code).due_at for code in (LIMIT[kind], READY[kind])}
    end(cast, sent, Resolution.ADVISED, NotNeeded.UNNECESSARY)
    clock.shift(timedelta(days=3))
    reopen(cast.anne, again(sent.request))
    for code, due in before.items():
        found = limit(sent.request, code)
        assert (found.due_at, found.started_at) == (due, sent.request.received_at)
        assert (found.met_at, found.dropped_at, found.drop_reason) == (None, None, "")
    assert limit(sent.request, URGENT[kind]).met_at == MONDAY_EVENING
    clock.shift(timedelta(days=12))
    write_down_misses.call()
    assert LIMIT[kind] in {one.policy for one in breaches(cast.lead)}


def test_what_an_ending_met_stays_met_when_the_family_comes_back(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.SECTION_35)
    end(cast, sent, Resolution.ASSESSMENT_OPENED)
    clock.shift(timedelta(days=2))
    reopen(cast.anne, again(sent.request))
    assert limit(sent.request, "assessment-start").met_at is not None
    assert limit(sent.request, "assessment-ready").dropped_at is None


def test_a_slip_taken_back_at_once_met_nothing(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.SECTION_35)
    clock.shift(timedelta(minutes=5))
    end(cast, sent, Resolution.ASSESSMENT_OPENED)
    clock.shift(rules.SLIP)
    reopen(cast.maija, again(sent.request))
    assert limit(sent.request, "assessment-start").met_at is None
    assert limit(sent.request, "urgent-help").met_at == MONDAY_EVENING
    assert again(sent.request).item.next_due is not None


def test_limits_of_a_former_kind_do_not_come_back(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.NOTIFICATION)
    mark_kind(cast.maija, again(sent.request), kind=Kind.SECTION_35)
    assert reasons_of(sent.request)["child-welfare-notification"] == "other-kind"
    end(cast, sent, Resolution.DUPLICATE)
    clock.shift(timedelta(days=1))
    reopen(cast.anne, again(sent.request))
    dropped = set(reasons_of(again(sent.request)))
    assert dropped == {"child-welfare-notification", "child-welfare-assessment-ready"}


def test_what_has_ended_is_neither_judged_nor_of_another_kind(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.ADVICE)
    request = end(cast, sent, Resolution.ADVISED)
    with pytest.raises(IllegalMove):
        mark_kind(cast.maija, request, kind=Kind.NOTIFICATION)
    with pytest.raises(IllegalMove):
        check_urgency(cast.maija, request, found=Danger.NONE)
    assert not Deadline.objects.filter(item=request.item, policy="child-welfare-notification").exists()


def test_advice_ends_without_any_of_it(cast: Cast, clock: Clock) -> None:
    sent = send()
    take(cast.maija, sent.request)
    record_contact(cast.maija, again(sent.request), means=ContactAttempt.Means.CALL, reached=True)
    assert "peruste" not in page_of(client_of(cast.maija), path_of(sent.request))
    assert end(cast, sent, Resolution.ADVISED).item.closed_at is not None


def test_the_page_asks_for_the_reason_and_the_history_tells_it(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.NOTIFICATION, judged=False)
    client = client_of(cast.maija)
    page = page_of(client, path_of(sent.request))
    assert "Arvioi kiireellisyys tänään." in page
    assert 'name="peruste"' in page
    assert "asiakas ei halua arviointia" not in page
    ending = {"ratkaisu": "advised", "tulos": "unknown"}
    response = client.post(path_of(sent.request, "paata/"), ending)
    assert response.status_code == 400
    assert "Arvioi kiireellisyys ennen pyynnön päättämistä." in response.content.decode()
    client.post(path_of(sent.request, "kiireellisyys/"), {"vaara": "none"})
    for reason in ("", "declined", "goes-on-in-assessment", "x" * 99):
        response = client.post(path_of(sent.request, "paata/"), ending | {"peruste": reason})
        assert response.status_code == 400, reason
        assert 'href="#peruste"' in response.content.decode()
    told = {"peruste": "clearly-unnecessary"}
    assert client.post(path_of(sent.request, "paata/"), ending | told).status_code == 303
    text = text_of(page_of(client, path_of(sent.request)))
    assert "lastensuojeluilmoituksen käsittely: ei tarvita, arviointi on ilmeisen tarpeeton" in text
    assert "raukesi, arviointi on ilmeisen tarpeeton" in text


def test_waiting_says_that_the_law_does_not_wait(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.SECTION_35)
    client = client_of(cast.maija)
    assert "Lain määräaika kuluu." in page_of(client, path_of(sent.request))
    client.post(path_of(sent.request, "odota/"), {"asti": ""})
    page = page_of(client, path_of(sent.request))
    assert "lain määräaika kuluu." in page
    assert "Arviointi aloitettava" in page


@pytest.mark.parametrize("kind", LEGAL)
def test_what_the_law_wants_assessed_is_not_the_askers_to_end(cast: Cast, clock: Clock, kind: Kind) -> None:
    sent = handled(cast, kind)
    withdraw(sent.family, again(sent.request))
    kept = again(sent.request)
    assert (kept.item.closed_at, kept.item.state) == (None, "taken")
    assert limit(kept, LIMIT[kind]).dropped_at is None
    assert limit(kept, PROMISE).dropped_at is not None
    assert kept.item.next_due == limit(kept, LIMIT[kind]).due_at
    for again_by_family in (
        lambda: withdraw(sent.family, again(sent.request)),
        lambda: write(sent.family, again(sent.request), text="Hei"),
        lambda: identify(sent.family, again(sent.request), Contact(way=Way.CODE, name="Testi")),
    ):
        with pytest.raises(IllegalMove):
            again_by_family()
    with pytest.raises(LimitOpen):
        end(cast, sent, Resolution.ADVISED)
    request = end(cast, sent, Resolution.ADVISED, NotNeeded.UNNECESSARY)
    assert set(reasons_of(request).values()) == {"clearly-unnecessary"}


def test_the_desk_and_the_family_read_that_it_was_taken_back_and_goes_on(cast: Cast, clock: Clock) -> None:
    sent = handled(cast, Kind.SECTION_35)
    family = Client()
    family.post(reverse("guidance:status"), {"code": sent.code})
    withdrawing = text_of(family.get(reverse("guidance:status")).content.decode())
    assert "Laki velvoittaa ammattilaisen arvioimaan asian" in withdrawing
    family.post(reverse("guidance:withdraw"))
    page = text_of(family.get(reverse("guidance:status")).content.decode())
    assert "Ammattilainen arvioi asian silti" in page
    assert "Kirjoita lisää" not in page
    desk = client_of(cast.maija)
    assert "perhe perui" in text_of(page_of(desk, "/tyo/jono/"))
    assert "Lain määräaika juoksee silti" in text_of(page_of(desk, path_of(sent.request)))


def test_advice_taken_back_ends_at_once(cast: Cast, clock: Clock) -> None:
    sent = send()
    withdraw(sent.family, sent.request)
    assert again(sent.request).item.state == "withdrawn"
