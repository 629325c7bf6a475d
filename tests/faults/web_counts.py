"""What stands in the rows after the faults: read beside the product, with its keys.

stdin: {"acknowledged": {mark: code}, "taken": [public ids]}; stdout: counts as JSON.
"""

import collections
import json
import re
import sys

import django


def main() -> None:
    django.setup()
    from turvaverkko.core.ids import read_code  # noqa: PLC0415 - the settings are known only now
    from turvaverkko.core.secrets import keyed_hash  # noqa: PLC0415
    from turvaverkko.guidance.models import ContactRequest  # noqa: PLC0415
    from turvaverkko.guidance.queries import CODE_PURPOSE  # noqa: PLC0415

    given = json.load(sys.stdin)
    stored = collections.Counter[str]()
    code_of_mark = {}
    for request in ContactRequest._base_manager.all():
        for mark in re.findall(r"merkki[0-9a-f]{12}", request.words):
            stored[mark] += 1
            code_of_mark[mark] = request.code_hash
    acknowledged = given["acknowledged"]
    hashes = {mark: keyed_hash(CODE_PURPOSE, read_code(code)) for mark, code in acknowledged.items()}
    counts = {
        "stored": len(stored),
        "lost": sum(stored[mark] == 0 for mark in acknowledged),
        "doubled": sum(times > 1 for times in stored.values()),
        "other_code": sum(code_of_mark.get(mark, code) != code for mark, code in hashes.items()),
        "half": half(),
        "taken_wrongly": wrongly_taken(given["taken"]),
    }
    print(json.dumps(counts))


def half() -> int:
    """Rows that should not stand without others."""
    from django.db.models import Count, Exists, OuterRef, Q  # noqa: PLC0415

    from turvaverkko.access.models import Matter  # noqa: PLC0415
    from turvaverkko.guidance.models import ContactDetails, ContactRequest, Draft  # noqa: PLC0415
    from turvaverkko.trail.models import LogEntry  # noqa: PLC0415
    from turvaverkko.work.models import WorkItem  # noqa: PLC0415

    requests = ContactRequest._base_manager
    asked = LogEntry.objects.filter(kind="guidance.ask", subject_id=OuterRef("public_id"))
    contact = ContactDetails._base_manager.filter(request=OuterRef("pk"))
    return sum(
        rows.count()
        for rows in (
            WorkItem._base_manager.annotate(n=Count("deadlines")).filter(Q(request=None) | Q(n=0)),
            requests.filter(~Exists(contact) | ~Exists(asked)),
            Matter._base_manager.filter(kind="anonymous-request", requests=None),
            Draft.objects.filter(sent=None, sent_at__isnull=False),
        )
    )


def wrongly_taken(ids: list[str]) -> int:
    """Requests of a race that have nobody, or were taken more than once."""
    from turvaverkko.guidance.models import ContactRequest  # noqa: PLC0415
    from turvaverkko.trail.models import LogEntry  # noqa: PLC0415

    rows = ContactRequest._base_manager.filter(public_id__in=ids).select_related("item")
    takes = [LogEntry.objects.filter(kind="guidance.take", subject_id=row.public_id).count() for row in rows]
    without = sum(row.item.assignee_id is None for row in rows)
    return without + sum(times != 1 for times in takes) + len(ids) - len(takes)


if __name__ == "__main__":
    main()
