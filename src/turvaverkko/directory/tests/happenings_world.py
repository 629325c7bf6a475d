"""Happenings of the small county, as seen on a Monday morning in November: one of each sort."""

from datetime import date, time
from typing import Final

from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import Happening, HappeningChange, Place
from turvaverkko.directory.tests.pages_world import happening, place
from turvaverkko.organisation.models import Municipality

MORNING: Final = (time(10), time(12))
MAY: Final = date(2027, 5, 31)


def build() -> None:
    """Make the happenings, on top of `pages_world.build`."""
    happening(
        "perhekahvila",
        "Tiistain perhekahvila",
        ("week", date(2026, 11, 10), date(2026, 12, 15), *MORNING),
        place="tupa",
        min_age=0,
        max_age=6,
        phone="000 555 401",
        texts={"sv": {"name": "Tisdagens familjecafé", "summary": "Öppet."}},
    )
    change("perhekahvila", date(2026, 11, 24), "cancelled", note={"fi": "Vesivahinko.", "sv": "Vattenskada."})
    change("perhekahvila", date(2026, 12, 1), "moved", new_day=date(2026, 12, 2), place="nurkka")
    happening(
        "laksytupa",
        "Läksytupa",
        ("week", date(2026, 11, 16), MAY, time(14), time(16)),
        place="nurkka",
        min_age=7,
        max_age=12,
        languages=["fi", "so"],
        charge="chargeable",
    )
    happening(
        "yokyopelit",
        "Yökyöpelit",
        *(("week", date(2026, 11, 16 + day), date(2026, 12, 20), time(21), time(22, 30)) for day in range(7)),
        online_url="https://perhetupa.example/linja",
    )
    happening(
        "hoitaja-tuvalla",
        "Hoitaja Tuvalla",
        ("once", date(2026, 11, 26), None, time(13), time(15)),
        ("once", date(2026, 11, 12), None, time(13), time(15)),
        place="tupa",
        kind="outreach",
        specialty="public-health-nurse",
    )
    later = happening(
        "joulujuhla",
        "Saaren joulujuhla",
        ("once", date(2026, 12, 12), None, time(14), time(16)),
        kind="party",
        municipality=Municipality.objects.get(slug="kempele"),
        sign_up="needed",
        sign_up_url="https://juhla.example/mukaan",
    )
    happening(
        "syyskerho",
        "Syyskerho",
        ("week", date(2026, 9, 3), date(2026, 11, 19), *MORNING),
        place="tupa",
        successor=later,
    )
    secret = place("salainen", "Salainen talo", "liminka", street="Salakatu 0", confidential=True)
    happening(
        "salakerho", "Salakerho", ("week", date(2026, 11, 23), MAY, *MORNING), place=secret.slug, min_age=1
    )


def change(slug: str, day: date, kind: str, *, place: str = "", **values: object) -> None:
    """Change one day of a happening and lay it out again."""
    row = Happening.objects.get(slug=slug)
    where = Place.objects.get(slug=place) if place else None
    HappeningChange.objects.create(happening=row, day=day, kind=kind, place=where, **values)
    lay_out(row)
