"""Reads of notices. Lists leave the address in the database: nobody who looks after letters needs it."""

from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from turvaverkko.notices import rules, states
from turvaverkko.notices.models import Notice, Preference, Veto


def notice_by_key(key: str) -> Notice | None:
    """Return the notice posted under a key."""
    return Notice.objects.filter(key=key).first()


def notices_of(matter: str) -> QuerySet[Notice]:
    """Return the notices of a matter, the latest first, without their addresses."""
    return Notice.objects.filter(matter=matter).order_by("-pk").defer("address")


def dead_letters() -> QuerySet[Notice]:
    """Return the notices that were given up, the latest first, without their addresses."""
    return Notice.objects.filter(state=states.DEAD).order_by("-ended_at").defer("address")


def first_failed(notice: Notice) -> datetime | None:
    """Return when a dead letter failed for the first time since it was posted or retried."""
    return notice.give_up_at - rules.PATIENCE if notice.give_up_at else notice.ended_at


def dead_kinds() -> list[tuple[str, int, datetime]]:
    """Return of which templates notices were given up: code, how many, when the first of them was."""
    grouped = Notice.objects.filter(state=states.DEAD).order_by("template").values("template")
    counted = grouped.annotate(number=Count("pk"), oldest=Min("ended_at"))
    return list(counted.values_list("template", "number", "oldest"))


def preference_of(matter: str) -> Preference | None:
    """Return how those behind a matter wish to be told; None: they have not said."""
    return Preference.objects.filter(matter=matter).first() if matter else None


def vetoes_of(matter: str) -> QuerySet[Veto]:
    """Return the vetoes of a matter that hold."""
    return Veto.objects.filter(matter=matter, lifted_at=None)


def veto_of_address(address_hash: str) -> Veto | None:
    """Return the veto of an address that holds."""
    return Veto.objects.filter(address_hash=address_hash, lifted_at=None).first()


def why_not(notice: Notice) -> str:
    """Return why a notice may not be sent now, as a code; empty: it may."""
    against = Q(address_hash=notice.address_hash)
    if notice.matter:
        against |= Q(matter=notice.matter)
    if Veto.objects.filter(against, lifted_at=None).exists():
        return "veto"
    preference = preference_of(notice.matter)
    return "wish" if preference and preference.wish == Preference.Wish.NONE else ""
