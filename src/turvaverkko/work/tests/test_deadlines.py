"""The life of a deadline: started, met, paused over Christmas, missed, dropped, opened again."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from turvaverkko.core import time_source
from turvaverkko.core.commands import subject_of
from turvaverkko.core.deadlines import Light
from turvaverkko.organisation.api import Unit
from turvaverkko.trail.api import entries_for
from turvaverkko.work import services
from turvaverkko.work.api import (
    BreachReason,
    Deadline,
    PauseReason,
    WorkItem,
    breaches,
    close_item,
    drop_deadline,
    explain_breach,
    explained,
    is_late,
    light_of,
    meet_deadline,
    open_deadline,
    pause,
    reopen_item,
    resume,
    take_up_deadlines,
    unmeet_deadline,
)
from turvaverkko.work.jobs import end_agreed_pauses, write_down_misses
from turvaverkko.work.models import Pause
from turvaverkko.work.tests.conftest import WEDNESDAY, Later, World, at, january

FAMILY = PauseReason.WAITING_FAMILY


def promise_of(item: WorkItem) -> Deadline:
    return Deadline.objects.get(item=item, policy="promise")


def kinds_of(item: WorkItem) -> list[str]:
    return [entry.kind for entry in entries_for(subject_of(item)).order_by("id")]


def test_a_promise_is_stored_and_leads_the_queue(promised: WorkItem) -> None:
    deadline = promise_of(promised)
    assert deadline.due_at == at(30, 16)
    assert (deadline.policy_version, deadline.counted_in) == (1, "office_days")
    assert promised.next_due == at(30, 16)


def test_an_item_has_one_open_deadline_of_a_policy(promised: WorkItem, world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        world.promise(promised, WEDNESDAY)


@pytest.mark.parametrize(
    ("day", "light"),
    [(23, Light.EARLY), (28, Light.EARLY), (29, Light.HALF), (30, Light.FULL)],
)
def test_lights_are_counted_in_the_own_calendar(promised: WorkItem, day: int, light: Light) -> None:
    assert light_of(promise_of(promised), at(day).date()) == light


def test_the_law_runs_from_arrival_also_when_the_danger_is_noticed_days_later(
    promised: WorkItem, world: World, later: Later
) -> None:
    later(at(29))
    assert drop_deadline(promised, "promise") is not None
    world.promise(promised, WEDNESDAY, "law")
    deadline = Deadline.objects.get(policy="law")
    # 24.12. counts, 25.12., the weekend and 1.1. do not: 24, 28, 29, 30, 31, 4, 5.
    assert (deadline.started_at, deadline.last_day) == (WEDNESDAY, january(5).date())
    assert promised.next_due == deadline.due_at
    assert open_deadline(promised, "promise") is None


def test_what_must_be_done_at_once_is_on_its_last_light_at_once_and_never_waits(
    world: World, unit: Unit, later: Later
) -> None:
    item = world.item(unit)
    world.promise(item, WEDNESDAY, "urgent")
    deadline = Deadline.objects.get(item=item)
    assert light_of(deadline) == Light.FULL
    assert pause(item, FAMILY) == 0
    assert item.next_due == at(24, 0)


def test_meeting_ends_the_run_and_twice_is_no_harm(promised: WorkItem, later: Later) -> None:
    later(at(29, 9))
    assert meet_deadline(promised, "promise") is not None
    assert promised.next_due is None
    later(at(31, 9))
    assert meet_deadline(promised, "promise") is None
    deadline = promise_of(promised)
    assert deadline.met_at == at(29, 9)
    assert not is_late(deadline)
    assert light_of(deadline) == Light.HALF
    assert "work.breached" not in kinds_of(promised)


def test_what_was_taken_back_runs_again(promised: WorkItem) -> None:
    meet_deadline(promised, "promise", WEDNESDAY)
    assert unmeet_deadline(promised, "promise", at(22)) is None
    assert unmeet_deadline(promised, "promise", WEDNESDAY) is not None
    assert promised.next_due == at(30, 16)


def test_met_late_is_a_breach_at_once_and_may_be_explained(
    promised: WorkItem, world: World, unit: Unit, later: Later
) -> None:
    lead = world.actor(unit, "unit-lead")
    later(at(30, 16, 1))
    meet_deadline(promised, "promise")
    assert is_late(promise_of(promised))
    assert kinds_of(promised).count("work.breached") == 1
    assert [d.item for d in breaches(lead)] == [promised]
    explain_breach(lead, promised, policy="promise", reason=BreachReason.ABSENCE)
    assert not breaches(lead)
    assert promise_of(promised).breach_reason == "absence"


@dataclass(frozen=True)
class Waited:
    """A pause of the promise of Wednesday 23.12. and what it does."""

    paused: datetime
    resumed: datetime
    days: int
    due: datetime


@pytest.mark.parametrize(
    "waited",
    [
        pytest.param(Waited(at(23, 15), at(23, 17), 0, at(30, 16)), id="the same day"),
        pytest.param(Waited(at(23, 15), at(24, 9), 1, at(31, 16)), id="until an eve: the next office day"),
        pytest.param(Waited(at(23, 15), at(28, 9), 1, at(31, 16)), id="over Christmas"),
        pytest.param(Waited(at(25, 15), at(27, 9), 0, at(30, 16)), id="within Christmas"),
        pytest.param(Waited(at(28, 15), january(4), 4, january(7, 16)), id="over New Year, past Epiphany"),
        pytest.param(Waited(at(30, 15), at(31, 9), 1, at(31, 16)), id="on the last day"),
    ],
)
def test_as_many_days_are_left_after_a_pause_as_before_it(
    promised: WorkItem, later: Later, waited: Waited
) -> None:
    later(waited.paused)
    assert pause(promised, FAMILY) == 1
    assert promised.next_due is None
    assert not is_late(promise_of(promised))
    later(waited.resumed)
    assert resume(promised) == 1
    deadline = promise_of(promised)
    assert (deadline.due_at, deadline.days_paused) == (waited.due, waited.days)
    assert promised.next_due == waited.due
    assert not is_late(deadline)
    assert Pause.objects.get().days == waited.days


def test_resuming_twice_moves_once(promised: WorkItem, later: Later) -> None:
    pause(promised, FAMILY)
    later(at(29))
    assert (resume(promised), resume(promised)) == (1, 0)
    assert promise_of(promised).due_at == january(4, 16)


def test_a_pause_over_the_change_of_clocks_keeps_the_time_on_the_wall(
    world: World, unit: Unit, later: Later
) -> None:
    friday = at(23, 10, month=10)
    later(friday)
    item = world.item(unit)
    world.promise(item, friday)
    pause(item, FAMILY)
    later(at(26, 10, month=10))
    resume(item)
    assert promise_of(item).due_at == at(29, 16, month=10)
    assert time_source.to_local(promise_of(item).due_at).hour == 16


def test_the_lights_stand_still_with_the_run(promised: WorkItem, later: Later) -> None:
    pause(promised, FAMILY)
    assert light_of(promise_of(promised), at(30).date()) == Light.EARLY
    later(at(29))
    resume(promised)
    deadline = promise_of(promised)
    assert (deadline.half_day, deadline.near_day) == (at(31).date(), january(4).date())


def test_what_is_met_while_it_stands_still_is_not_late(promised: WorkItem, later: Later) -> None:
    pause(promised, FAMILY)
    later(january(20))
    meet_deadline(promised, "promise")
    deadline = promise_of(promised)
    assert not is_late(deadline)
    assert deadline.paused_at is None
    assert "work.breached" not in kinds_of(promised)


def test_what_was_missed_before_a_pause_stays_missed(promised: WorkItem, later: Later) -> None:
    later(at(30, 17))
    pause(promised, FAMILY)
    assert kinds_of(promised) == ["work.breached"]
    later(at(31, 9))
    resume(promised)
    deadline = promise_of(promised)
    assert (deadline.due_at, deadline.days_paused) == (at(30, 16), 0)
    assert is_late(deadline)


def test_a_closed_item_drops_what_was_not_met_and_a_miss_is_written_down(
    promised: WorkItem, world: World, later: Later
) -> None:
    world.promise(promised, WEDNESDAY, "law")
    later(at(31))
    close_item(promised, state="resolved", outcome="unreachable")
    assert (promised.next_due, promised.closed_at) == (None, at(31))
    missed, kept = (Deadline.objects.get(policy=code) for code in ("promise", "law"))
    assert (missed.dropped_at, kept.dropped_at) == (at(31), at(31))
    assert (is_late(missed), is_late(kept)) == (True, False)
    assert kinds_of(promised) == ["work.breached"]


def test_a_closed_item_opens_again_with_a_new_promise(promised: WorkItem, world: World, later: Later) -> None:
    close_item(promised, state="resolved", outcome="advised")
    later(at(28))
    reopen_item(promised, state="new")
    assert (promised.outcome, promised.closed_at, promised.next_due) == ("", None, None)
    world.promise(promised, at(28))
    assert promised.next_due == at(31, 16)
    assert Deadline.objects.filter(item=promised).count() == 2


def test_a_limit_of_the_law_waits_for_nobody(promised: WorkItem, world: World, later: Later) -> None:
    world.promise(promised, WEDNESDAY, "law")
    assert pause(promised, FAMILY) == 1
    law = Deadline.objects.get(policy="law")
    assert (law.may_pause, law.paused_at) == (False, None)
    assert promised.next_due == law.due_at
    later(january(10))
    resume(promised)
    assert Deadline.objects.get(policy="law").due_at == law.due_at
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(policy="law").update(paused_at=WEDNESDAY, pause_reason="waiting-family")


def test_what_was_dropped_says_why_and_runs_again_from_where_it_ran(
    promised: WorkItem, world: World, later: Later
) -> None:
    for code in ("law", "ready"):
        world.promise(promised, WEDNESDAY, code)
    drop_deadline(promised, "ready", "other-kind")
    due = Deadline.objects.get(policy="law").due_at
    later(at(28))
    close_item(promised, state="resolved", outcome="advised", reasons={"law": "duplicate"})
    assert dict(Deadline.objects.values_list("policy", "drop_reason")) == {
        "promise": "",
        "law": "duplicate",
        "ready": "other-kind",
    }
    closed = promised.closed_at
    assert closed is not None
    later(at(29))
    reopen_item(promised, state="new")
    assert take_up_deadlines(promised, ["law", "ready"], closed) == 1
    law = Deadline.objects.get(policy="law")
    assert (law.due_at, law.dropped_at, law.drop_reason) == (due, None, "")
    assert promised.next_due == due
    assert Deadline.objects.get(policy="ready").dropped_at is not None


def test_the_clock_writes_a_miss_down_once(
    promised: WorkItem, world: World, unit: Unit, later: Later
) -> None:
    lead, guide = world.actor(unit, "unit-lead"), world.actor(unit)
    later(at(30, 16))
    write_down_misses.call()
    assert kinds_of(promised) == []
    later(at(30, 16, 1))
    write_down_misses.call()
    write_down_misses.call()
    entry = entries_for(subject_of(promised)).get()
    assert (entry.kind, entry.actor, entry.unit) == ("work.breached", "system:work-watch", unit.public_id)
    assert entry.payload["policy"] == "promise"
    assert [d.policy for d in breaches(lead)] == ["promise"]
    assert not breaches(guide)
    later(at(31))
    meet_deadline(promised, "promise")
    assert kinds_of(promised).count("work.breached") == 1
    assert breaches(lead)


def test_what_stands_still_is_not_missed(promised: WorkItem, later: Later) -> None:
    pause(promised, FAMILY)
    later(january(15))
    write_down_misses.call()
    assert kinds_of(promised) == []


def test_only_a_miss_is_explained_and_only_by_the_lead(
    promised: WorkItem, world: World, unit: Unit, later: Later
) -> None:
    lead, guide = world.actor(unit, "unit-lead"), world.actor(unit)
    with pytest.raises(ValueError, match="not missed"):
        explain_breach(lead, promised, policy="promise", reason=BreachReason.QUEUE)
    later(at(31))
    with pytest.raises(PermissionDenied):
        explain_breach(guide, promised, policy="promise", reason=BreachReason.QUEUE)
    explain_breach(lead, promised, policy="promise", reason=BreachReason.QUEUE)
    assert kinds_of(promised) == ["work.breached", "work.explain_breach"]


def test_a_miss_is_written_by_the_system_alone(
    promised: WorkItem, world: World, unit: Unit, later: Later
) -> None:
    lead = world.actor(unit, "unit-lead")
    with pytest.raises(ValueError, match="no miss"):
        services.note_breach(services.WATCH, promised, policy="promise")
    later(at(31))
    with pytest.raises(PermissionDenied):
        services.note_breach(lead, promised, policy="promise")
    services.note_breach(services.WATCH, promised, policy="promise")
    with pytest.raises(ValueError, match="no miss"):
        services.note_breach(services.WATCH, promised, policy="promise")


def test_an_agreed_pause_ends_on_its_day(promised: WorkItem, world: World, unit: Unit, later: Later) -> None:
    open_end = world.item(unit)
    world.promise(open_end, WEDNESDAY)
    pause(open_end, FAMILY)
    pause(promised, PauseReason.AGREED_LATER, until=at(29).date())
    later(at(28, 23))
    end_agreed_pauses.call()
    assert promise_of(promised).paused_at is not None
    later(at(29, 0, 5))
    end_agreed_pauses.call()
    promised.refresh_from_db()
    assert promise_of(promised).paused_at is None
    assert promised.next_due == january(4, 16)
    assert kinds_of(promised) == ["work.wake"]
    assert promise_of(open_end).paused_at is not None


def test_it_explains_itself_with_what_it_waited_for(promised: WorkItem, later: Later) -> None:
    beginning = (
        "Pyyntö tuli keskiviikkona 23.12.2026. Kolmas toimistopäivä on 30.12.2026 kello 16.00, "
        "koska 24.–27.12. eivät ole toimistopäiviä."
    )
    assert explained(promise_of(promised), opening="Pyyntö tuli") == beginning
    later(at(28))
    pause(promised, FAMILY)
    now = explained(promise_of(promised), opening="Pyyntö tuli")
    assert now == f"{beginning} Nyt määräaika ei kulu: odottaa perhettä."
    later(at(31))
    resume(promised)
    later(january(5))
    pause(promised, PauseReason.WAITING_CONSENT)
    later(january(7))
    meet_deadline(promised, "promise")
    assert explained(promise_of(promised), opening="Pyyntö tuli") == (
        f"{beginning} Odotettiin perhettä 3 toimistopäivää. Odotettiin suostumusta 1 toimistopäivän. "
        "Uusi määräaika on 7.1.2027 kello 16.00. Hoidettu ajoissa 7.1.2027."
    )


def test_the_promise_given_is_explained_also_when_the_rule_has_gone(
    promised: WorkItem, world: World, later: Later
) -> None:
    Deadline.objects.update(policy_version=9)
    later(january(4))
    close_item(promised, state="resolved", outcome="advised")
    assert explained(promise_of(promised)) == (
        "Määräaika on 30.12.2026 kello 16.00. Määräaika raukesi 4.1.2027."
    )


def test_a_closing_day_decided_later_does_not_move_the_promise(promised: WorkItem, world: World) -> None:
    Deadline.objects.update(last_day=at(31).date(), due_at=at(31, 16))
    assert "Kolmas toimistopäivä on 31.12.2026 kello 16.00" in explained(promise_of(promised))
