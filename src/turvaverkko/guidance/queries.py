"""Reads of guidance. Every read of a request goes through the gate; the caller logs it with `access.seen`."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from turvaverkko.access.api import FamilyActor, Verb, visible_to
from turvaverkko.core import time_source
from turvaverkko.core.commands import subject_of
from turvaverkko.core.ids import BadCode, read_code
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.guidance import rules
from turvaverkko.guidance.models import (
    ContactAttempt,
    ContactDetails,
    ContactRequest,
    Draft,
    GivenBasket,
    HalfWritten,
    InternalNote,
    Message,
    UrgencyCheck,
)
from turvaverkko.guidance.rules import CONTACT_DETAILS_KEPT, DRAFT_KEPT, RECEIPT_SHOWN, Try
from turvaverkko.organisation.api import Staff
from turvaverkko.trail.api import LogEntry, entries_for
from turvaverkko.work.api import deadlines_of, open_deadlines

WITH_ITEM = ("item__unit", "item__assignee", "matter")
CODE_PURPOSE = "receipt-code"
DRAFT_PURPOSE = "draft-key"


def request_for(actor: object, public_id: str, verb: Verb = Verb.SEE) -> ContactRequest | None:
    """Return one request if the actor may do the verb to it; a stranger's request is as if it were not."""
    rows = ContactRequest.objects.filter(public_id=public_id).select_related(*WITH_ITEM, "contact")
    return visible_to(rows, actor, verb).first()


def request_of_family(actor: FamilyActor) -> ContactRequest | None:
    """Return the request that a family's code opened."""
    rows = ContactRequest.objects.filter(matter__public_id=actor.matter).select_related(*WITH_ITEM, "contact")
    return visible_to(rows, actor).first()


def family_behind(code: str) -> FamilyActor | None:
    """Return the family that holds a code, or None: wrong, misread and withdrawn codes look alike.

    The work is the same whether or not the code opens something.
    """
    try:
        normal = read_code(code)
    except BadCode:
        normal = ""
    digest = keyed_hash(CODE_PURPOSE, normal)
    found = ContactRequest.objects.filter(code_hash=digest).values_list("matter__public_id", flat=True)
    matter = found.first()
    return FamilyActor(matter) if matter else None


def thread(request: ContactRequest, *, as_family: bool) -> list[Message]:
    """Return the messages of a request whose reader was checked, the oldest first.

    The family does not see a message that its writer can still take back, nor the staff one of the family.
    """
    messages = Message.objects.filter(request=request).select_related("staff").order_by("sent_at", "pk")
    now = time_source.now()
    return [m for m in messages if not _is_held_from(m, now, as_family=as_family)]


def given_baskets(messages: Iterable[Message]) -> list[GivenBasket]:
    """Return the baskets that went with messages which the reader sees, the latest first."""
    found = GivenBasket.objects.filter(message__in=[m.pk for m in messages if m.staff_id])
    return list(found.select_related("message__staff").order_by("-message__sent_at", "-pk"))


def held_message(request: ContactRequest, staff: int) -> Message | None:
    """Return the last message of somebody that can still be taken back."""
    mine = Message.objects.filter(request=request, staff=staff, held_until__gt=time_source.now())
    return mine.order_by("-sent_at").first()


def is_basket_held(request: ContactRequest, staff: int) -> bool:
    """Tell whether a basket of somebody is on its way and can still be taken back."""
    held = {"message__staff": staff, "message__held_until__gt": time_source.now()}
    return GivenBasket.objects.filter(request=request, **held).exists()


def unread_by_family(request: ContactRequest) -> QuerySet[Message]:
    """Return the staff's messages that the family has not opened."""
    return Message.objects.filter(request=request, staff__isnull=False, read_at__isnull=True)


def unread_by_staff(request: ContactRequest) -> QuerySet[Message]:
    """Return the family's messages that nobody of the staff has opened."""
    return Message.objects.filter(request=request, staff__isnull=True, read_at__isnull=True)


def attempts(request: ContactRequest) -> list[ContactAttempt]:
    """Return who tried to reach the family, the latest first."""
    found = ContactAttempt.objects.filter(request=request).select_related("staff")
    return list(found.order_by("-tried_at", "-pk"))


