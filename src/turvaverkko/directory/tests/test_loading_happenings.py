"""`happenings/*.yaml`: times become rows, faults are told row by row, what vanished is put away."""

from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.models import Happening, HappeningTime, Occurrence, Text
from turvaverkko.directory.tests.conftest import Broken, change
from turvaverkko.organisation.api import apply_pack

FILE = "happenings/happenings.yaml"
NOW = datetime(2026, 11, 23, 9, tzinfo=HELSINKI)
CONTENT = """\
- slug: kajaanin-kahvila
  kind: open
  organisation: kajaani-kunta
  place: tupa-kajaani
  ages: [0, 6]
  charge: free
  languages: [fi]
  situations: [odotus-ja-vauva]
  times:
  - {every: week, days: 'mon,thu', first: 2026-11-17, last: 2026-12-10, from: "09:30", to: "11:30"}
  changes:
  - {day: 2026-11-30, cancelled: true, note: {fi: Vesivahinko.}}
  - {day: 2026-12-03, moved_to: 2026-12-04, from: "13:00", to: "15:00"}
  text:
    fi: {name: Kajaanin kahvila, summary: Ovi on auki., good_to_know: [Kahvi on pannussa.]}
    en: {name: Kajaani café}
  confirmed: 2026-11-10
- slug: hoitaja-tuvalla
  kind: outreach
  specialty: public-health-nurse
  organisation: kainuun-hyvinvointialue
  municipality: kajaani
  times:
  - {date: 2026-11-28, from: "22:00", to: "01:00", over_midnight: true}
  text:
    fi: {name: Hoitaja tuvalla, summary: Kysy mistä vain.}
  successor: kajaanin-kahvila
"""


@pytest.fixture(autouse=True)
def _happenings(pack: Path) -> None:
    (pack / FILE).parent.mkdir()
    (pack / FILE).write_text(CONTENT, encoding="utf-8")


def told(slug: str) -> list[str]:
    rows = Occurrence.objects.filter(happening__slug=slug)
    return [f"{row.starts_at.astimezone(HELSINKI):%d.%m. %H.%M} {row.state}" for row in rows]


@time_machine.travel(NOW, tick=False)
def test_a_happening_is_loaded_whole(kainuu: Path) -> None:
    cafe = Happening.objects.get(slug="kajaanin-kahvila")
    assert (cafe.state, cafe.source, cafe.kind) == ("published", "pack:20", "open")
    assert cafe.place is not None
    assert cafe.place.slug == "tupa-kajaani"
    assert list(cafe.terms.values_list("code", flat=True)) == ["odotus-ja-vauva"]
    assert HappeningTime.objects.filter(happening=cafe).count() == 2
    assert told("kajaanin-kahvila") == [
        "19.11. 09.30 planned",
        "23.11. 09.30 planned",
        "26.11. 09.30 planned",
        "30.11. 09.30 cancelled",
        "04.12. 13.00 moved",
        "07.12. 09.30 planned",
        "10.12. 09.30 planned",
    ]
    visit = Happening.objects.get(slug="hoitaja-tuvalla")
    assert visit.successor == cafe
    assert visit.municipality is not None
    night = visit.occurrences.get()
    assert (night.ends_at - night.starts_at).total_seconds() == 3 * 3600


def test_applying_twice_changes_nothing(kainuu: Path) -> None:
    before = [list(model._default_manager.order_by("pk").values()) for model in (Happening, Occurrence, Text)]
    assert not apply_pack(kainuu).changed
    assert before == [
        list(model._default_manager.order_by("pk").values()) for model in (Happening, Occurrence, Text)
    ]


@time_machine.travel(NOW, tick=False)
def test_a_changed_entry_keeps_its_name_and_its_times_follow(kainuu: Path) -> None:
    before = Happening.objects.get(slug="kajaanin-kahvila")
    change(kainuu / FILE, "days: 'mon,thu'", "days: 'tue,thu'")
    change(kainuu / FILE, "  - {day: 2026-11-30, cancelled: true, note: {fi: Vesivahinko.}}\n", "")
    assert apply_pack(kainuu).kinds["happenings"].changed == 1
    assert Happening.objects.get(slug="kajaanin-kahvila").public_id == before.public_id
    # What has been stays as it was told; this morning's time has not begun yet.
    assert [line[:6] for line in told("kajaanin-kahvila")] == [
        "17.11.", "19.11.", "24.11.", "26.11.", "01.12.", "04.12.", "08.12.", "10.12.",
    ]  # fmt: skip


def test_what_vanished_is_archived_and_what_an_editor_hid_stays_hidden(kainuu: Path) -> None:
    Happening.objects.filter(slug="kajaanin-kahvila").update(state="hidden")
    whole = (kainuu / FILE).read_text(encoding="utf-8")
    shortened = whole[: whole.index("- slug: hoitaja")].replace("Ovi on auki.", "Ovi on raollaan.")
    (kainuu / FILE).write_text(shortened, encoding="utf-8")
    assert apply_pack(kainuu).kinds["happenings"].ended == 1
    states = dict(Happening.objects.values_list("slug", "state"))
    assert states == {"kajaanin-kahvila": "hidden", "hoitaja-tuvalla": "archived"}


def test_a_pack_without_happenings_leaves_them_alone(kainuu: Path) -> None:
    (kainuu / FILE).unlink()
    apply_pack(kainuu)
    assert set(Happening.objects.values_list("state", flat=True)) == {"published"}


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("place: tupa-kajaani", "place: ei-ole", "place", "ei-ole"),
        ("organisation: kajaani-kunta", "organisation: tuntematon", "organisation", "tuntematon"),
        ("ages: [0, 6]", "ages: [9, 6]", "ages", "Vaihda järjestys"),
        ("last: 2026-12-10", "last: 2026-11-01", "times.1", "päättyy ennen kuin alkaa"),
        ("last: 2026-12-10", "last: 2028-12-10", "times.1", "yli vuoden"),
        ("last: 2026-12-10", "last: 2026-11-18", "times.1", "ei ole yhtään päivää"),
        ('to: "11:30"', 'to: "08:30"', "times.1", "09:30–08:30"),
        ('to: "11:30"', 'to: "puoli"', "times.1.to", "09:30"),
        ("day: 2026-11-30", "day: 2026-12-01", "changes.1", "Sarjassa ei ole päivää 2026-12-01"),
        ("day: 2026-12-03", "day: 2026-11-30", "changes.2", "on jo muutos"),
        ("cancelled: true, note", "note", "changes.1", "cancelled: true tai"),
        ("  specialty: public-health-nurse\n", "", "specialty", "minkä alan"),
        ("kind: open", "kind: open\n  specialty: midwife", "specialty", "vain jalkautumisesta"),
        ("successor: kajaanin-kahvila", "successor: hoitaja-tuvalla", "successor", "tapahtuma itse"),
        ("successor: kajaanin-kahvila", "successor: muualla", "successor", "muualla"),
        ("situations: [odotus-ja-vauva]", "situations: [ei-ole]", "situations", "ei-ole"),
        ("kind: open", "kind: disko", "kind", "disko"),
    ],
)
def test_a_fault_is_told_with_its_row_and_field(
    faults_of: Broken, old: str, new: str, at: str, said: str
) -> None:
    found = faults_of(FILE, old, new)
    assert len(found) == 1, found
    assert FILE in found[0]
    assert at in found[0]
    assert said in found[0]
    assert not Happening.objects.exists()
