"""Figures of a whole country, made with a seed: 308 municipalities × 12 years × 500 indicators, and larger areas.

Every figure is made up. Names are numbers; the map of tiles has all municipalities, which is more than a county's.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

SEED: Final = 20261122
MUNICIPALITIES, COUNTIES, REGIONS, SERVICE_AREAS = 308, 22, 19, 4
YEARS: Final = range(2012, 2024)
INDICATORS: Final = 500
# Goals with as many indicators each as the county's own table has in all (86), evenly.
GOALS, INDICATORS_OF_GOAL = 12, 7
HOST: Final = "county:1"
COLUMNS: Final = (
    "indicator_id", "area_id", "period", "period_kind", "period_start", "period_end", "period_order", "group",
    "value", "qualifier", "status", "origin", "footnote_fi", "source_key", "written_at", "entered_by", "approved_by",
)  # fmt: skip


def make(indicators: int = INDICATORS, *, tidy: str = "") -> str:
    """Fill an empty, migrated database; return the address of the account that reads.

    Args:
        indicators: how many.
        tidy: what makes the planner know it; "ANALYZE" inside a transaction of a test.
    """
    _areas()
    add(1, indicators, tidy)
    _goals()
    return _reader()


def add(first: int, last: int, tidy: str = "") -> None:
    """Add the indicators numbered so, with their notes and all their figures."""
    from django.db import connection  # noqa: PLC0415

    from turvaverkko.indicators.models import Indicator, QualityNote, StatisticalArea  # noqa: PLC0415

    pick = random.Random(SEED + first)
    made = Indicator.objects.bulk_create(
        Indicator(
            code=f"mittari-{n}",
            name_fi=f"Lasten ja nuorten mittari {n}",
            unit_fi=("%", "kpl", "käyntiä / 1 000 as.")[n % 3],
            decimals=1,
            source="sotkanet",
            source_name_fi="Sotkanet",
            direction=("up", "down", "neither")[n % 3],
            target=Decimal(50) if n % 2 else None,
            sotkanet_id=n,
            sotkanet_title_fi=f"Mittari {n}",
            sotkanet_verified=n % 5 > 0,
            order=n,
        )
        for n in range(first, last + 1)
    )
    QualityNote.objects.bulk_create(
        QualityNote(
            indicator=one,
            code="note",
            kind=("break", "time", "coverage")[one.order // 3 % 3],
            at=date(2018, 1, 1) if one.order // 3 % 3 == 0 else None,
            text_fi="Kirjaaminen muuttui, tai kaikki eivät ole ilmoittaneet.",
        )
        for one in made
        if one.order % 3 == 0
    )
    areas = list(StatisticalArea.objects.order_by("pk").values_list("pk", "kind"))
    _write(row for one in made for row in _figures(one, areas, pick))
    with connection.cursor() as cursor:
        cursor.execute(tidy or ("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE"))


def _areas() -> None:
    from turvaverkko.indicators.models import Population, StatisticalArea  # noqa: PLC0415

    StatisticalArea.objects.create(code="country:fi", kind="country", name_fi="Suomi")
    counties = StatisticalArea.objects.bulk_create(
        StatisticalArea(code=f"county:{n}", kind="county", name_fi=f"Hyvinvointialue {n}")
        for n in range(1, COUNTIES + 1)
    )
    others = StatisticalArea.objects.bulk_create(
        [
            *(
                StatisticalArea(code=f"region:{n}", kind="region", name_fi=f"Maakunta {n}")
                for n in range(1, REGIONS + 1)
            ),
            *(
                StatisticalArea(code=f"service-area:{n}", kind="service-area", name_fi=f"Palvelualue {n}")
                for n in range(1, SERVICE_AREAS + 1)
            ),
        ]
    )
    municipalities = StatisticalArea.objects.bulk_create(
        StatisticalArea(
            code=f"municipality:{n}",
            kind="municipality",
            name_fi=f"Kunta {n}",
            parent=counties[n % COUNTIES],
            tile_column=n % 18,
            tile_row=n // 18,
        )
        for n in range(1, MUNICIPALITIES + 1)
    )
    Population.objects.bulk_create(
        Population(area=area, year=year, number=1000 + area.pk, source="seed")
        for area in (*counties, *others, *municipalities)
        for year in YEARS
    )


def _figures(indicator: Any, areas: list[tuple[int, str]], pick: random.Random) -> Iterator[tuple[Any, ...]]:
    """One a year and area from the source; of the followed also two of a region as a report printed them."""
    now = datetime(2026, 11, 1, tzinfo=UTC)
    is_followed = indicator.order <= GOALS * INDICATORS_OF_GOAL
    own = next(area for area, kind in areas if kind == "region")
    for area, _kind in areas:
        level = pick.uniform(20, 80)
        for year in YEARS:
            value = None if pick.random() < 0.02 else round(level + pick.uniform(-5, 5), 1)
            when = (f"{year}", "year", date(year, 1, 1), date(year, 12, 31), 0, "")
            rest = (now, "", "")
            yield (indicator.pk, area, *when, value, "", "final", "fetched", "", "", *rest)
            if is_followed and area == own and year >= YEARS[-2]:
                yield (
                    indicator.pk,
                    area,
                    *when,
                    value,
                    "",
                    "final",
                    "reported",
                    "",
                    f"seed:{indicator.pk}:{year}",
                    *rest,
                )


def _write(rows: Iterator[tuple[Any, ...]]) -> None:
    from django.db import connection, transaction  # noqa: PLC0415

    names = ", ".join(f'"{name}"' for name in COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY indicators_figure ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(COLUMNS))
        # Past Django, which would look at every statement: two million rows are one statement here.
        connection.connection.executemany(
            f"INSERT INTO indicators_figure ({names}) VALUES ({marks})",  # noqa: S608 - names of ours
            ([str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows),
        )


def _goals() -> None:
    from django.conf import settings  # noqa: PLC0415

    from turvaverkko.evaluation.models import Goal, GoalIndicator, Round  # noqa: PLC0415
    from turvaverkko.indicators.models import Indicator  # noqa: PLC0415
    from turvaverkko.organisation.models import County  # noqa: PLC0415

    county = County.objects.create(code="1", slug=settings.COUNTY_PACK.name, name_fi="Mittala")
    goals = Goal.objects.bulk_create(
        Goal(county=county, code=f"tavoite-{n}", kind="process", name_fi=f"Tavoite {n}", order=n)
        for n in range(1, GOALS + 1)
    )
    followed = list(Indicator.objects.order_by("order")[: GOALS * INDICATORS_OF_GOAL])
    GoalIndicator.objects.bulk_create(
        GoalIndicator(goal=goals[place % GOALS], indicator=one, order=place)
        for place, one in enumerate(followed)
    )
    for month in (11, 12):
        Round.objects.create(
            county=county, code=f"2023-{month}", name=f"{month}/2023", month=date(2023, month, 1)
        )


def _reader() -> str:
    from turvaverkko.access.testing import staff, unit  # noqa: PLC0415

    return str(staff("mittaaja@example.invalid", coordinator=unit("mittala")).email)
