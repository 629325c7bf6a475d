"""Which services a list holds: the conditions, as indexed as they can be."""

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from turvaverkko.core.prepared import one_id
from turvaverkko.directory.models import Service, ServiceCoverage
from turvaverkko.directory.reading.atlas import Chain
from turvaverkko.directory.reading.terms import SITUATION
from turvaverkko.directory.rules import EXPECTING, EXPECTING_SITUATION
from turvaverkko.directory.shapes import Choice, TermCard

NATIONAL = Service.Level.NATIONAL


def published() -> QuerySet[Service]:
    """Return every service that has a public page."""
    return Service.objects.filter(state=Service.State.PUBLISHED)


def listed() -> QuerySet[Service]:
    """Return the services that lists show: of several national versions only the fullest."""
    return published().exclude(level=NATIONAL, base__twin_of__isnull=False)


def offered(chain: Chain) -> Q:
    """Return the condition that a service is offered to somebody in a chain, the national ones included."""
    return Q(level=NATIONAL) | local_to(chain)


def local_to(chain: Chain, *, of: str = "pk") -> Q:
    """Return the condition that a county, area or municipality of the chain offers the service itself.

    Args:
        chain: whose layers.
        of: the field that holds the service's key in the table that is asked.
    """
    places = Q(pk__in=[])
    for name, key in chain.ids().items():
        places |= Q(**{name: key})
    # Read from the places' side: of thousands of services some hundred are offered there.
    return Q(**{f"{of}__in": ServiceCoverage.objects.filter(places).values("service")})


def shape(chain: Chain) -> Chain:
    """Return the chain with markers in place of its layers: how a prepared query knows it."""
    return Chain(**{name: one_id(name) for name in chain.ids()})


def narrowed(choice: Choice) -> Q:
    """Return the condition that a service fits what somebody chose."""
    condition = Q()
    if not choice.national:
        condition &= ~Q(level=NATIONAL)
    if choice.families_only:
        condition &= Q(for_families=True)
    for field, value in (
        ("level", choice.level),
        ("kind", choice.kind),
        ("charge", choice.charge),
        ("organisation__slug", choice.organisation),
        ("organisation__kind", choice.organisation_kind),
    ):
        if value:
            condition &= Q(**{field: value})
    if choice.age is not None:
        condition &= of_age(choice.age, choice.age)
    return condition & _in_situation(choice.situation) if choice.situation else condition


def in_lists(rows: QuerySet[Service], choice: Choice) -> QuerySet[Service]:
    """Narrow by what is stored as a list: the ways of help and its languages.

    The list is searched as text, because SQLite cannot ask a JSON list what it contains; the quotes
    around a code keep "se" from matching "sel".
    """
    for field, value in (("ways", choice.way), ("languages", choice.language)):
        if value:
            text = f"{field}_text"
            rows = rows.annotate(**{text: Cast(field, TextField())}).filter(
                **{f"{text}__contains": f'"{value}"'}
            )
    return rows


def of_age(youngest: int | None, oldest: int | None) -> Q:
    """Return the condition that a service is for somebody between two ages; the same as `rules.ages_meet`."""
    condition = Q()
    if oldest is not None:
        condition &= Q(min_age__isnull=True) | Q(min_age__lte=oldest)
    if youngest is not None:
        condition &= Q(max_age__isnull=True) | Q(max_age__gte=youngest)
    return condition


def of_term(vocabulary: str, term: TermCard) -> Q:
    """Return the condition that a service belongs to a life situation or an age."""
    if vocabulary == SITUATION:
        return _in_situation(term.code)
    if term.code == EXPECTING:
        return _in_situation(EXPECTING_SITUATION)
    # A national description without ages is for anybody; on the page of an age it would say nothing.
    return of_age(term.min_age, term.max_age) & ~Q(level=NATIONAL, min_age=None, max_age=None)


def _in_situation(code: str) -> Q:
    # Read from the situation's side: of thousands of services some hundred stand in it.
    link = Service.terms.through.objects.filter(term__vocabulary__code=SITUATION, term__code=code)
    return Q(pk__in=link.values("service"))
