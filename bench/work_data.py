"""A county's work at full size, made with a seed: 200,000 items, 12,000 of them open, and 1,000,000 grants.

PostgreSQL only (COPY). The sizes are those of design QUALITY ("county"); every name is made up.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

ITEMS, OPEN, GRANTS, UNITS, STAFF = 200_000, 12_000, 1_000_000, 60, 400
# One consultant takes part in this many matters: the role for which permission costs most.
GRANTS_OF_ONE = 20_000
KIND = "guidance.request"
STATES = ("new", "taken", "in_contact", "waiting_family")
TOPICS = ("uni-ja-jaksaminen", "ero", "vanhemmuus", "mielenterveys", "vauva")


@dataclass
class Made:
    """What was made, by its keys.

    Attributes:
        staff: key of the account by role name: "guide", "lead", "director", "specialist", "consultant"
            (a specialist with very many grants).
    """

    units: list[int] = field(default_factory=list)
    staff: dict[str, int] = field(default_factory=dict)
    everybody: list[int] = field(default_factory=list)


def make(seed: int = 20261122, *, tidy: str = "VACUUM ANALYZE") -> Made:
    """Fill an empty, migrated database; return who is who.

    Args:
        seed: the same seed makes the same county.
        tidy: what makes the planner know it; "ANALYZE" inside a transaction of a test.
    """
    from django.db import connection, transaction  # noqa: PLC0415

    pick = random.Random(seed)
    now = datetime.now(UTC)
    with transaction.atomic():
        made = _people()
        with connection.cursor() as cursor:
            # The keys are right by construction: to check three million of them would take a minute.
            cursor.execute("SET LOCAL session_replication_role = replica")
            _copy(cursor, "access_matter", _matters(pick, made, now))
            _copy(cursor, "work_workitem", _items(pick, made, now))
            _copy(cursor, "work_deadline", _deadlines(pick, now))
            _copy(cursor, "access_grant", _grants(pick, made, now))
            for table in ("access_matter", "work_workitem", "work_deadline", "access_grant"):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                    [table, GRANTS if table == "access_grant" else ITEMS],
                )
    with connection.cursor() as cursor:
        cursor.execute(tidy)
    return made


def _people() -> Made:
    from turvaverkko.organisation.models import County, Organisation, RoleAssignment, Staff, Unit  # noqa: PLC0415
    from turvaverkko.work.models import Route  # noqa: PLC0415

    county = County.objects.create(code="99", slug="mittala", name_fi="Mittalan hyvinvointialue")
    house = Organisation.objects.create(slug="mittala-hva", kind="county", name_fi="Mittala", county=county)
    duty = Unit.objects.create(slug="mittala-0", name_fi="Palveluohjaus", organisation=house)
    others_units = Unit.objects.bulk_create(
        Unit(slug=f"mittala-{n}", name_fi=f"Yksikkö {n}", organisation=house, parent=duty if n < 7 else None)
        for n in range(1, UNITS)
    )
    units = [duty, *others_units]
    staff = Staff.objects.bulk_create(
        Staff(email=f"t{n}@example.invalid", display_name=f"Testi {n}") for n in range(STAFF)
    )
    guide, lead, director, specialist, consultant, *others = staff
    roles = [
        RoleAssignment(staff=guide, role="service-guide", unit=units[1]),
        RoleAssignment(staff=lead, role="unit-lead", unit=duty),
        RoleAssignment(staff=director, role="unit-lead", organisation=house),
        RoleAssignment(staff=specialist, role="specialist-consultant", unit=units[40]),
        RoleAssignment(staff=consultant, role="specialist-consultant", unit=units[41]),
    ]
    for n, somebody in enumerate(others):
        role = ("service-guide", "worker", "worker", "worker", "unit-lead")[n % 5]
        roles.append(RoleAssignment(staff=somebody, role=role, unit=units[n % UNITS]))
    RoleAssignment.objects.bulk_create(roles)
    Route.objects.create(kind=KIND, county=county, unit=duty)
    names = {"guide": guide, "lead": lead, "director": director, "specialist": specialist}
    known = {name: person.pk for name, person in names.items()} | {"consultant": consultant.pk}
    return Made([unit.pk for unit in units], known, [person.pk for person in staff])


Row = dict[str, Any]


def _matters(pick: random.Random, made: Made, now: datetime) -> Iterator[Row]:
    from turvaverkko.organisation.models import Organisation  # noqa: PLC0415

    controller = Organisation.objects.get(slug="mittala-hva").pk
    levels = _levels()
    for number in range(1, ITEMS + 1):
        yield {
            "id": number,
            "public_id": _public_id(pick),
            "kind": "request",
            "confidentiality": levels[number - 1],
            "opened_at": now - timedelta(days=number % 1500),
            "closed_at": None,
            "controller_id": controller,
            "unit_id": unit_of(made, number),
        }


def _levels() -> list[int]:
    """How closely each matter, and so its item, is kept: one in a hundred is hidden."""
    return random.Random(7).choices((1, 2, 3), (94, 5, 1), k=ITEMS)


def unit_of(made: Made, number: int) -> int:
    """The unit of matter and item `number`: the first units have the most, as towns do."""
    return made.units[min((number * 7919) % 97, (number * 104_729) % UNITS)]


def _items(pick: random.Random, made: Made, now: datetime) -> Iterator[Row]:
    levels = _levels()
    first_open = ITEMS - OPEN
    for number in range(1, ITEMS + 1):
        is_open = number > first_open
        paused = is_open and number % 9 == 0
        yield {
            "id": number,
            "public_id": _public_id(pick),
            "kind": KIND,
            "state": pick.choice(STATES) if is_open else "resolved",
            "confidentiality": levels[number - 1],
            "priority": 1 if number % 50 == 0 else 2 if number % 10 == 0 else 3,
            "municipality": "oulu",
            "topic": pick.choice(TOPICS),
            "language": "fi",
            "channel": "web",
            "next_due": due_of(number, now) if is_open and not paused else None,
            "opened_at": now - timedelta(days=1 + number % 30),
            "closed_at": None if is_open else now - timedelta(days=number % 1400),
            "outcome": "" if is_open else "advised",
            "assignee_id": pick.choice(made.everybody) if number % 3 else None,
            "matter_id": number,
            "unit_id": unit_of(made, number),
        }


def due_of(number: int, now: datetime) -> datetime:
    """When the promise of an open item ends: about one in twelve is late."""
    return now + timedelta(minutes=(number * 37) % 5760 - 480)


def _deadlines(pick: random.Random, now: datetime) -> Iterator[Row]:
    first_open = ITEMS - OPEN
    for number in range(1, ITEMS + 1):
        is_open = number > first_open
        due = due_of(number, now) if is_open else now - timedelta(days=number % 1400)
        paused = is_open and number % 9 == 0
        missed = not is_open and number % 40 == 0
        yield {
            "id": number,
            "policy": "contact-promise",
            "policy_version": 1,
            "counted_in": "office_days",
            "may_pause": True,
            "started_at": due - timedelta(days=3),
            "due_at": due,
            "last_day": due.date(),
            "promised_day": None,
            "half_day": (due - timedelta(days=2)).date(),
            "near_day": (due - timedelta(days=1)).date(),
            "met_at": None if is_open else due + timedelta(hours=1 if missed else -pick.randrange(40)),
            "dropped_at": None,
            "drop_reason": "",
            "paused_at": now - timedelta(hours=5) if paused else None,
            "pause_reason": "waiting-family" if paused else "",
            "paused_until": None,
            "days_paused": 0,
            "breached_at": due if missed else None,
            "breach_reason": "queue" if missed and number % 80 else "",
            "item_id": number,
        }


def _grants(pick: random.Random, made: Made, now: datetime) -> Iterator[Row]:
    """Grants of the many, and at the end those of the one consultant who takes part everywhere."""
    for number in range(1, GRANTS + 1):
        of_one = number > GRANTS - GRANTS_OF_ONE
        to_unit = not of_one and number % 20 == 0
        ended = pick.random() < (0.1 if of_one else 0.7)
        began = now - timedelta(days=1 + pick.randrange(1000))
        yield {
            "id": number,
            "level": pick.choice((1, 1, 2, 3)),
            "basis": "consultation" if of_one else "unit" if to_unit else "assigned",
            "law": "",
            "starts_at": began,
            "ends_at": began + timedelta(hours=12) if ended else None,
            "given_by": "system:bench",
            "staff_id": made.staff["consultant"]
            if of_one
            else None
            if to_unit
            else pick.choice(made.everybody),
            "unit_id": pick.choice(made.units) if to_unit else None,
            "matter_id": (number * 31) % ITEMS + 1,
        }


def make_requests(seed: int = 20261122) -> None:
    """Give every open item its request with contact details, so that whole pages can be drawn."""
    from django.db import connection, transaction  # noqa: PLC0415

    pick = random.Random(seed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        _copy(cursor, "guidance_contactrequest", _requests(pick))
        _copy(cursor, "guidance_contactdetails", _contacts())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE guidance_contactrequest, guidance_contactdetails")


WORDS = (
    "Vauva herää kymmenen kertaa yössä, ja olen aivan loppu. En tiedä, mistä aloittaa.",
    "Eroamme. Miten asiasta kerrotaan lapsille, ja kuka auttaa sopimaan?",
    "Seitsemäsluokkalainen ei ole käynyt koulussa kahteen viikkoon.",
    "Taapero raivoaa joka ilta. Onko tämä vielä tavallista?",
)


def _requests(pick: random.Random) -> Iterator[Row]:
    from turvaverkko.core import secrets  # noqa: PLC0415

    now = datetime.now(UTC)
    for number in range(ITEMS - OPEN + 1, ITEMS + 1):
        yield {
            "id": number,
            "public_id": _public_id(pick),
            "code_hash": f"{number:064x}",
            "kind": "advice",
            "asker": "parent",
            "child_age": "toddler",
            "urgency": "this-week",
            "way": ("call", "mail", "code")[number % 3],
            "words": secrets.encrypt(WORDS[number % len(WORDS)]),
            "language": ("fi", "fi", "fi", "sv", "ar")[number % 5],
            "needs_interpreter": number % 5 == 4,
            "danger_words": "",
            "received_at": now - timedelta(days=1 + number % 30),
            "resolution": "",
            "outcome": "",
            "is_identified": False,
            "matter_id": number,
            "item_id": number,
        }


def _contacts() -> Iterator[Row]:
    from turvaverkko.core import secrets  # noqa: PLC0415

    for number in range(ITEMS - OPEN + 1, ITEMS + 1):
        yield {
            "id": number,
            "name": secrets.encrypt(f"Perhe {number}"),
            "phone": secrets.encrypt("+358 40 000 0000"),
            "email": "",
            "call_hours": "13-16",
            "may_leave_message": False,
            "do_not_contact": False,
            "purged_at": None,
            "request_id": number,
        }


def _public_id(pick: random.Random) -> str:
    return f"{pick.getrandbits(64):016x}"


def _copy(cursor: Any, table: str, rows: Iterator[Row]) -> None:
    first = next(rows)
    columns = ", ".join(first)
    with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write_row(tuple(first.values()))
        for row in rows:
            copy.write_row(tuple(row.values()))
