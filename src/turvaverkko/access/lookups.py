"""Two ways to ask the database whether a matter has a grant: of many rows and of one."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from turvaverkko.access.models import Grant

# A condition: the path leads to a matter with one of the grants (a path, then one or more querysets).
OneOf = Callable[..., Q]


class _AnyOf(Func):
    """`path = ANY(ARRAY(subquery))` on PostgreSQL, `path IN (subquery)` elsewhere.

    With IN, PostgreSQL joins a few hundred granted matters to a long list by walking all of it, because it
    prices an index jump as on a turning disk. An array is fetched first and every key of it is looked up.
    """

    arity = 2
    output_field = BooleanField()
    conditional = True
    arg_joiner = " IN "
    template = "%(expressions)s"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401 - Django's
        """Write it for PostgreSQL."""
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY")


def among_granted(path: str, *grants: "QuerySet[Grant]") -> Q:
    """The condition for many rows: their matters are looked up from the actor's grants.

    Each queryset is read by its own index; an OR of them would read the table.
    """
    first, *rest = (some.values("matter_id") for some in grants)
    return Q(_AnyOf(F(path), Subquery(first.union(*rest, all=True) if rest else first)))


def has_grant(path: str, *grants: "QuerySet[Grant]") -> Q:
    """The condition for one row, or for few found otherwise: the grants of its matter are asked."""
    return reduce(or_, (Q(Exists(some.filter(matter_id=OuterRef(path)))) for some in grants))


def is_of_one(queryset: QuerySet[Any]) -> bool:
    """Tell whether a queryset asks for one row by a unique column, as a page of one thing does."""
    return any(
        isinstance(condition, Exact) and getattr(getattr(condition.lhs, "target", None), "unique", False)
        for condition in queryset.query.where.children
    )
