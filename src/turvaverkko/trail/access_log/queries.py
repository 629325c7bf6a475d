"""Reads of the access log."""

from django.db.models import QuerySet

from turvaverkko.core.commands import Subject
from turvaverkko.trail.access_log.models import AccessEntry


def looks_at(matter: str) -> QuerySet[AccessEntry]:
    """Return who has looked at a matter (its public id), the latest first.

    The caller has already checked that the reader may see the matter, and leaves out what a recorded
    decision withholds.
    """
    return AccessEntry.objects.filter(matter=matter).order_by("-id")


def looks_at_subject(subject: Subject) -> QuerySet[AccessEntry]:
    """Return who has looked at a subject, the latest first; the caller has checked the reader's right."""
    about = AccessEntry.objects.filter(subject_kind=subject.kind, subject_id=subject.public_id)
    return about.order_by("-id")


def looks_of(actor: str) -> QuerySet[AccessEntry]:
    """Return what an actor (public id) has looked at, the latest first; for supervision."""
    return AccessEntry.objects.filter(actor=actor).order_by("-id")
