"""Reads of the trail."""

from django.db.models import QuerySet

from turvaverkko.core.commands import Subject
from turvaverkko.trail.models import LogEntry


def entries_for(subject: Subject) -> QuerySet[LogEntry]:
    """Return what was done to a subject, the latest first.

    The caller has already checked that the reader may see the subject, and narrows by `audience`.
    """
    about = LogEntry.objects.filter(subject_kind=subject.kind, subject_id=subject.public_id)
    return about.order_by("-id")


def latest_entries(limit: int = 100) -> QuerySet[LogEntry]:
    """Return what was done lately, the latest first."""
    return LogEntry.objects.order_by("-time", "-id")[:limit]
