"""The letters: who is asked when, once; what a letter tells and what not."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from turvaverkko.core.actors import SystemActor
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.directory.models import Place
from turvaverkko.directory.staying import jobs
from turvaverkko.directory.staying.models import Ask, Asked, Correction, ListingContact
from turvaverkko.directory.staying.tests.conftest import MAILBOX, night, series
from turvaverkko.notices.api import Address, Notice, veto_address
from turvaverkko.notices.services import stop
from turvaverkko.organisation.api import Organisation

pytestmark = pytest.mark.django_db


def test_a_letter_asks_of_all_that_is_due_and_names_nothing(
    liminka: Organisation, clock: time_machine.Traveller, client: Client
) -> None:
    assert night(clock) == 1
    (letter,) = mail.outbox
    assert letter.to == [MAILBOX]
    assert {(one.listing, one.step) for one in Asked.objects.all()} == {
        (one.public_id, "ask") for one in Place.objects.filter(slug__in=["tupa", "nurkka"])
    }
    whole = letter.subject + letter.body + str(letter.alternatives)
    assert "Julkaistujen tietojenne tarkistusaika on ohi" in whole
    for word in ("Tupa", "Nurkka", "Limin", "Koulutie"):
        assert word not in whole
    (link,) = re.findall(r"https://perhekeskus\.example(\S+)", letter.body)
    assert client.get(link).status_code == 200


def test_before_the_due_day_the_letter_tells_the_day(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    Place.objects.filter(slug="nurkka").update(confirmed_on=date(2026, 11, 1))
    ListingContact.objects.update(language="sv")
    assert night(clock) == 1
    assert "28 november 2026" in mail.outbox[0].body or "28.11.2026" in mail.outbox[0].body
    assert "/sv/vahvista/" in mail.outbox[0].body


def test_the_job_run_twice_or_on_the_next_night_writes_once(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    night(clock)
    assert night(clock) == 1
    clock.shift(timedelta(days=1))
    assert night(clock) == 1


def test_a_job_killed_between_asking_and_sending_sends_once(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    jobs.ask_for_confirmation.enqueue()
    drain()  # the letter is written, and nothing has left yet
    Job.objects.filter(name__endswith="deliver").delete()
    jobs.ask_for_confirmation.enqueue()
    drain()
    assert Ask.objects.count() == Notice.objects.count() == 1


def test_a_week_later_comes_a_reminder_and_then_silence(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    night(clock)
    clock.shift(timedelta(days=7))  # 30.11.: Tupa's day has passed too
    assert night(clock) == 2
    assert set(Asked.objects.filter(step="remind").values_list("listing", flat=True)) == {
        one.public_id for one in Place.objects.filter(slug__in=["tupa", "nurkka"])
    }
    clock.shift(timedelta(days=60))
    Place.objects.exclude(slug__in=["tupa", "nurkka"]).delete()
    assert night(clock) == 2


def test_a_confirmed_listing_is_asked_of_again_at_its_next_day(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    night(clock)
    Place.objects.update(confirmed_on=date(2026, 11, 23))
    clock.shift(timedelta(days=77))  # 8.2.2027; due 23.2.2027
    assert night(clock) == 1
    clock.shift(timedelta(days=1))
    assert night(clock) == 2


def test_what_is_not_public_or_in_hand_is_not_asked_of(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    tupa = Place.objects.get(slug="tupa")
    Place.objects.filter(slug="nurkka").update(confidential=True)
    Correction.objects.create(organisation=liminka, about="place", listing=tupa.public_id, words="Muuttui.")
    series("loppunut", liminka, date(2026, 9, 1))
    assert night(clock) == 0


def test_a_series_that_ends_is_asked_of_before_it_is_put_away(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    Place.objects.update(confirmed_on=date(2026, 11, 23))
    ended = series("paattyva", liminka, date(2026, 11, 3))
    assert night(clock) == 1
    assert Asked.objects.get().listing == ended.public_id


def test_a_bad_or_forbidden_address_is_no_fault_of_the_others(
    liminka: Organisation, clock: time_machine.Traveller
) -> None:
    ListingContact.objects.update(email="ei osoite")
    assert night(clock) == 0
    assert not Ask.objects.exists()
    ListingContact.objects.update(email=MAILBOX)
    veto_address(SystemActor("test"), Address(MAILBOX), reason="asked")
    assert night(clock) == 0
    assert not stop("unknown")
