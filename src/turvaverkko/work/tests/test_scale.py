"""Plans at county size: no page of work reads a big table from end to end (design QUALITY)."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from bench import work_data
from turvaverkko.access.api import staff_actor
from turvaverkko.organisation.api import Staff
from turvaverkko.work import queries
from turvaverkko.work.api import Filters, WorkItem, breaches, deadlines_of, item_for, load, queue

pytestmark = pytest.mark.full
BIG = {"access_matter", "access_grant", "work_workitem", "work_deadline"}
ROLES = ("guide", "lead", "director", "specialist", "consultant")


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[work_data.Made]:
    if connection.vendor != "postgresql":
        pytest.skip("plans of a county are PostgreSQL's")
    with django_db_blocker.unblock(), transaction.atomic():
        yield work_data.make(tidy="ANALYZE")
        transaction.set_rollback(True)


def scanned(nodes: list[dict[str, Any]]) -> set[str]:
    """The tables that a plan reads from end to end."""
    found = {
        node["Relation Name"] for node in nodes if node["Node Type"] in {"Seq Scan", "Parallel Seq Scan"}
    }
    return found.union(*(scanned(node.get("Plans", [])) for node in nodes)) if nodes else found


def big_scans(read: Callable[[], object]) -> list[str]:
    """The statements of a read that scan a big table of work."""
    return plans_that_scan(BIG, read)


def plans_that_scan(big: set[str], read: Callable[[], object]) -> list[str]:
    """The statements of a read that scan a big table sequentially; at least one statement was made."""
    with CaptureQueriesContext(connection) as asked:
        read()
    assert asked.captured_queries
    bad = []
    for statement in (one["sql"] for one in asked.captured_queries):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            plan = cursor.fetchone()[0]
        tree = json.loads(plan) if isinstance(plan, str) else plan
        if big & scanned([tree[0]["Plan"]]):
            bad.append(statement)
    return bad


def test_the_county_has_its_size(county: work_data.Made, db: None) -> None:
    assert WorkItem.objects.count() == work_data.ITEMS
    assert WorkItem.objects.filter(closed_at__isnull=True).count() == work_data.OPEN


def test_the_probe_finds_a_scan(county: work_data.Made, db: None) -> None:
    assert big_scans(lambda: list(WorkItem.objects.filter(topic="ero", state="new")))


@pytest.mark.parametrize("role", ROLES)
def test_a_page_of_the_queue_scans_nothing_big(county: work_data.Made, db: None, role: str) -> None:
    actor = staff_actor(Staff.objects.get(pk=county.staff[role]))

    def page() -> None:
        found = queue(actor, Filters())
        items = found[:50]
        assert len(items) == min(50, found.count())
        deadlines_of(items)

    assert not big_scans(page)


@pytest.mark.parametrize("role", ROLES)
def test_one_item_and_the_breaches_scan_nothing_big(county: work_data.Made, db: None, role: str) -> None:
    actor = staff_actor(Staff.objects.get(pk=county.staff[role]))
    item = WorkItem.objects.filter(closed_at__isnull=True).latest("pk")
    assert not big_scans(lambda: item_for(actor, item.public_id))
    if role in {"lead", "director"}:
        assert not big_scans(lambda: breaches(actor))


def test_load_and_the_jobs_scan_nothing_big(county: work_data.Made, db: None) -> None:
    assert not big_scans(lambda: load(county.units[:7]))
    assert not big_scans(lambda: list(queries.missed_unnoted()[:200]))
    assert not big_scans(lambda: list(queries.items_to_wake()[:200]))
    assert not big_scans(lambda: list(queries.stray_items()[:200]))
