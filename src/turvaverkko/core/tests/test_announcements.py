from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from turvaverkko.core import announcements
from turvaverkko.core.announcements import NotInTransaction, When, announce, subscribe


@dataclass(frozen=True)
class ListingPublished:
    listing: str


@dataclass(frozen=True)
class ListingHidden:
    listing: str


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Two listeners: one inside the transaction, one after it."""
    words: list[str] = []

    def inside(message: ListingPublished) -> None:
        words.append(f"inside {message.listing}")

    def after(message: ListingPublished) -> None:
        words.append(f"after {message.listing}")

    subscribe(ListingPublished, inside, when=When.INSIDE)
    subscribe(ListingPublished, after, when=When.AFTER_COMMIT)
    yield words
    announcements.unsubscribe(ListingPublished, inside)
    announcements.unsubscribe(ListingPublished, after)


@pytest.mark.django_db
def test_one_hears_inside_the_transaction_and_one_after_it(
    heard: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        announce(ListingPublished("a"))
        assert heard == ["inside a"]
    assert heard == ["inside a", "after a"]


@pytest.mark.django_db
def test_a_message_of_another_type_is_not_heard(heard: list[str]) -> None:
    announce(ListingHidden("a"))
    assert heard == []


@pytest.mark.django_db
def test_what_is_rolled_back_is_never_told_afterwards(
    heard: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def tell_and_fail() -> None:
        announce(ListingPublished("a"))
        raise ZeroDivisionError

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        tell_and_fail()
    assert heard == ["inside a"]


@pytest.mark.django_db
def test_a_listener_inside_that_fails_takes_everything_back() -> None:
    def fails(_message: ListingHidden) -> None:
        raise ZeroDivisionError

    def make_and_tell() -> None:
        ContentType.objects.create(app_label="core_test", model="thing")
        announce(ListingHidden("a"))

    subscribe(ListingHidden, fails, when=When.INSIDE)
    try:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_and_tell()
    finally:
        announcements.unsubscribe(ListingHidden, fails)
    assert not ContentType.objects.filter(app_label="core_test").exists()


@pytest.mark.django_db
def test_a_listener_after_commit_that_fails_is_logged_by_name_without_the_message(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_message: ListingHidden) -> None:
        raise ZeroDivisionError

    subscribe(ListingHidden, fails, when=When.AFTER_COMMIT)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            announce(ListingHidden("a-secret-id"))
    finally:
        announcements.unsubscribe(ListingHidden, fails)
    assert "fails failed after ListingHidden" in caplog.text
    assert "a-secret-id" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_outside_a_transaction() -> None:
    with pytest.raises(NotInTransaction):
        announce(ListingPublished("a"))


def test_the_list_of_listeners_names_them_once(heard: list[str]) -> None:
    first = announcements.subscribers(ListingPublished)[0]
    subscribe(ListingPublished, first.handler, when=When.INSIDE)
    listed = announcements.subscribers(ListingPublished)
    assert [subscriber.when for subscriber in listed] == [When.INSIDE, When.AFTER_COMMIT]
    assert listed[0].name.endswith("test_announcements.heard.<locals>.inside")
    assert set(listed) <= set(announcements.subscribers())
