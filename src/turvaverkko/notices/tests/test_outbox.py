"""From posting to the mailbox, and everything that stops a notice on the way."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from turvaverkko.core.actors import SystemActor
from turvaverkko.core.announcements import NotInTransaction
from turvaverkko.core.commands import Subject
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.core.states import IllegalMove
from turvaverkko.notices import api, rules, services
from turvaverkko.notices.addresses import Address
from turvaverkko.notices.models import Notice, Preference, Veto
from turvaverkko.notices.rules import SafeHours
from turvaverkko.notices.tests.conftest import AINO, MATTER, NOON, posted
from turvaverkko.organisation.api import Staff
from turvaverkko.trail.api import LogEntry, entries_for

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("tests")
WISH = Preference.Wish


class Family:
    public_id = f"family:{MATTER}"


class Stranger:
    public_id = "family:another"


def after(clock: time_machine.Traveller, wait: timedelta = rules.HOLD) -> None:
    clock.shift(wait + timedelta(seconds=1))
    drain()


def state(key: str = "k1") -> tuple[str, str]:
    notice = Notice.objects.get(key=key)
    return notice.state, notice.because


# Posting


def test_a_notice_waits_ten_seconds_and_is_sent(clock: time_machine.Traveller) -> None:
    posted()
    drain()
    assert state() == ("held", "")
    assert mail.outbox == []
    after(clock)
    assert state() == ("sent", "")
    (letter,) = mail.outbox
    assert letter.to == [AINO]
    assert letter.subject == "Perhekeskus: Sinulle on uutta luettavaa"


@pytest.mark.django_db(transaction=True)
def test_a_notice_needs_a_transaction_and_falls_with_it(clock: time_machine.Traveller) -> None:
    with pytest.raises(NotInTransaction):
        services.post(template="to-read", to=Address(AINO), language="fi", matter="", purpose="a", key="k")

    def business() -> None:
        with transaction.atomic():
            posted()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        business()
    after(clock)
    assert (Notice.objects.count(), Job.objects.count(), mail.outbox) == (0, 0, [])


def test_the_same_announcement_twice_gives_one_notice(clock: time_machine.Traveller) -> None:
    first = posted()
    assert posted(to=Address("other@perhe.example")).public_id == first.public_id
    after(clock)
    assert posted().public_id == first.public_id
    after(clock)
    assert len(mail.outbox) == 1


def test_the_address_lies_encrypted() -> None:
    notice = posted()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, address_hash FROM notices_notice")
        (kept,) = cursor.fetchall()
    assert "perhe" not in "".join(kept)
    assert Notice.objects.get().to.text == AINO
    assert AINO not in str(notice) + repr(notice)


# Taking back


def test_undo_before_it_left(clock: time_machine.Traveller) -> None:
    posted()
    assert api.stop("k1")
    assert not api.stop("k1")
    after(clock)
    assert state() == ("stopped", "undone")
    assert mail.outbox == []
    assert (Notice.objects.get().address, Notice.objects.get().address_hash) == ("", "")


def test_undo_of_a_matter_or_of_one_purpose_in_it(clock: time_machine.Traveller) -> None:
    posted("a")
    posted("b", purpose="guidance.receipt")
    posted("c", matter="another")
    posted("d", matter="")
    assert api.stop_for(MATTER, purpose="guidance.receipt") == 1
    assert api.stop_for(MATTER) == 1
    assert api.stop_for("") == 0
    after(clock)
    assert [state(key)[0] for key in "abcd"] == ["stopped", "stopped", "sent", "sent"]


def test_what_has_left_cannot_be_taken_back(clock: time_machine.Traveller) -> None:
    posted()
    after(clock)
    assert not api.stop("k1")
    assert state() == ("sent", "")


# Vetoes and wishes


VETOES: list[Callable[[], object]] = [
    lambda: api.veto_matter(SYSTEM, MATTER, reason="danger"),
    lambda: api.veto_address(SYSTEM, Address(AINO.upper()), reason="asked"),
    lambda: api.prefer(Family(), MATTER, wish=WISH.NONE),
]


@pytest.mark.parametrize("say_no", VETOES)
def test_a_no_stops_what_waits_and_what_comes(
    clock: time_machine.Traveller, say_no: Callable[[], object]
) -> None:
    posted("before")
    say_no()
    assert state("before")[0] == "stopped"
    posted("after")
    assert state("after")[0] == "stopped"
    assert not Notice.objects.exclude(address_hash="").exists()
    after(clock)
    assert mail.outbox == []


@pytest.mark.parametrize("say_no", VETOES)
def test_a_no_that_was_written_past_the_stopping_is_seen_at_delivery(
    clock: time_machine.Traveller, say_no: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the notice had been posted in a transaction that the veto could not see."""
    posted()
    monkeypatch.setattr(services, "_stop", lambda _notices, _because: 0)
    say_no()
    assert state() == ("held", "")
    after(clock)
    assert state()[0] == "stopped"
    assert mail.outbox == []


