"""Reads of joining and editing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, Min, Q, QuerySet

from turvaverkko.core import time_source
from turvaverkko.directory.editing import rules, states
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import FIELDS
from turvaverkko.directory.editing.models import FieldLock, JoinRequest, Partner, Review, Revision, SignInLink
from turvaverkko.directory.models import Happening, Occurrence, Text
from turvaverkko.organisation.api import (
    REVIEWED_KINDS,
    Municipality,
    Organisation,
    Staff,
    host_county,
    municipalities,
    path_of_county,
    resolve_setting,
)
from turvaverkko.organisation.sign_in.api import roles_of
from turvaverkko.work.api import Deadline, deadlines_of

# Unit: listings on one page.
PAGE: Final = 25
PARTNER: Final = "partner"
# The source of a listing that was written here.
OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Filters:
    """How the list of listings is narrowed; what is empty narrows nothing."""

    state: str = ""
    organisation: str = ""  # slug
    stale: bool = False


def visible_to(actor: Editor) -> QuerySet[Happening]:
    """Return the happenings that somebody edits: all of them, or those of the own organisations."""
    every = Happening.objects.select_related("organisation", "place__municipality", "municipality")
    return every if actor.is_editor else every.filter(organisation__in=actor.organisations)


def listings(actor: Editor, filters: Filters) -> QuerySet[Happening]:
    """Return the happenings of a list with their next and last time, what comes first before the rest."""
    now = time_source.now()
    coming = Q(occurrences__starts_at__gte=now) & ~Q(occurrences__state=Occurrence.State.CANCELLED)
    found = visible_to(actor).annotate(
        next_at=Min("occurrences__starts_at", filter=coming), last_at=Max("occurrences__starts_at")
    )
    if filters.state:
        found = found.filter(state=filters.state)
    else:
        found = found.exclude(state=Happening.State.ARCHIVED)
    if filters.organisation:
        found = found.filter(organisation__slug=filters.organisation)
    if filters.stale:
        found = found.filter(next_at=None, state=Happening.State.PUBLISHED)
    return found.order_by("next_at", "-changed_at", "pk")


def names_of(happenings: Iterable[Happening], language: str) -> dict[int, tuple[str, str]]:
    """Return the name of happenings by key, in a language or in Finnish, and in which. One query."""
    rows = Text.objects.filter(
        happening__in=[one.pk for one in happenings],
        kind="name",
        language__in={language, "fi"},
        county=None,
        area=None,
        municipality=None,
    )
    found: dict[int, tuple[str, str]] = {}
    for pk, code, value in rows.values_list("happening_id", "language", "value"):
        if code == language or pk not in found:
            found[pk] = (value, code)
    return found


def happening(actor: Editor, public_id: str) -> Happening | None:
    """Return a happening that somebody edits; another's is as if it were not."""
    return visible_to(actor).filter(public_id=public_id).first()


def organisations_of(actor: Editor) -> list[Organisation]:
    """Return the organisations in whose name somebody writes."""
    own = Organisation.objects.filter(Q(valid_to=None) | Q(valid_to__gte=time_source.today()))
    if not actor.is_editor:
        own = own.filter(pk__in=actor.organisations)
    else:
        own = own.filter(Q(county=host_county()) | Q(partner__isnull=False))
    return list(own.order_by("name_fi"))


def is_reviewed(organisation: Organisation) -> bool:
    """Tell whether what a partner of an organisation writes is looked at first."""
    setting = resolve_setting(REVIEWED_KINDS, path_of_county(host_county())).value
    kinds = rules.REVIEWED_KINDS if setting is None else frozenset(setting)
    trusted = Partner.objects.filter(organisation=organisation, is_trusted=True).exists()
    return rules.is_reviewed(organisation.kind, kinds, is_trusted=trusted)


def last_revision(happening: Happening) -> Revision | None:
    """Return the newest revision of a happening; None before it was first edited."""
    return Revision.objects.filter(happening=happening).first()


def stamp(happening: Happening) -> str:
    """Return what a form carries to tell whether anybody wrote since: the revision, and what is proposed."""
    newest, waiting = last_revision(happening), open_review(happening)
    return f"{newest.number if newest else 0}.{waiting.version if waiting else 0}"


def revisions(happening: Happening) -> list[Revision]:
    """Return every revision of a happening, the newest first."""
    return list(Revision.objects.filter(happening=happening))


def revision(happening: Happening, number: int) -> Revision | None:
    """Return one revision of a happening."""
    return Revision.objects.filter(happening=happening, number=number).first()


def open_review(happening: Happening) -> Review | None:
    """Return the review that waits, if there is one."""
    return Review.objects.filter(happening=happening, state=states.WAITING).select_related("item").first()


