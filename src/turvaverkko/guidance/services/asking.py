"""A family asks for help: drafts, sending, identifying, withdrawing."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import open_matter
from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.commands import command, note
from turvaverkko.core.ids import new_code, read_code
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.core.states import IllegalMove
from turvaverkko.guidance import policies, queries, rules, states
from turvaverkko.guidance.limits import take_sending
from turvaverkko.guidance.models import ContactDetails, ContactRequest, Draft
from turvaverkko.guidance.rules import Asker, Kind, Urgency, Way
from turvaverkko.guidance.services.telling import stop_telling, tell_received
from turvaverkko.organisation.api import (
    County,
    Municipality,
    Path,
    due,
    host_county,
    municipalities,
    path_of_county,
    path_of_municipality,
)
from turvaverkko.work.api import (
    About,
    Priority,
    close_item,
    drop_deadline,
    open_item,
    start_deadline,
    unit_on_route,
)

ITEM_KIND = "guidance.request"
ANONYMOUS_MATTER = "anonymous-request"
IDENTIFIED_MATTER = "request"


class NoRoute(LookupError):
    """The county's pack names no unit for requests: nothing may be received before it does."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How the family can be reached safely. What is not given stays empty."""

    way: Way
    name: str = ""
    phone: str = ""
    email: str = ""
    call_hours: tuple[str, ...] = ()
    may_leave_message: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it is sent.

    Attributes:
        words: the asker's own words, cleaned.
        municipality: slug; empty when they did not say.
        child_age: code of an age group; empty when they did not say.
        topic: code of the life situation that the words suggest; empty when none does.
        danger: codes of danger that the words suggest.
        channel: how it came: "web", "phone", "walk-in".
    """

    asker: Asker
    words: str
    urgency: Urgency
    contact: Contact
    language: str
    municipality: str = ""
    child_age: str = ""
    topic: str = ""
    danger: tuple[str, ...] = ()
    needs_interpreter: bool = False
    channel: str = "web"
    kind: Kind = field(default=Kind.ADVICE)


def begin_draft() -> tuple[Draft, str]:
    """Make an empty draft; return it with the key that the device keeps. Nobody else can open it."""
    key = secrets.token_urlsafe(32)
    draft = Draft(key_hash=keyed_hash(queries.DRAFT_PURPOSE, key), code=new_code())
    draft.save()
    return draft, key


def save_draft(draft: Draft, content: Mapping[str, object]) -> None:
    """Keep what has been typed so far."""
    draft.content = json.dumps(dict(content), ensure_ascii=False)
    draft.saved_at = time_source.now()
    draft.save(update_fields=["content", "saved_at"])


def content_of(draft: Draft) -> dict[str, object]:
    """Return what has been typed so far."""
    return dict(json.loads(draft.content)) if draft.content else {}


def forget_draft(draft: Draft) -> None:
    """Delete a draft: its owner started anew."""
    draft.delete()


def send(draft: Draft, asking: Asking, address: str) -> ContactRequest:
    """Receive what was typed on a family's own device, as often as may be sent from its address.

    Raises:
        TooMany: so much came from the address that nothing more is received from it now.
        NoRoute: the county names no unit for requests.
        NoPolicy: the county promises no day by which it answers.
    """
    with transaction.atomic():  # what is not received does not count
        take_sending(address)
        return ask.once(draft.public_id, ANONYMOUS, draft, asking)


@command("guidance.ask", allow=policies.may_ask, sentence=_("Avunpyyntö saapui"), lock=False)
def ask(actor: object, draft: Draft, asking: Asking) -> ContactRequest:
    """Receive a request: it is in exactly one queue, with its promise, before the receipt is shown.

    Send it with `ask.once(key, …)`, the draft's public id as the key: two presses make one request.

    Raises:
        NoRoute: the county names no unit for requests.
    """
    now = time_source.now()
    county, path, municipality = _place(asking.municipality)
    route = unit_on_route(ITEM_KIND, path)
    if route is None:
        raise NoRoute(county.slug)
    matter = open_matter(actor, route.unit, kind=ANONYMOUS_MATTER)
    about = About(
        municipality=municipality.slug if municipality else "",
        topic=asking.topic,
        language=asking.language,
        channel=asking.channel,
    )
    item = open_item(matter, kind=ITEM_KIND, state=states.NEW, about=about, priority=_priority(asking))
    request = ContactRequest(
        matter=matter,
        item=item,
        code_hash=keyed_hash(queries.CODE_PURPOSE, read_code(draft.code)),
        kind=asking.kind,
        asker=asking.asker,
        child_age=asking.child_age,
        urgency=asking.urgency,
        way=asking.contact.way,
        words=asking.words,
        language=asking.language,
        needs_interpreter=asking.needs_interpreter,
        danger_words=" ".join(asking.danger),
        received_at=now,
    )
    request.save()
    _write_contact(request, asking.contact)
    for code in (rules.PROMISE, *rules.STATUTORY[asking.kind]):
        start_deadline(item, due(code, now, county=county, at=path), now)
    draft.sent, draft.sent_at, draft.content = request, now, ""
    draft.save(update_fields=["sent", "sent_at", "content"])
    tell_received(request, item.next_due)
    note(unit=route.unit.public_id, kind=str(asking.kind), channel=asking.channel, item=item.public_id)
    note(municipality=item.municipality or None)  # figures of areas are counted from entries
    return request


@command("guidance.identify", allow=policies.may_write_as_family, sentence=_("Perhe kertoi, kuka se on"))
def identify(_actor: object, request: ContactRequest, contact: Contact) -> ContactRequest:
    """Say who one is, in the same thread. The matter is from now on inside the client register.

    Raises:
        IllegalMove: the request has ended.
    """
    if request.item.closed_at is not None:
        raise IllegalMove(request.item.state, "identify")
    _not_taken_back(request, "identify")
    _write_contact(request, contact)
    request.is_identified, request.way = True, contact.way
    request.save(update_fields=["is_identified", "way"])
    matter = request.matter
    matter.kind = IDENTIFIED_MATTER
    matter.save(update_fields=["kind"])
    return request


@command("guidance.withdraw", allow=policies.may_write_as_family, sentence=_("Perhe perui pyynnön"))
def withdraw(_actor: object, request: ContactRequest) -> ContactRequest:
    """Take the request back. Nobody contacts the family; what was written stays for the retention time.

    While a limit of the law runs the request stays in its queue: what the authority must assess is not the
    asker's to end (Social Welfare Act 1301/2014 § 36, Child Welfare Act 417/2007 § 26; *check*). A guide ends
    it with a reason for every limit; only our own promise to answer falls away.

    Raises:
        IllegalMove: it has ended or was taken back already.
    """
    state = states.CONTACT_REQUEST.after(request.item.state, "withdraw")
    contact = _not_taken_back(request, "withdraw")
    if queries.running_limits(request):
        drop_deadline(request.item, rules.PROMISE)
        note(unit=request.item.unit.public_id, kept=True)
    else:
        close_item(request.item, state=state, outcome="withdrawn")
    contact.do_not_contact = True
    contact.save(update_fields=["do_not_contact"])
    stop_telling(request)
    return request


def promise_deadlines(request: ContactRequest, *, kinds: tuple[str, ...], start: datetime) -> None:
    """Start deadlines of a request from a moment, by the calendars of its own municipality."""
    county, path, _municipality = _place(request.item.municipality)
    for code in kinds:
        start_deadline(request.item, due(code, start, county=county, at=path), start)


def _not_taken_back(request: ContactRequest, action: str) -> ContactDetails:
    contact = queries.contact_of(request)
    if contact.do_not_contact:
        raise IllegalMove(request.item.state, action)
    return contact


def _write_contact(request: ContactRequest, contact: Contact) -> None:
    details = ContactDetails(
        pk=queries.contact_key(request),
        request=request,
        name=contact.name,
        phone=contact.phone if contact.way is Way.CALL else "",
        email=contact.email if contact.way is Way.MAIL else "",
        call_hours=" ".join(contact.call_hours),
        may_leave_message=contact.may_leave_message,
    )
    details.save()


def _place(slug: str) -> tuple[County, Path, Municipality | None]:
    """Where a request belongs: the asker's municipality, or the county itself when they did not say.

    A municipality of another county is kept, for the guide to see; the request belongs to the county itself.
    """
    county = host_county()
    own = municipalities(county).filter(slug=slug).first() if slug else None
    if own:
        return county, path_of_municipality(own), own
    elsewhere = Municipality.objects.filter(slug=slug).first() if slug else None
    return county, path_of_county(county), elsewhere


def _priority(asking: Asking) -> Priority:
    if asking.kind is Kind.NOTIFICATION or asking.danger:
        return Priority.SAME_DAY
    return Priority.SAME_DAY if asking.urgency is Urgency.TODAY else Priority.NORMAL