def tries(request: ContactRequest) -> list[Try]:
    """Return the attempts in the form in which the rule counts them."""
    return [Try(time_source.local_day(a.tried_at), a.reached) for a in attempts(request)]


def notes_for(actor: object, request: ContactRequest) -> list[InternalNote]:
    """Return the colleagues' notes on a request, the latest first."""
    rows = InternalNote.objects.filter(request=request).select_related("staff")
    return list(visible_to(rows, actor).order_by("-written_at", "-pk"))


def urgency_checks(request: ContactRequest) -> list[UrgencyCheck]:
    """Return who judged how urgent it is, the latest first."""
    found = UrgencyCheck.objects.filter(request=request).select_related("staff")
    return list(found.order_by("-checked_at", "-pk"))


def running_limits(request: ContactRequest) -> frozenset[str]:
    """Return the policy codes of the statutory limits of a request that are neither met nor dropped."""
    limits = rules.STATUTORY[rules.Kind(request.kind)]
    return frozenset(one.policy for one in open_deadlines(request.item) if one.policy in limits)


def limits_not_dropped(request: ContactRequest) -> frozenset[str]:
    """Return the policy codes of the deadlines of a request that run or were met."""
    found = deadlines_of([request.item])[request.item.pk]
    return frozenset(one.policy for one in found if one.dropped_at is None)


def last_act(request: ContactRequest) -> LogEntry | None:
    """Return the last thing that was done to a request."""
    return entries_for(subject_of(request)).first()


def staff_by_public_id(public_id: str | None) -> Staff | None:
    """Return a member of staff, or None: None is nobody."""
    return Staff.objects.filter(public_id=public_id).first() if public_id else None


def contact_of(request: ContactRequest) -> ContactDetails:
    """Return the contact details of a request whose reader was checked."""
    return ContactDetails.objects.get(request=request)


def draft_by_key(key: str) -> Draft | None:
    """Return the draft that a device's key opens, while it may still be shown."""
    now = time_source.now()
    found = Draft.objects.filter(key_hash=keyed_hash(DRAFT_PURPOSE, key)).select_related("sent").first()
    if found is None:
        return None
    if found.sent_at is not None:
        return found if now - found.sent_at <= RECEIPT_SHOWN else None
    return found if now - found.saved_at <= DRAFT_KEPT else None


def half_written(request: ContactRequest, staff: int, where: str = "") -> QuerySet[HalfWritten]:
    """Return what somebody has begun to write on a request whose reader was checked."""
    mine = HalfWritten.objects.filter(request=request, staff=staff)
    return mine.filter(where=where) if where else mine


def half_written_to_forget() -> QuerySet[HalfWritten]:
    """Return what was begun and left for longer than an unsent draft is kept."""
    return HalfWritten.objects.filter(saved_at__lt=time_source.now() - DRAFT_KEPT)


def drafts_to_forget() -> QuerySet[Draft]:
    """Return the drafts whose time is over."""
    now = time_source.now()
    unsent = Draft.objects.filter(sent_at__isnull=True, saved_at__lt=now - DRAFT_KEPT)
    return unsent | Draft.objects.filter(sent_at__lt=now - RECEIPT_SHOWN)


def contact_details_to_purge(at: datetime | None = None) -> QuerySet[ContactDetails]:
    """Return the contact details of anonymous requests that closed longer ago than they are kept."""
    end = (at or time_source.now()) - CONTACT_DETAILS_KEPT
    closed = ContactDetails.objects.filter(request__is_identified=False, request__item__closed_at__lt=end)
    return closed.filter(purged_at__isnull=True).select_related("request").order_by("pk")


def _is_held_from(message: Message, now: datetime, *, as_family: bool) -> bool:
    by_other_side = (message.staff_id is not None) == as_family
    return by_other_side and message.held_until is not None and message.held_until > now


def contact_key(request: ContactRequest) -> int | None:
    """Return the key of the contact details of a request, or None when there are none yet."""
    return ContactDetails.objects.filter(request=request).values_list("pk", flat=True).first()


def attempts_at(request: ContactRequest, moment: datetime) -> QuerySet[ContactAttempt]:
    """Return the attempts that were recorded at exactly this moment, with a message."""
    return ContactAttempt.objects.filter(request=request, tried_at=moment)