def test_a_veto_is_of_one_matter_or_address_only(clock: time_machine.Traveller) -> None:
    api.veto_matter(SYSTEM, "another", reason="danger")
    api.veto_address(SYSTEM, Address("other@perhe.example"), reason="asked")
    posted("a")
    posted("staff", matter="")
    after(clock)
    assert len(mail.outbox) == 2


def test_a_lifted_veto_lets_the_next_through_but_not_the_stopped_one(clock: time_machine.Traveller) -> None:
    veto = api.veto_matter(Family(), MATTER, reason="asked")
    assert api.veto_matter(Family(), MATTER, reason="asked").pk == veto.pk
    posted("during")
    api.lift_veto(Family(), veto)
    assert not api.vetoes_of(MATTER).exists()
    posted("during")
    posted("later")
    after(clock)
    assert (state("during"), state("later")[0]) == (("stopped", "veto"), "sent")
    assert api.veto_matter(Family(), MATTER, reason="asked").pk != veto.pk


def test_a_veto_of_an_address_keeps_no_address() -> None:
    veto = api.veto_address(SYSTEM, Address(AINO), reason="asked")
    assert api.veto_of_address(Address(AINO).hash) == veto
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_veto")
        assert "perhe" not in str(cursor.fetchall())


def test_safe_hours_are_waited_for(clock: time_machine.Traveller) -> None:
    api.prefer(Family(), MATTER, wish=WISH.MAIL, safe_hours=SafeHours(time(17), time(18)))
    posted()
    after(clock)
    assert state() == ("held", "")
    clock.move_to(datetime(2026, 11, 23, 15, 0, 1, tzinfo=UTC))
    drain()
    assert state() == ("sent", "")


def test_safe_hours_chosen_after_posting_count_too(clock: time_machine.Traveller) -> None:
    posted()
    api.prefer(Family(), MATTER, wish=WISH.MAIL, safe_hours=SafeHours(time(17), time(18)))
    after(clock)
    assert state() == ("queued", "")
    assert Notice.objects.get().due_at == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    after(clock, timedelta(hours=5))
    assert state() == ("sent", "")


# Who may


@pytest.mark.parametrize("actor", [Stranger(), Family(), Staff(email="x@y.fi", is_active=False)])
def test_others_may_not(actor: object) -> None:
    veto = api.veto_address(SYSTEM, Address(AINO), reason="asked")
    dead = Notice(key="dead", state="dead", due_at=NOON, ended_at=NOON, address=AINO, address_hash="h")
    dead.save()
    commands: list[Callable[[], object]] = [
        lambda: api.veto_matter(actor, "m2", reason="asked"),
        lambda: api.prefer(actor, "m2", wish=WISH.NONE),
        lambda: api.veto_address(actor, Address("b@c.fi"), reason="asked"),
        lambda: api.lift_veto(actor, veto),
        lambda: api.retry(actor, dead),
        lambda: api.retry_kind(actor, "to-read"),
        lambda: api.drop(actor, dead, reason="outdated"),
    ]
    for do in commands:
        with pytest.raises(PermissionDenied):
            do()
    assert Veto.objects.filter(lifted_at=None).count() == 1
    assert Preference.objects.count() == 0


def test_active_staff_may_veto_but_not_tend_letters() -> None:
    worker = Staff.objects.create_user("worker@pohde.example", display_name="W")
    api.veto_address(worker, Address(AINO), reason="asked")
    api.veto_matter(worker, MATTER, reason="danger")
    dead = Notice(key="dead", state="dead", due_at=NOON, ended_at=NOON, address=AINO, address_hash="h")
    dead.save()
    with pytest.raises(PermissionDenied):
        api.retry(worker, dead)


