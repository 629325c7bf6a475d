"""An organisation asks to join; the county answers; an accepted one has an account and writes."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import close_matter, open_matter
from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS, Anonymous, SystemActor
from turvaverkko.core.commands import command, note
from turvaverkko.core.ids import slugify_fi
from turvaverkko.core.limits import Limit, take
from turvaverkko.directory.editing import policies, queries, rules, states
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.models import JoinRequest, Partner
from turvaverkko.directory.editing.telling import tell_answered, tell_received
from turvaverkko.organisation.api import (
    Municipality,
    Organisation,
    RoleAssignment,
    Staff,
    due,
    host_county,
    path_of_county,
    path_of_municipality,
)
from turvaverkko.work.api import About, close_item, meet_deadline, open_item, start_deadline, unit_on_route

ITEM_KIND = "directory.join"
MATTER_KIND = "join"


class NoRoute(LookupError):
    """The county's pack names no unit for this kind of work: nothing is received before it does."""


class TooMany(Exception):
    """So many came from one address of late that nothing more is taken from it now."""


class ReasonMissing(ValueError):
    """A refusal needs a reason in words."""


@dataclass(frozen=True, slots=True)
class Asking:
    """An ask to join as it is sent; cleaned.

    Attributes:
        kind: of the organisation.
        activity: what they do for families.
        position: the role of who asks.
        language: in which they are answered.
    """

    name: str
    kind: str
    activity: str
    email: str
    position: str
    language: str
    business_code: str = ""
    municipality: Municipality | None = None


def send(key: str, asking: Asking, address: str) -> JoinRequest:
    """Receive an ask to join, once for each key of a form, as often as may be sent from an address.

    Raises:
        TooMany: nothing more is received from the address now.
        NoRoute: the county names no unit for joins.
        NoPolicy: the county promises no day by which it answers.
        BadIdempotencyKey: the key is none of ours.
        IdempotencyConflict: the key was used with other content.
    """
    with transaction.atomic():  # what is not received does not count
        if not take(
            Limit("editing.join", rules.JOINS if settings.SENDINGS else 0, rules.JOINS_WINDOW), address
        ):
            raise TooMany
        return ask.once(key, ANONYMOUS, None, asking)


@command("editing.ask_to_join", allow=policies.may_ask, sentence=_("Järjestö pyysi mukaan"))
def ask(actor: Anonymous, _subject: None, asking: Asking) -> JoinRequest:
    """Receive an ask to join: it is in one queue with its promise before the receipt is shown.

    Raises:
        NoRoute: the county names no unit for joins.
        NoPolicy: the county promises no day by which it answers.
    """
    now, county, where = time_source.now(), host_county(), asking.municipality
    path = path_of_municipality(where) if where else path_of_county(county)
    route = unit_on_route(ITEM_KIND, path)
    if route is None:
        raise NoRoute(county.slug)
    matter = open_matter(actor, route.unit, kind=MATTER_KIND)
    about = About(municipality=where.slug if where else "", language=asking.language, channel="web")
    item = open_item(matter, kind=ITEM_KIND, state=states.WAITING, about=about)
    start_deadline(item, due(rules.JOIN_PROMISE, now, county=county, at=path), now)
    asked: JoinRequest = JoinRequest.objects.create(
        item=item,
        name=asking.name,
        kind=asking.kind,
        business_code=asking.business_code,
        municipality=where,
        activity=asking.activity,
        email=asking.email,
        position=asking.position,
        language=asking.language,
        asked_at=now,
    )
    tell_received(asked)
    note(unit=route.unit.public_id, kind=asking.kind, item=item.public_id)
    return asked


@command("editing.accept_join", allow=policies.may_review, sentence=_("Järjestö otettiin mukaan"))
def accept(
    actor: Editor, asked: JoinRequest, *, organisation: Organisation | None, is_trusted: bool = False
) -> JoinRequest:
    """Take an organisation in: it has an account that signs in by a link and writes its own listings.

    Args:
        actor: a content editor.
        asked: what is answered.
        organisation: the one known already; None makes a new one.
        is_trusted: its listings are public without a look first.

    Raises:
        IllegalMove: it was answered already.
    """
    state = states.JOIN.after(asked.state, "accept")
    home = organisation or _new_organisation(asked)
    staff = _account(asked, home)
    made, _new = Partner.objects.get_or_create(organisation=home)
    made.is_trusted = is_trusted
    made.save(update_fields=["is_trusted"])
    asked.organisation = home
    note(organisation=home.public_id, account=staff.public_id, is_new=organisation is None)
    return _answered(actor, asked, state)


@command("editing.decline_join", allow=policies.may_review, sentence=_("Liittymispyyntöön ei suostuttu"))
def decline(actor: Editor, asked: JoinRequest, *, reason: str) -> JoinRequest:
    """Say no, with a reason that the applicant reads.

    Raises:
        IllegalMove: it was answered already.
        ReasonMissing: there is no reason.
    """
    state = states.JOIN.after(asked.state, "decline")
    if not reason.strip():
        raise ReasonMissing
    asked.reason = reason.strip()
    return _answered(actor, asked, state)


@command("editing.trust", allow=policies.may_review, sentence=_("Kumppanin luottamus muuttui"))
def trust(_actor: Editor, partner: Partner, *, is_trusted: bool) -> Partner:
    """Let a partner's listings be public at once, or look at them first again."""
    partner.is_trusted = is_trusted
    partner.save(update_fields=["is_trusted"])
    note(trusted=is_trusted, organisation=partner.organisation.public_id)
    return partner


@command("editing.forget_joins", allow=policies.is_system, sentence=_("Liittyjien yhteystiedot poistettiin"))
def forget(_actor: SystemActor, _subject: None = None) -> int:
    """Delete the contact details of asks that were answered long enough ago; return how many."""
    number = queries.joins_to_forget().update(email="", position="", is_forgotten=True)
    note(number=number)
    return number


def _answered(actor: Editor, asked: JoinRequest, state: str) -> JoinRequest:
    asked.state, asked.answered_at, asked.answered_by = state, time_source.now(), actor.public_id
    asked.save()
    meet_deadline(asked.item, rules.JOIN_PROMISE, asked.answered_at)
    close_item(asked.item, state=state, outcome=state)
    close_matter(actor, asked.item.matter)
    tell_answered(asked)
    return asked


def _new_organisation(asked: JoinRequest) -> Organisation:
    # No county: that is of those that a pack names, and a pack ends what it no longer names.
    return Organisation.objects.create(
        slug=free_slug(Organisation, asked.name, "jarjesto"),
        kind=asked.kind,
        name_fi=asked.name,
        municipality=asked.municipality,
        business_code=asked.business_code,
    )


def _account(asked: JoinRequest, home: Organisation) -> Staff:
    email = asked.email.lower()
    staff = Staff.objects.filter(email=email).first()
    if staff is None:
        staff = Staff.objects.create_user(email, None, display_name=f"{asked.position}, {home.name_fi}"[:120])
    staff.roles.get_or_create(role=RoleAssignment.Role.PARTNER, organisation=home)
    return staff


def free_slug(model: type, name: str, otherwise: str) -> str:
    """Return a slug of a name that no row of a model has yet.

    Args:
        model: with a unique field `slug`.
        name: for people.
        otherwise: what stands for a name of which nothing can be kept.
    """
    longest = 70
    wanted = slugify_fi(name, max_length=longest) or otherwise
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True))  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
