"""What packs write: hours and the map from national descriptions to situations."""

from datetime import time

import pytest

from turvaverkko.directory.loading.hours import faults, rules, weekdays
from turvaverkko.directory.loading.situation_map import Placed, fits, placed
from turvaverkko.directory.opening import ALWAYS, BY_APPOINTMENT, EXCEPTION


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("mon,wed", (0, 2)),
        ("mon,wed-fri", (0, 2, 3, 4)),
        ("fri,mon", (0, 4)),
        ("sat-mon", (0, 5, 6)),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6)),
        ("tue,tue", (1,)),
    ],
)
def test_weekdays(written: str, days: tuple[int, ...]) -> None:
    assert weekdays(written) == days


def test_hours_of_a_pack_become_rows() -> None:
    found = rules(
        [
            {"days": "mon,tue", "from": "08:00", "to": "15:00"},
            {"days": "fri", "from": "20:00", "to": "24:00", "open_on_holidays": True},
            {"always": True},
            {"days": "thu", "by_appointment": True},
            {"date": "2026-12-23", "from": "08:00", "to": "12:00"},
            {"date": "2026-12-24", "closed": True},
        ]
    )
    assert [(row.kind, row.weekday) for row in found] == [
        ("regular", 0),
        ("regular", 1),
        ("regular", 4),
        (ALWAYS, None),
        (BY_APPOINTMENT, 3),
        (EXCEPTION, None),
        (EXCEPTION, None),
    ]
    assert found[0].closed_on_holidays
    assert not found[2].closed_on_holidays
    assert found[2].closes == time(0)
    assert found[6].closed


def test_hours_that_end_before_they_begin_need_to_say_so() -> None:
    assert list(faults([{"days": "mon", "from": "15:00", "to": "08:00"}])) == [(1, "15:00–08:00")]
    assert list(faults([{"days": "mon", "from": "20:00", "to": "02:00", "over_midnight": True}])) == []
    assert list(faults([{"days": "mon", "from": "20:00", "to": "24:00"}])) == []


def described(name: str, *, classes: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> dict[str, object]:
    return {"texts": {"name": {"fi": name}}, "classes": classes, "groups": groups, "events": ()}


def test_a_class_rule_reaches_subclasses_and_nothing_that_only_looks_alike() -> None:
    rule = {"classes": ["P3"]}
    assert fits(rule, described("Perhetyö", classes=("P3.6",)))
    assert not fits(rule, described("Muu", classes=("P30",)))


def test_a_word_rule_looks_at_beginnings_of_words() -> None:
    rule = {"words": ["perhe"], "not_words": ["perhehoi"]}
    assert fits(rule, described("Lasten ja perheiden palvelut"))
    assert not fits(rule, described("Suurperhe"))
    assert not fits(rule, described("Perhehoito"))


def test_rules_that_fit_are_joined() -> None:
    where = placed(
        described("Perheneuvola", classes=("P3.7",)),
        [
            {"classes": ["P3"], "for_families": True, "situations": ["mieli"]},
            {"words": ["perhen"], "situations": ["mieli", "uni-ja-jaksaminen"], "ages": [0, 12]},
            {"classes": ["P3.7"], "ages": [3, 17]},
            {"classes": ["P9"], "situations": ["irti"]},
        ],
    )
    assert where == Placed(("mieli", "uni-ja-jaksaminen"), for_families=True, min_age=0, max_age=17)


def test_what_no_rule_fits_is_for_nobody_in_particular() -> None:
    assert placed(described("Jätehuolto"), [{"classes": ["P3"], "for_families": True}]) == Placed()
