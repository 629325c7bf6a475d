"""What a pack says becomes rows: once, all or nothing, and what vanished is put away."""

import gzip
import json
from pathlib import Path

import pytest
from django.db import connection

from turvaverkko.directory.models import (
    Channel,
    Connection,
    CrisisLine,
    GeneralDescription,
    HoursRow,
    MeetingPlace,
    Place,
    Service,
    ServiceCoverage,
    Term,
    Text,
)
from turvaverkko.directory.tests import small_nation
from turvaverkko.directory.tests.conftest import Broken, change
from turvaverkko.organisation.api import PackRefused, apply_pack

SERVICES = "services/services.yaml"
PLACES = "places/places.yaml"


def everything() -> list[object]:
    return [
        (model._meta.label, list(model._default_manager.order_by("pk").values()))
        for model in (Service, Place, Channel, Connection, HoursRow, Text, ServiceCoverage, CrisisLine, Term)
    ]


def test_a_county_is_loaded_whole(kainuu: Path) -> None:
    clinic = Service.objects.get(slug="neuvola-kainuu")
    assert clinic.state == "published"
    assert clinic.level == "county"
    assert clinic.base is not None
    assert clinic.base.reference_code == "SOTE-0027"
    assert clinic.source == "pack:20"
    assert set(clinic.terms.values_list("code", flat=True)) == {"odotus-ja-vauva"}
    assert clinic.coverage.get().county is not None
    phone, room = clinic.connections.order_by("order")
    assert phone.channel.number == "000 555 001"
    assert phone.channel.hours.count() == 5
    assert room.channel.place == Place.objects.get(slug="tupa-kajaani")
    tupa = MeetingPlace.objects.get()
    assert tupa.family_centre is not None
    assert tupa.place.latitude == pytest.approx(64.23, abs=0.02)
    assert list(tupa.place.operators.values_list("organisation__slug", flat=True)) == [
        "kajaani-kunta",
        "kainuun-hyvinvointialue",
    ]


def test_applying_twice_changes_nothing(kainuu: Path, nation: Path) -> None:
    before = everything()
    assert not apply_pack(nation, "national").changed
    assert not apply_pack(kainuu).changed
    assert everything() == before


def test_a_changed_entry_keeps_its_public_ids_and_leaves_the_others_alone(kainuu: Path) -> None:
    service = Service.objects.get(slug="perheryhma-kajaani")
    channel = service.connections.get().channel
    other = Text.objects.get(service__slug="neuvola-kainuu", kind="name", language="fi")
    change(kainuu / SERVICES, "Kokoonnumme torstaisin.", "Kokoonnumme tiistaisin.")
    change(kainuu / SERVICES, "days: thu", "days: tue")
    report = apply_pack(kainuu)
    assert report.kinds["services"].changed == 1
    again = Service.objects.get(slug="perheryhma-kajaani")
    assert (again.pk, again.public_id) == (service.pk, service.public_id)
    assert again.changed_at is not None
    assert service.changed_at is not None
    assert again.changed_at > service.changed_at
    assert again.connections.get().channel == channel
    assert channel.hours.get().weekday == 1
    assert Text.objects.filter(pk=other.pk).exists()


def test_a_translation_is_marked_when_its_original_changes_and_stays_marked(kainuu: Path) -> None:
    change(
        kainuu / SERVICES, "Terveydenhoitaja seuraa lapsen kasvua.", "Terveydenhoitaja seuraa kasvua ja unta."
    )
    apply_pack(kainuu)
    swedish = Text.objects.get(service__slug="neuvola-kainuu", kind="summary", language="sv")
    assert swedish.translation_state == "check"
    change(kainuu / SERVICES, "ages: [0, 6]", "ages: [0, 7]")
    apply_pack(kainuu)
    swedish = Text.objects.get(service__slug="neuvola-kainuu", kind="summary", language="sv")
    assert swedish.translation_state == "check"
    change(
        kainuu / SERVICES, "Hälsovårdaren följer barnets uppväxt.", "Hälsovårdaren följer uppväxt och sömn."
    )
    apply_pack(kainuu)
    swedish = Text.objects.get(service__slug="neuvola-kainuu", kind="summary", language="sv")
    assert swedish.translation_state == "translated"


