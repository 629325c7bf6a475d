"""The example requests, lived by the real commands: what they leave behind is as if people had done it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from turvaverkko.access.api import Matter
from turvaverkko.core import time_source
from turvaverkko.guidance import states
from turvaverkko.guidance.demo import living
from turvaverkko.guidance.demo.arrivals import Office
from turvaverkko.guidance.demo.content import content
from turvaverkko.guidance.demo.story import tell
from turvaverkko.guidance.models import ContactAttempt, ContactRequest, Message
from turvaverkko.guidance.rules import PROMISE
from turvaverkko.organisation.api import active_units, apply_pack
from turvaverkko.trail.models import AccessEntry, LogEntry
from turvaverkko.work.api import Deadline, WorkItem, routed_units, stray_items, usable_units

pytestmark = [pytest.mark.sqlite_only, pytest.mark.django_db]
FEW = 40


@pytest.fixture(scope="module")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        apply_pack(settings.NATIONAL_PACK, "national")
        apply_pack(settings.COUNTIES / "north-ostrobothnia")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _lived(_county: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert living.live(requests=FEW) == FEW
        yield
        transaction.set_rollback(True)


@pytest.fixture
def lived(_lived: None, db: None) -> None:
    """A county after forty requests."""


def open_items() -> list[WorkItem]:
    return list(WorkItem.objects.filter(closed_at__isnull=True).select_related("unit"))


def entries() -> list[LogEntry]:
    return list(LogEntry.objects.exclude(kind__startswith="organisation.").order_by("id"))


def test_every_request_is_in_exactly_one_queue(lived: None) -> None:
    assert ContactRequest.objects.count() == WorkItem.objects.count() == Matter.objects.count() == FEW
    on_route = set(routed_units("guidance.request").values_list("pk", flat=True))
    active = set(active_units(time_source.today()).values_list("pk", flat=True))
    for item in open_items():
        assert item.unit_id in on_route & active & usable_units()
        assert (item.assignee_id is None) == (item.state == states.NEW)
    assert not list(stray_items())


def test_closed_ones_say_how_they_ended(lived: None) -> None:
    for request in ContactRequest.objects.select_related("item"):
        is_open = request.item.closed_at is None
        assert is_open == (request.item.outcome == "")
        assert bool(request.resolution and request.outcome) == (request.item.state == states.RESOLVED)
        if request.item.state == states.RESOLVED:
            assert request.item.outcome == request.resolution


def test_ids_and_times_agree(lived: None) -> None:
    for rows in (entries(), list(AccessEntry.objects.order_by("id"))):
        times = [row.time for row in rows]
        assert len(times) > FEW
        assert times == sorted(times)
        assert times[-1] <= time_source.now()
    received = list(ContactRequest.objects.order_by("pk").values_list("received_at", flat=True))
    assert received == sorted(received)
    for request in ContactRequest.objects.select_related("item"):
        first = Deadline.objects.filter(item=request.item, policy=PROMISE).earliest("pk")
        assert first.started_at == request.received_at == request.item.opened_at


def test_nobody_acts_without_having_looked(lived: None) -> None:
    looks = {(look.actor, look.subject_id) for look in AccessEntry.objects.all()}
    taken = [entry for entry in entries() if entry.kind in {"guidance.take", "guidance.hand_over"}]
    assert taken
    assert {(entry.actor, entry.subject_id) for entry in taken} <= looks


def test_the_trail_holds_no_words_of_anybody(lived: None) -> None:
    told = " ".join(str(entry.__dict__) for entry in entries())
    told += " ".join(str(look.__dict__) for look in AccessEntry.objects.all())
    for request in ContactRequest.objects.select_related("contact"):
        assert request.words not in told
        for secret in (request.contact.phone, request.contact.email, request.contact.name):
            assert not secret or secret not in told
    for message in Message.objects.all():
        assert message.text not in told


def test_tries_are_of_office_hours(lived: None) -> None:
    for attempt in ContactAttempt.objects.all():
        local = time_source.to_local(attempt.tried_at)
        assert local.weekday() < 5
        assert 8 <= local.hour < 16


def test_what_is_told_is_what_is_lived(lived: None) -> None:
    told = tell(content(), Office(time_source.local_now()), {"oulu": 1}, count=FEW)
    assert Counter(one.text for one in told) == Counter(r.words for r in ContactRequest.objects.all())


def test_a_queue_with_requests_gets_no_others(lived: None) -> None:
    before = LogEntry.objects.count()
    with pytest.raises(living.NotEmpty):
        living.live(requests=3)
    call_command("demo_requests", "--count", "3")
    assert (ContactRequest.objects.count(), LogEntry.objects.count()) == (FEW, before)
