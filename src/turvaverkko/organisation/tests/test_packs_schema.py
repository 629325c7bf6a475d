"""Each rule of a schema has a sentence that says what to write instead."""

from typing import Any

import pytest

from turvaverkko.organisation.packs.schema import faults
from turvaverkko.organisation.packs.shapes import HOURS, TIME, TRANSLATED, entry_schema


@pytest.mark.parametrize(
    ("rule", "value", "sentence"),
    [
        ({"type": "string"}, 5, "Arvon ”5” pitää olla teksti. Kirjoita se lainausmerkkeihin."),
        ({"type": "string"}, ["a"], "Arvon ”['a']” pitää olla teksti."),
        ({"type": ["integer", "null"]}, "x", "Arvon ”x” pitää olla kokonaisluku tai tyhjä."),
        ({"type": "boolean"}, "yes", "Arvon ”yes” pitää olla true tai false."),
        ({"enum": ["free", "varies"]}, "fre", "”fre” ei käy. Sallitut: free, varies. Tarkoititko ”free”?"),
        ({"enum": ["free", "varies"]}, "xyz", "”xyz” ei käy. Sallitut: free, varies."),
        ({"format": "date"}, "22.11.2026", "”22.11.2026” ei ole päivä. Kirjoita se muodossa 2026-11-22."),
        ({"format": "time"}, "9 aamulla", "”9 aamulla” ei ole kellonaika. Kirjoita se muodossa 08:30."),
        ({"format": "time"}, "08:30+02:00", "”08:30+02:00” ei ole kellonaika. Kirjoita se muodossa 08:30."),
        (
            {"pattern": "^[a-z]+$"},
            "Ä",
            "”Ä” on väärää muotoa. Käytä pieniä kirjaimia a–z, numeroita ja yhdysviivaa.",
        ),
        (
            {"pattern": "^[0-9]{5}$", "x-advice": "Viisi numeroa."},
            "1",
            "”1” on väärää muotoa. Viisi numeroa.",
        ),
        ({"maxLength": 3}, "abcd", "Teksti on liian pitkä: enintään 3 merkkiä, nyt 4."),
        ({"maxLength": 1}, "ab", "Teksti on liian pitkä: enintään 1 merkki, nyt 2."),
        ({"minLength": 1}, "", "Teksti on tyhjä tai liian lyhyt. Täydennä se."),
        ({"minItems": 2}, ["a"], "Luettelossa pitää olla vähintään 2 kohta."),
        ({"maxItems": 1}, ["a", "b"], "Luettelossa saa olla enintään 1 kohtaa."),
        ({"minimum": 1}, 0, "Luvun pitää olla vähintään 1."),
        ({"maximum": 9}, 10, "Luku saa olla enintään 9."),
        ({"uniqueItems": True}, ["a", "a"], "Sama kohta on luettelossa kahdesti. Poista toinen."),
        ({"const": "county"}, "area", "Arvon pitää olla ”county”."),
        ({"anyOf": [{"type": "null"}, {"maximum": 3}]}, 4, "Luku saa olla enintään 3."),
        ({"multipleOf": 5}, 7, "Tieto ei vastaa sääntöä: 7 is not a multiple of 5."),
        ({"type": "integer"}, "x" * 100, "Arvon ”" + "x" * 60 + "…” pitää olla kokonaisluku."),
    ],
)
def test_every_rule_has_a_sentence(rule: dict[str, Any], value: object, sentence: str) -> None:
    (fault,) = faults({"here": value}, {"properties": {"here": rule}})
    assert (fault.field, fault.message) == ("here", sentence)


def test_places_inside_lists_are_counted_from_one() -> None:
    schema = entry_schema([], channels={"type": "array", "items": entry_schema(["number"], number=TIME)})
    (fault,) = faults({"channels": [{"number": "08:00"}, {}]}, schema)
    assert (fault.field, fault.message) == ("channels.2.number", "Tieto puuttuu. Lisää se.")


def test_every_missing_and_every_unknown_field_is_told() -> None:
    schema = entry_schema(["slug", "name"], slug={}, name={}, phone={})
    found = {(fault.field, fault.message) for fault in faults({"phon": 1, "x": 2}, schema)}
    assert found == {
        ("slug", "Tieto puuttuu. Lisää se."),
        ("name", "Tieto puuttuu. Lisää se."),
        ("phon", "Tuntematon kenttä. Poista se tai korjaa nimi. Tarkoititko ”phone”?"),
        ("x", "Tuntematon kenttä. Poista se tai korjaa nimi."),
    }


@pytest.mark.parametrize(
    ("hours", "good"),
    [
        ([{"days": "mon-fri", "from": "08:00", "to": "15:00"}], True),
        ([{"days": "mon,wed", "from": "08:00", "to": "15:00", "by_appointment": True}], True),
        ([{"always": True}], True),
        ([{"date": "2026-12-24", "closed": True}], True),
        ([{"days": "ma-pe", "from": "08:00", "to": "15:00"}], False),
        ([{"days": "mon", "from": "8:00", "to": "15:00"}], False),
        ([{"days": "mon", "from": "25:00", "to": "26:00"}], False),
        ("mon-fri 8-15", False),
    ],
)
def test_opening_hours(hours: object, good: bool) -> None:
    assert (not faults(hours, HOURS)) is good


def test_a_translated_text_has_finnish_and_known_languages() -> None:
    assert not faults({"fi": "Apua", "ar": "مساعدة"}, TRANSLATED)
    assert [fault.field for fault in faults({"en": "Help"}, TRANSLATED)] == ["fi"]
    assert [fault.field for fault in faults({"fi": "Apua", "xx": "?"}, TRANSLATED)] == ["xx"]
