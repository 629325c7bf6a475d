"""Codes cannot be guessed: wrong ones are counted for each address, and many make it wait."""

from django.db import transaction
from django.db.models import F

from turvaverkko.core import time_source
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.guidance.models import CodeGuess
from turvaverkko.guidance.rules import GUESSES, GUESSES_WINDOW


def must_wait(address: str) -> bool:
    """Tell whether too many wrong codes came from an address of late."""
    since = time_source.now() - GUESSES_WINDOW
    return CodeGuess.objects.filter(address_hash=_hash(address), since__gt=since, count__gte=GUESSES).exists()


@transaction.atomic
def count(address: str) -> None:
    """Count a wrong code."""
    now = time_source.now()
    CodeGuess.objects.filter(since__lte=now - GUESSES_WINDOW).delete()
    CodeGuess.objects.get_or_create(address_hash=_hash(address), defaults={"since": now})
    CodeGuess.objects.filter(address_hash=_hash(address)).update(count=F("count") + 1)


def _hash(address: str) -> str:
    return keyed_hash("code-guess", address)