# Dead letters, late ones, old ones


def dead_letter() -> Notice:
    notice = posted()
    Notice.objects.update(state="dead", because="smtp-550", ended_at=NOON, attempts=3)
    notice.refresh_from_db()
    return notice


def test_a_dead_letter_is_retried(clock: time_machine.Traveller) -> None:
    dead_letter()
    (letter,) = api.dead_letters()
    api.retry(SYSTEM, letter)
    drain()
    assert state() == ("sent", "")
    with pytest.raises(IllegalMove):
        api.retry(SYSTEM, letter)


def test_a_dead_letter_is_dropped_and_forgets_its_address(clock: time_machine.Traveller) -> None:
    (letter,) = [dead_letter()]
    with pytest.raises(rules.NotACode):
        api.drop(SYSTEM, letter, reason="Aino ei vastaa")
    api.drop(SYSTEM, letter, reason="outdated")
    assert LogEntry.objects.get(kind="notices.drop").reason == "outdated"
    assert state() == ("stopped", "dropped")
    assert Notice.objects.get().address == ""
    assert not api.dead_letters().exists()


def test_the_list_of_dead_letters_reads_no_address() -> None:
    dead_letter()
    assert "address" in api.dead_letters()[0].get_deferred_fields()


def test_a_notice_that_lost_its_job_is_found_and_sent_once(clock: time_machine.Traveller) -> None:
    posted()
    Job.objects.all().delete()
    after(clock)
    assert services.find_late() == 0
    clock.shift(rules.LATE)
    assert services.find_late() == 1
    assert services.find_late() == 0
    drain()
    drain()
    assert len(mail.outbox) == 1


def test_two_jobs_of_one_notice_send_it_once(clock: time_machine.Traveller) -> None:
    services.delivering.enqueue(posted())
    after(clock)
    assert Job.objects.filter(state="done").count() == 2
    assert len(mail.outbox) == 1


def test_an_address_is_erased_a_week_after_sending(clock: time_machine.Traveller) -> None:
    posted()
    after(clock)
    clock.shift(rules.ADDRESS_KEPT - timedelta(minutes=1))
    services.forget_old()
    assert Notice.objects.get().address == AINO
    clock.shift(timedelta(minutes=2))
    services.forget_old()
    kept = Notice.objects.get()
    assert (kept.address, kept.address_hash, kept.state) == ("", "", "sent")
    clock.shift(rules.ROW_KEPT)
    services.forget_old()
    assert not Notice.objects.exists()


def test_old_dead_letters_are_given_up_and_open_ones_never_forgotten(clock: time_machine.Traveller) -> None:
    dead_letter()
    posted("open")
    clock.shift(rules.DEAD_KEPT + timedelta(minutes=1))
    services.forget_old()
    assert state() == ("stopped", "too-old")
    assert state("open") == ("held", "")


def test_a_forgotten_matter_leaves_nothing() -> None:
    posted("a")
    posted("staff", matter="")
    api.veto_matter(SYSTEM, MATTER, reason="asked")
    api.prefer(SYSTEM, MATTER, wish=WISH.NONE)
    api.veto_address(SYSTEM, Address("b@c.fi"), reason="asked")
    api.forget_matter(MATTER)
    assert [notice.key for notice in Notice.objects.all()] == ["staff"]
    assert (Veto.objects.count(), Preference.objects.count()) == (1, 0)


# Trail and logs


def test_the_story_of_a_matter_tells_what_was_sent_and_not_to_whom(clock: time_machine.Traveller) -> None:
    posted()
    after(clock)
    api.veto_matter(Family(), MATTER, reason="danger")
    entries = list(entries_for(Subject("access.matter", MATTER)))
    assert [entry.kind for entry in entries] == ["notices.veto_matter", "notices.sent"]
    assert entries[1].payload["purpose"] == "guidance.answer"
    assert entries[0].reason == "danger"
    assert AINO not in str(list(LogEntry.objects.values()))


def test_no_line_of_the_log_carries_the_address(
    clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        posted()
        after(clock)
    assert "state=sent" in caplog.text
    assert "perhe.example" not in caplog.text
    assert MATTER not in caplog.text
