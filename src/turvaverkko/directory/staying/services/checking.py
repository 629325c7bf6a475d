"""Looking at the addresses of the web that listings lead to: some at a time, each by itself."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet

from turvaverkko.core import time_source
from turvaverkko.core.outside import NoLook, Outside
from turvaverkko.directory.staying import addresses, rules, standing
from turvaverkko.directory.staying.models import SelfHelpLink, WebAddress
from turvaverkko.directory.staying.rules import Known, LinkState, Outcome

log: Final = logging.getLogger("turvaverkko.staying")
# Unit: addresses of one job. At the worst each takes 20 s, five at a time: under the patience of a worker.
AT_ONCE: Final = 40
# Unit: servers asked at the same time, and addresses of one server in one job.
HOSTS_AT_ONCE: Final = 5
MOST_OF_HOST: Final = 5


def outside() -> Outside:
    """Return how the web is looked at."""
    return Outside(f"Mozilla/5.0 (compatible; Turvaverkko; +{settings.SITE_ADDRESS})")


def check_some(web: Outside | None = None) -> bool:
    """Look at the addresses that have waited longest; tell whether some are left for another job.

    Killed in between, what was looked at stays written, and the rest is still due.
    """
    if not settings.CHECK_ADDRESSES:
        return False
    today = time_source.today()
    enlist()
    due = list(_due(today)[: AT_ONCE * MOST_OF_HOST])
    batch = _spread(due)[:AT_ONCE]
    for row, outcome, status in _looked(batch, web or outside()):
        write(row, outcome, status, today)
    log.info("addresses checked=%d due=%d", len(batch), len(due))
    return len(due) > len(batch)


def enlist() -> None:
    """Make the list of addresses what published listings lead to today; what is used no more leaves it."""
    used = {one.text for one in addresses.urls(standing.everything())} | set(addresses.self_help_urls())
    known = set(WebAddress.objects.values_list("url", flat=True))
    WebAddress.objects.filter(url__in=known - used).delete()
    new = [WebAddress(url=url) for url in sorted(used - known)]
    WebAddress.objects.bulk_create(new, ignore_conflicts=True)


def write(row: WebAddress, outcome: Outcome, status: int | None, today: date) -> None:
    """Write how a look went."""
    before = Known(LinkState(row.state), row.failures, row.failed_on)
    after = rules.after_look(before, outcome, today)
    row.state, row.failures, row.failed_on = after.state, after.failures, after.failed_on
    row.outcome, row.status, row.checked_on = outcome, status, today
    row.save()
    is_dead = row.state == LinkState.DEAD
    # Written only when it changes: public pages are made anew with every change of this table.
    SelfHelpLink.objects.filter(url=row.url, is_dead=not is_dead).update(is_dead=is_dead)


def outcome_of(status: int) -> Outcome:
    """Return what a status of HTTP says.

    Examples:
        >>> [str(outcome_of(status)) for status in (200, 304, 404, 410, 403, 429, 500)]
        ['fine', 'fine', 'gone', 'gone', 'refused', 'refused', 'broken']
    """
    if status in {404, 410}:
        return Outcome.GONE
    if status in {401, 403, 429}:
        return Outcome.REFUSED
    return Outcome.BROKEN if status >= 400 else Outcome.FINE


def _due(today: date) -> QuerySet[WebAddress]:
    long_ago = today - timedelta(days=rules.CHECK_EVERY)
    yesterday = today - timedelta(days=rules.CHECK_AGAIN)
    due = Q(checked_on=None) | Q(checked_on__lte=long_ago)
    due |= Q(state=LinkState.FAILING, checked_on__lte=yesterday)
    return WebAddress.objects.filter(due).order_by("checked_on", "pk")


def _spread(due: Sequence[WebAddress]) -> list[WebAddress]:
    """Leave out what would ask one server too often in one job."""
    of_host: dict[str, int] = defaultdict(int)
    chosen = []
    for row in due:
        host = _host(row)
        of_host[host] += 1
        if of_host[host] <= MOST_OF_HOST:
            chosen.append(row)
    return chosen


def _looked(batch: Sequence[WebAddress], web: Outside) -> Iterable[tuple[WebAddress, Outcome, int | None]]:
    """Ask several servers at the same time, each one address after another; only this thread writes."""
    by_host: dict[str, list[WebAddress]] = defaultdict(list)
    for row in batch:
        by_host[_host(row)].append(row)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for looks in pool.map(lambda rows: [(row, *_look(row.url, web)) for row in rows], by_host.values()):
            yield from looks


def _look(url: str, web: Outside) -> tuple[Outcome, int | None]:
    try:
        status = web.status_of(url)
    except NoLook as fault:
        return Outcome(fault.trouble.value), None
    return outcome_of(status), status


def _host(row: WebAddress) -> str:
    try:
        return urlsplit(row.url).hostname or ""
    except ValueError:
        return ""