def test_what_vanished_is_archived_and_comes_back_whole(kainuu: Path) -> None:
    whole = (kainuu / SERVICES).read_text(encoding="utf-8")
    (kainuu / SERVICES).write_text(whole[: whole.index("- slug: perheryhma")], encoding="utf-8")
    (kainuu / "texts.yaml").write_text("[]\n", encoding="utf-8")
    (kainuu / "crisis_lines.yaml").write_text("[]\n", encoding="utf-8")
    report = apply_pack(kainuu)
    assert report.kinds["services"].ended == 3
    assert report.kinds["crisis-lines"].ended == 2
    assert report.kinds["layer-texts"].ended == 6
    assert Service.objects.get(slug="perheryhma-kajaani").state == "archived"
    assert not apply_pack(kainuu).changed
    (kainuu / SERVICES).write_text(whole, encoding="utf-8")
    apply_pack(kainuu)
    back = Service.objects.get(slug="perheryhma-kajaani")
    assert back.state == "published"
    assert back.texts.filter(kind="name").count() == 2


def test_a_channel_that_vanished_is_no_longer_connected(kainuu: Path) -> None:
    channels = Channel.objects.count()
    change(kainuu / SERVICES, "    - {type: location, place: tupa-kajaani}\n", "")
    apply_pack(kainuu)
    assert Service.objects.get(slug="neuvola-kainuu").connections.count() == 1
    assert Channel.objects.count() == channels


def test_what_an_editor_has_hidden_stays_hidden(kainuu: Path) -> None:
    Service.objects.filter(slug="perheryhma-kajaani").update(state="hidden")
    change(kainuu / SERVICES, "Kokoonnumme torstaisin.", "Kokoonnumme tiistaisin.")
    apply_pack(kainuu)
    assert Service.objects.get(slug="perheryhma-kajaani").state == "hidden"


def test_a_pack_without_a_file_leaves_its_rows_alone(kainuu: Path) -> None:
    (kainuu / "crisis_lines.yaml").unlink()
    apply_pack(kainuu)
    assert CrisisLine.objects.filter(archived=False).count() == 2


