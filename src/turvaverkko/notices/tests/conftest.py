"""A post office, a time source that can be moved, and the cast."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction
from pytest_django import Settings

from turvaverkko.notices.addresses import Address
from turvaverkko.notices.models import Notice
from turvaverkko.notices.services import post
from turvaverkko.notices.tests.post_office import PostOffice

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MATTER = "m7k3m9qtr2b4d6f8"
AINO = "aino.esimerkki@perhe.example"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON) as traveller:
        yield traveller


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    office = PostOffice().open()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    yield office
    office.close()


def posted(key: str = "k1", **changes: object) -> Notice:
    """A notice of Aino's matter that there is something to read."""
    given: dict[str, object] = {
        "template": "to-read",
        "to": Address(AINO),
        "language": "fi",
        "matter": MATTER,
        "purpose": "guidance.answer",
    }
    with transaction.atomic():
        return post(**{**given, **changes}, key=key)  # type: ignore[arg-type]
