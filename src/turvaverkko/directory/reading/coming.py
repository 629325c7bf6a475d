"""Which happenings and times may be shown at all, and which are still to come. The lists build on it."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.models import Happening, Occurrence


def shown(prefix: str = "") -> Q:
    """Return the condition that a happening may be shown at all: published, at no confidential place."""
    return Q(**{f"{prefix}state": Happening.State.PUBLISHED}) & at_no_secret(prefix)


def at_no_secret(prefix: str = "") -> Q:
    """Return the condition that something is at no confidential place; `prefix` leads to what has it."""
    return Q(**{f"{prefix}place": None}) | Q(**{f"{prefix}place__confidential": False})


def coming(at: datetime) -> QuerySet[Occurrence]:
    """Return the times that may be shown and are not over."""
    return Occurrence.objects.filter(shown("happening__"), at_no_secret(), ends_at__gt=at)


def midnight(day: date) -> datetime:
    """Return when a day begins in Finland."""
    return datetime.combine(day, time(), HELSINKI)