def test_a_killed_load_leaves_nothing(nation: Path, pack: Path) -> None:
    def die(kind: str) -> None:
        if kind == "channels":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_pack(pack, progress=die)
    assert not Service.objects.filter(source="pack:20").exists()
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        pytest.param(
            SERVICES,
            "kind: group",
            "kind: grup",
            ["services.yaml", "kohta 2", "perheryhma-kajaani", "kind", "group"],
            id="kind",
        ),
        pytest.param(
            SERVICES,
            "situations: [mieli, kotona]",
            "situations: [miell]",
            ["kohta 2", "situations", "miell", "mieli"],
            id="situation",
        ),
        pytest.param(
            SERVICES, "base: SOTE-0027", "base: SOTE-9999", ["kohta 1", "base", "SOTE-9999"], id="base"
        ),
        pytest.param(
            SERVICES,
            "organisation: kajaani-kunta",
            "organisation: kajani",
            ["organisation", "kajani"],
            id="org",
        ),
        pytest.param(
            SERVICES, "layer: [kajaani]", "layer: [kajani]", ["kohta 2", "layer", "kajani"], id="municipality"
        ),
        pytest.param(SERVICES, "area:koko-kainuu", "area:kainuu", ["kohta 3", "layer", "kainuu"], id="area"),
        pytest.param(
            SERVICES,
            "place: tupa-kajaani",
            "place: tupa",
            ["kohta 1", "channels.2.place", "tupa"],
            id="place",
        ),
        pytest.param(SERVICES, "ages: [3, 12]", "ages: [12, 3]", ["kohta 2", "ages"], id="ages"),
        pytest.param(
            SERVICES,
            'from: "17:00", to: "19:00"',
            'from: "19:00", to: "17:00"',
            ["channels.1.hours.1", "19:00"],
            id="hours",
        ),
        pytest.param(
            SERVICES, 'number: "000 555 001"', 'number: "soita"', ["channels.1.number", "soita"], id="number"
        ),
        pytest.param(SERVICES, "days: thu", "days: thursday", ["channels.1.hours.1", "thursday"], id="days"),
        pytest.param(
            SERVICES,
            "slug: perheryhma-kajaani",
            "slug: neuvola-kainuu",
            ["kohta 2", "slug", "kohta 1"],
            id="twice",
        ),
        pytest.param(
            SERVICES,
            "slug: perheryhma-kajaani",
            "slug: jatehuolto-suomi",
            ["kohta 2", "slug", "jatehuolto-suomi"],
            id="a national slug",
        ),
        pytest.param(SERVICES, 'url: "https://', 'url: "javascript://', ["channels.1.url"], id="address"),
        pytest.param(
            PLACES, "easting: 536000", "easting: 25.4", ["places.yaml", "kohta 1", "easting"], id="degrees"
        ),
        pytest.param(
            PLACES,
            "family_centre: kainuun",
            "family_centre: kainun",
            ["family_centre", "kainun"],
            id="centre",
        ),
        pytest.param(
            "crisis_lines.yaml",
            "checked: 2026-11-20",
            "checked: eilen",
            ["crisis_lines.yaml", "checked"],
            id="day",
        ),
        pytest.param(
            "texts.yaml",
            "kind: background",
            "kind: tausta",
            ["texts.yaml", "kohta 3", "kind"],
            id="kind of text",
        ),
        pytest.param(
            "texts.yaml",
            "mode: hide",
            "mode: hide\n  nonsense: 1",
            ["kohta 3", "nonsense"],
            id="unknown field",
        ),
        pytest.param(
            "texts.yaml",
            "layer: area:koko-kainuu",
            "layer: county",
            ["kohta 2", "layer", "kohta 1"],
            id="said twice",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(
    faults_of: Broken, file: str, old: str, new: str, told: list[str]
) -> None:
    errors = faults_of(file, old, new)
    assert any(all(word in error for word in told) for error in errors), errors


def test_a_line_to_hide_must_be_there_in_every_language_that_has_the_text(nation: Path, pack: Path) -> None:
    change(
        pack / "texts.yaml", "text: {fi: Kunta järjestää., sv: Kommunen ordnar.}", "text: {fi: Kunta hoitaa.}"
    )
    with pytest.raises(PackRefused) as refused:
        apply_pack(pack)
    assert [error.field for error in refused.value.errors] == ["text.fi", "text.sv"]
    assert not Service.objects.filter(source="pack:20").exists()


def test_of_two_versions_the_fuller_one_leads(nation: Path) -> None:
    twin = GeneralDescription.objects.get(source_id=small_nation.CLINIC_TWIN_ID)
    assert str(twin.twin_of.source_id) == small_nation.CLINIC_ID  # type: ignore[union-attr]
    slugs = set(Service.objects.values_list("slug", flat=True))
    assert slugs == {
        "lastenneuvolapalvelut-suomi",
        "lastenneuvolapalvelut-suomi-a0a18850",
        "jatehuolto-suomi",
    }


def test_the_national_base_is_placed_among_situations(nation: Path) -> None:
    clinic = Service.objects.get(slug="lastenneuvolapalvelut-suomi")
    assert clinic.for_families
    assert (clinic.min_age, clinic.max_age) == (0, 6)
    assert clinic.charge == "free"
    assert "odotus-ja-vauva" in clinic.terms.values_list("code", flat=True)
    assert not Service.objects.get(slug="jatehuolto-suomi").for_families


def test_terms_keep_both_generations_of_addresses(nation: Path) -> None:
    term = Term.objects.get(vocabulary__code="ptv-service-class", code="P5.2")
    assert {uri.split("/")[2] for uri in term.uris} == {"urn.fi", "uri.suomi.fi"}
    assert term.broader is not None
    assert term.broader.code == "P5"
    assert set(term.labels.values_list("language", flat=True)) == {"fi", "sv", "en"}


def test_a_changed_description_is_written_anew_and_a_dropped_one_is_put_away(nation: Path) -> None:
    changed = json.loads(json.dumps(small_nation.DESCRIPTIONS[:2]))
    changed[0]["texts"]["summary"]["fi"] = "Uusi."
    small_nation.write(nation, changed)
    apply_pack(nation, "national")
    texts = Text.objects.filter(general_description__source_id=small_nation.CLINIC_ID, kind="summary")
    assert dict(texts.values_list("language", "value")) == {"fi": "Uusi.", "sv": "Rådgivningen följer."}
    assert texts.get(language="sv").translation_state == "check"
    assert Service.objects.get(slug="jatehuolto-suomi").state == "archived"
    assert GeneralDescription.objects.filter(source_id=small_nation.WASTE_ID).exists()


def test_a_broken_national_file_is_named_and_nothing_is_lost(nation: Path) -> None:
    packed = (nation / "ptv/general_descriptions.json.gz").read_bytes()
    (nation / "ptv/general_descriptions.json.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(PackRefused, match="general_descriptions"):
        apply_pack(nation, "national")
    assert Service.objects.filter(state="published").count() == 3
    with gzip.open(nation / "ptv/general_descriptions.json.gz", "wt") as file:
        file.write("{")
    with pytest.raises(PackRefused, match="general_descriptions"):
        apply_pack(nation, "national")


def test_a_situation_that_left_is_retired(nation: Path) -> None:
    path = nation / "situations.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("- slug: vanhemmuus-ja-parisuhde")], encoding="utf-8")
    (nation / "situation_map.yaml").write_text("[]\n", encoding="utf-8")
    apply_pack(nation, "national")
    assert Term.objects.get(code="vanhemmuus-ja-parisuhde").retired


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite")
def test_lists_use_their_index(kainuu: Path) -> None:
    plan = Service.objects.filter(state="published", level="county").order_by("slug").explain()
    assert "service_list" in plan