def last_review(happening: Happening) -> Review | None:
    """Return the latest review of a happening, waiting or answered."""
    return Review.objects.filter(happening=happening).order_by("-sent_at", "-pk").first()


def open_reviews() -> list[Review]:
    """Return the reviews that wait, the earliest due first."""
    waiting = Review.objects.filter(state=states.WAITING)
    return list(waiting.select_related("happening__organisation", "item").order_by("item__next_due", "pk"))


def review(public_id: str) -> Review | None:
    """Return a review by its public id."""
    related = ("happening__organisation", "happening__place__municipality", "item")
    return Review.objects.filter(public_id=public_id).select_related(*related).first()


def deadlines(rows: Iterable[JoinRequest | Review]) -> Mapping[int, list[Deadline]]:
    """Return the deadlines of joins or reviews by the key of their work item. One query."""
    return deadlines_of([row.item for row in rows])


def waiting_joins() -> list[JoinRequest]:
    """Return the asks to join that wait, the earliest due first."""
    waiting = JoinRequest.objects.filter(state=states.WAITING)
    return list(waiting.select_related("item", "municipality").order_by("item__next_due", "pk"))


def join(public_id: str) -> JoinRequest | None:
    """Return an ask to join by its public id."""
    found = JoinRequest.objects.filter(public_id=public_id).select_related("item", "municipality")
    return found.first()


def joins_to_forget() -> QuerySet[JoinRequest]:
    """Return the answered asks whose contact details have been kept long enough."""
    before = time_source.now() - rules.JOIN_KEPT
    return JoinRequest.objects.filter(answered_at__lt=before, is_forgotten=False)


def like_join(asked: JoinRequest) -> list[Organisation]:
    """Return organisations that may be the one that asks: the same business code, or the same name."""
    same = Q(name_fi__iexact=asked.name) | Q(name_sv__iexact=asked.name)
    if asked.business_code:
        same |= Q(business_code=asked.business_code)
    return list(Organisation.objects.filter(same).order_by("name_fi"))


def partners() -> list[Partner]:
    """Return the partners, by name."""
    return list(Partner.objects.select_related("organisation").order_by("organisation__name_fi"))


def partner(public_id: str) -> Partner | None:
    """Return a partner by its public id."""
    return Partner.objects.filter(public_id=public_id).select_related("organisation").first()


def light_account(email: str) -> Staff | None:
    """Return the active account that signs in by links: all its roles are a partner's, and it has no key."""
    staff = Staff.objects.filter(email=email, is_active=True, second_factor__isnull=True).first()
    roles = roles_of(staff) if staff else []
    return staff if roles and all(role.role == PARTNER for role in roles) else None


def link(public_id: str) -> SignInLink | None:
    """Return a sign-in link that can still be used."""
    usable = SignInLink.objects.filter(used_at=None, expires_at__gt=time_source.now())
    return usable.filter(public_id=public_id, tries__lt=rules.CODE_TRIES).select_related("staff").first()


def address_of(public_id: str) -> tuple[str, str]:
    """Return e-mail and name of who is known by a public id; empty when they are gone."""
    found = Staff.objects.filter(public_id=public_id, is_active=True).values_list("email", "display_name")
    return found.first() or ("", "")


def locks_of(happening: Happening) -> dict[str, str]:
    """Return the source that each locked field of a happening follows.

    What came from a source follows it in every field until a field is released; one's own follows none but
    what an import has locked.
    """
    rows = list(FieldLock.objects.filter(happening=happening))
    released = {row.field for row in rows if row.released_at}
    fields = () if happening.source == OWN else FIELDS
    locked = dict.fromkeys(fields, happening.source) | {row.field: row.source for row in rows}
    return {field: source for field, source in locked.items() if field not in released}


def coming(happening: Happening) -> list[Occurrence]:
    """Return the times of a happening that are to come, cancelled ones too."""
    later = happening.occurrences.filter(starts_at__gte=time_source.now()).select_related("place")
    return list(later.order_by("starts_at"))


def own_municipalities() -> list[Municipality]:
    """Return the municipalities of the county, by name."""
    return list(municipalities(host_county()).order_by("name_fi"))


def place_rows(actor: Editor, usable: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - a queryset
    """Return (slug, name, municipality) of the places one may choose; those one's organisation runs first."""
    rows = usable.select_related("municipality").order_by("municipality__name_fi", "slug")
    mine = set(rows.filter(operators__organisation__in=actor.organisations).values_list("pk", flat=True))
    places = sorted(rows, key=lambda one: one.pk not in mine)
    names = Text.objects.filter(place__in=places, kind="name", language="fi", county=None, area=None)
    by_place = dict(names.values_list("place_id", "value"))
    return [(one.slug, by_place.get(one.pk, one.slug), one.municipality.name) for one in places]
