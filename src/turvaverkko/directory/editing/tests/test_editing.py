"""Writing, sending, looking, cancelling, ending: what each may do, and that two at once lose nothing."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from turvaverkko.core.commands import registered
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import queries
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import FIELDS, differing, field_of, with_field
from turvaverkko.directory.editing.models import Review, Revision
from turvaverkko.directory.editing.services import listing, locking, reviewing
from turvaverkko.directory.editing.tests.conftest import HOME, NEW, Cast, content, the_happening, typed
from turvaverkko.directory.editing.writing import content_of
from turvaverkko.directory.models import Happening, Place, Text
from turvaverkko.directory.search import api as search
from turvaverkko.directory.tests.pages_world import words_of
from turvaverkko.organisation.models import SchoolBreak


@pytest.fixture
def cafe(cast: Cast) -> Happening:
    """A published café of the association."""
    made = listing.create(cast.as_partner, cast.association, content=content())
    listing.publish(cast.as_editor, made)
    return the_happening()


def path_of(happening: Happening, act: str = "") -> str:
    return f"{HOME}ilmoitus/{happening.public_id}/{act}"


def stamp_in(client: Client, path: str) -> str:
    found = re.search(r'name="nahty" value="([^"]+)"', client.get(path).content.decode())
    assert found
    return found[1]


def test_what_is_written_is_read_back_the_same(cast: Cast) -> None:
    full = content(
        kind="group",
        min_age=3,
        max_age=6,
        languages=["fi", "ar"],
        phone="000 555 100",
        texts={
            "fi": {"name": "Ryhmä", "accessibility": "Ovi on tasainen.\nVaunut mahtuvat."},
            "sv": {"name": "Grupp"},
        },
        changes=[
            {
                "day": "2026-12-01",
                "kind": "moved",
                "new_day": "2026-12-02",
                "starts": "12:00",
                "ends": "13:00",
                "place": "nurkka",
                "note": {"fi": "Toisessa paikassa."},
            },
        ],
    )
    made = listing.create(cast.as_partner, cast.association, content=full)
    assert content_of(the_happening()) == full
    assert Text.objects.get(happening=made, kind="accessibility").value.startswith("[")
    assert made.occurrences.get(day="2026-12-01").state == "moved"


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_shows_when_it_differs(field: str) -> None:
    other: object = {"fi": "Toinen"} if isinstance(field_of(content(), field), dict) else "toinen"
    changed = with_field(content(), field, other)
    assert differing(content(), changed) == [field]
    assert with_field(changed, field, field_of(content(), field)) == content()


def test_a_change_of_a_published_one_stands_beside_it_until_it_is_accepted(
    cast: Cast, cafe: Happening
) -> None:
    edit = path_of(cafe, "muokkaa/")
    seen = stamp_in(cast.partner, edit)
    sent = cast.partner.post(edit, typed(nahty=seen, nimi_fi="Perheiden kahvila"))
    assert sent.headers["Location"].endswith("?tehty=ehdotettu")
    assert content_of(the_happening())["texts"]["fi"]["name"] == "Perhekahvila"
    # Cancelling cannot wait for a look, and does not stand in the way of what waits.
    date = {"paiva": "2026-12-01", "teko": "peru", "viesti": "Vesivahinko."}
    assert cast.partner.post(path_of(cafe, "kerta/"), date).status_code == 303
    review = Review.objects.get()
    show = f"{HOME}tarkistus/{review.public_id}/"
    page = words_of(cast.editor.get(show).content.decode())
    assert "Perheiden kahvila" in page
    assert "Mitä muuttuisi" in page
    cast.editor.post(f"{show}hyvaksy/", {"nahty": stamp_in(cast.editor, show)})
    now = content_of(the_happening())
    assert now["texts"]["fi"]["name"] == "Perheiden kahvila"
    assert [one["day"] for one in now["changes"]] == ["2026-12-01"]
    assert now["languages"] == ["fi", "ar"]
    assert the_happening().occurrences.get(day="2026-12-01").state == "cancelled"


def test_nobody_accepts_what_changed_under_their_eyes(cast: Cast, cafe: Happening) -> None:
    listing.propose(cast.as_partner, cafe, content=content(phone="000 555 100"))
    review = Review.objects.get()
    show = f"{HOME}tarkistus/{review.public_id}/"
    seen = stamp_in(cast.editor, show)
    listing.propose(cast.as_partner, cafe, content=content(phone="000 555 200"))
    late = cast.editor.post(f"{show}hyvaksy/", {"nahty": seen})
    assert late.status_code == 409
    assert "000 555 200" in words_of(late.content.decode())
    assert the_happening().phone == ""
    assert Review.objects.get().version == 2
    reviewing.accept(cast.as_editor, Review.objects.get())
    assert the_happening().phone == "000 555 200"
    with pytest.raises(IllegalMove):
        reviewing.accept(cast.as_editor, Review.objects.get())


def test_a_returned_change_is_where_the_partner_goes_on(cast: Cast, cafe: Happening) -> None:
    listing.propose(cast.as_partner, cafe, content=content(phone="000 555 100"))
    reviewing.send_back(cast.as_editor, Review.objects.get(), comment="Lisää esteettömyys.")
    assert the_happening().state == "published"
    page = cast.partner.get(path_of(cafe, "muokkaa/")).content.decode()
    assert "Lisää esteettömyys." in page
    assert 'value="000 555 100"' in page


def test_a_change_that_waits_can_be_taken_back(cast: Cast, cafe: Happening) -> None:
    review = listing.propose(cast.as_partner, cafe, content=content(phone="000 555 100"))
    take_back = f"{HOME}tarkistus/{review.public_id}/peru/"
    assert cast.stranger.post(take_back).status_code == 404
    assert cast.partner.post(take_back).status_code == 303
    assert cast.partner.post(take_back).status_code == 409
    assert Review.objects.get().state == "taken-back"


def test_the_second_of_two_editors_is_told_and_loses_nothing(cast: Cast, cafe: Happening) -> None:
    edit = path_of(cafe, "muokkaa/")
    seen = stamp_in(cast.editor, edit)
    assert cast.editor.post(edit, typed(nahty=seen, puhelin="000 555 100")).status_code == 303
    late = cast.editor.post(edit, typed(nahty=seen, puhelin="000 555 200", kuvaus_fi="Pitkä teksti."))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Joku muu muutti tätä sillä välin." in page
    assert 'value="000 555 200"' in page
    assert "Pitkä teksti." in page
    assert the_happening().phone == "000 555 100"
    newer = re.search(r'name="nahty" value="([^"]+)"', page)
    assert newer
    assert newer[1] != seen
    assert cast.editor.post(edit, typed(nahty=newer[1], puhelin="000 555 200")).status_code == 303
    assert the_happening().phone == "000 555 200"


def test_two_presses_of_a_new_one_make_one(cast: Cast) -> None:
    first, second = (cast.partner.post(NEW, typed()) for _press in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Happening.objects.count() == 1
    copy = {"avain": "avain-kopiolle-1"}
    for _press in range(2):
        assert cast.partner.post(path_of(the_happening_first(), "kopioi/"), copy).status_code == 303
    assert sorted(Happening.objects.values_list("slug", flat=True)) == ["perhekahvila", "perhekahvila-2"]


def the_happening_first() -> Happening:
    found = Happening.objects.order_by("pk").first()
    assert found is not None
    return found


@pytest.mark.parametrize("act", ["", "muokkaa/", "historia/"])
def test_another_organisations_happening_is_not_there(cast: Cast, cafe: Happening, act: str) -> None:
    assert cast.partner.get(path_of(cafe, act)).status_code == 200
    assert cast.stranger.get(path_of(cafe, act)).status_code == 404


@pytest.mark.parametrize("act", ["muokkaa/", "tila/", "kerta/", "kopioi/", "historia/palauta/", "kentta/"])
def test_nothing_is_done_to_another_organisations_happening(cast: Cast, cafe: Happening, act: str) -> None:
    sent = typed(teko="archive", paiva="2026-12-01", versio="1", kentta="phone")
    assert cast.stranger.post(path_of(cafe, act), sent).status_code == 404
    assert "Perhekahvila" not in cast.stranger.get(HOME).content.decode()
    assert Revision.objects.filter(happening=cafe).count() == 2


def test_commands_themselves_refuse_a_foreign_partner(cast: Cast, cafe: Happening) -> None:
    veikko = Editor(cast.veikko.public_id, organisations=frozenset({cast.other.pk}))
    for name in ("save", "propose", "submit", "publish", "hide", "archive", "restore", "change_date"):
        with pytest.raises(PermissionDenied):
            registered()[f"editing.{name}"](veikko, cafe)
    with pytest.raises(PermissionDenied):
        listing.create(veikko, cast.association, content=content())
    review = listing.propose(cast.as_partner, cafe, content=content(phone="000 555 100"))
    for command in (reviewing.accept, reviewing.send_back):
        with pytest.raises(PermissionDenied):
            command(cast.as_partner, review)
    with pytest.raises(PermissionDenied):
        locking.take_over(cast.as_partner, cafe, field="phone")


def test_a_partner_writes_in_no_other_name(cast: Cast) -> None:
    cast.partner.post(NEW, typed(toimija=cast.other.public_id))
    assert the_happening().organisation == cast.association
    assert cast.editor.post(NEW, typed(avain="avain-toinen-1")).status_code == 400
    sent = cast.editor.post(NEW, typed(avain="avain-kolmas-1", toimija=cast.other.public_id))
    assert sent.status_code == 303


def test_nothing_without_a_time_to_come_is_published(cast: Cast) -> None:
    cast.editor.post(NEW, typed(toimija=cast.other.public_id, aika_0_alkaa="", aika_0_paattyy="",
                                aika_0_klo="", aika_0_asti=""))  # fmt: skip
    refused = cast.editor.post(path_of(the_happening(), "tila/"), {"teko": "publish"})
    assert refused.status_code == 400
    assert "tuleva kerta" in words_of(refused.content.decode())
    assert the_happening().state == "draft"


def test_hide_end_and_take_back(cast: Cast, cafe: Happening) -> None:
    other = listing.create(cast.as_partner, cast.association, content=content())
    tila = path_of(cafe, "tila/")
    assert cast.partner.post(tila, {"teko": "hide"}).status_code == 303
    assert cast.partner.post(tila, {"teko": "hide"}).status_code == 409
    assert cast.partner.post(tila, {"teko": "publish"}).status_code == 303
    assert cast.partner.post(tila, {"teko": "archive", "seuraaja": other.public_id}).status_code == 303
    cafe.refresh_from_db()
    assert (cafe.state, cafe.successor) == ("archived", other)
    assert cast.partner.get(path_of(cafe, "muokkaa/")).status_code == 303
    assert cast.partner.post(tila, {"teko": "restore"}).status_code == 303
    cafe.refresh_from_db()
    assert (cafe.state, cafe.successor) == ("draft", None)
    assert cast.partner.post(tila, {"teko": "poista"}).status_code == 404


def test_one_date_is_moved_and_taken_back(cast: Cast, cafe: Happening) -> None:
    kerta = path_of(cafe, "kerta/")
    moved = {"paiva": "2026-12-01", "teko": "siirra", "uusi": "2.12.2026", "klo": "12", "asti": "13.30"}
    assert cast.partner.post(kerta, moved).status_code == 303
    found = cafe.occurrences.get(day="2026-12-01")
    assert (found.state, f"{found.starts_at:%d.%m. %H:%M}") == ("moved", "02.12. 10:00")
    assert cast.partner.post(kerta, {"paiva": "2026-12-01", "teko": "ennallaan"}).status_code == 303
    assert cafe.occurrences.get(day="2026-12-01").state == "planned"
    assert not cafe.changes.exists()
    for wrong in ({"uusi": ""}, {"uusi": "huomenna"}, {"uusi": "", "klo": "12", "asti": "11"}):
        answer = cast.partner.post(kerta, {"paiva": "2026-12-01", "teko": "siirra", **wrong})
        assert answer.status_code == 400
    assert cast.partner.post(kerta, {"paiva": "2026-12-02", "teko": "peru"}).status_code == 404


def test_history_tells_who_changed_what_and_gives_it_back(cast: Cast, cafe: Happening) -> None:
    listing.save(cast.as_editor, cafe, content=content(phone="000 555 100", min_age=3))
    page = words_of(cast.partner.get(path_of(cafe, "historia/")).content.decode())
    assert "Puhelin" in page
    assert "Nyt: 000 555 100" in page
    assert "lempi@example.invalid" in page  # her name in this cast
    # A partner whose words are looked at first does not publish by restoring.
    assert cast.partner.post(path_of(cafe, "historia/palauta/"), {"versio": "1"}).status_code == 409
    seen = stamp_in(cast.editor, path_of(cafe, "historia/"))
    restored = cast.editor.post(path_of(cafe, "historia/palauta/"), {"versio": "1", "nahty": seen})
    assert restored.status_code == 303
    assert content_of(the_happening()) == content()
    assert [one.act for one in queries.revisions(cafe)] == ["taken-back", "saved", "published", "created"]
    late = cast.editor.post(path_of(cafe, "historia/palauta/"), {"versio": "3", "nahty": seen})
    assert late.status_code == 409
    assert cast.editor.post(path_of(cafe, "historia/palauta/"), {"versio": "99"}).status_code == 404


def test_what_follows_a_source_is_not_written_here_until_it_is_taken_over(
    cast: Cast, cafe: Happening
) -> None:
    Happening.objects.update(source="pack:north-ostrobothnia")
    cafe = the_happening()
    listing.save(cast.as_editor, cafe, content=content(phone="000 555 100"))
    assert the_happening().phone == ""
    page = words_of(cast.editor.get(path_of(cafe)).content.decode())
    assert "Puhelin: alueen tietopaketti" in page
    assert cast.partner.post(path_of(cafe, "kentta/"), {"kentta": "phone", "teko": "ota"}).status_code == 403
    assert cast.editor.post(path_of(cafe, "kentta/"), {"kentta": "phone", "teko": "ota"}).status_code == 303
    listing.save(cast.as_editor, cafe, content=content(phone="000 555 100", email="a@b.example"))
    assert (the_happening().phone, the_happening().email) == ("000 555 100", "")
    locking.follow_again(cast.as_editor, cafe, field="phone")
    assert queries.locks_of(cafe)["phone"] == "pack:north-ostrobothnia"
    assert (
        cast.editor.post(path_of(cafe, "kentta/"), {"kentta": "phone", "teko": "seuraa"}).status_code == 409
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"nimi_fi": ""}, "Kirjoita nimi"),
        ({"kuvaus_fi": "a" * 10_000}, "merkkiä liian pitkä"),
        ({"nimi_fi": "a" * 201}, "1 merkkiä liian pitkä"),
        ({"laji": "tanssit"}, "millaista toiminta on"),
        ({"paikka": "ei-ole"}, "Valitse paikka"),
        ({"paikka": "turvapaikka"}, "Valitse paikka"),
        ({"missa": "verkossa", "osallistumislinkki": "javascript:alert(1)"}, "Tarkista verkko-osoite"),
        ({"missa": "muualla", "kunta": "kajaani"}, "Valitse kunta"),
        ({"aika_0_klo": "25:00"}, "Kirjoita kellonaika"),
        ({"aika_0_asti": "9:00"}, "ennen alkamisaikaa"),
        ({"aika_0_alkaa": "31.2.2026"}, "Kirjoita päivä"),
        ({"aika_0_paattyy": "2026-11-01"}, "päättyy ennen kuin se alkaa"),
        ({"aika_0_paattyy": "2030-11-01"}, "yli vuoden"),
        ({"ika": "rajattu"}, "nuorin tai vanhin ikä"),
        ({"ika": "rajattu", "ika_alku": "9", "ika_loppu": "3"}, "toisin päin"),
        ({"ika": "rajattu", "ika_alku": "²"}, "Kirjoita ikä vuosina"),
        ({"puhelin": "soita!"}, "Tarkista puhelinnumero"),
        ({"sahkoposti": "yhdistys"}, "Tarkista sähköpostiosoite"),
        ({"verkkosivu": "ei osoite"}, "Tarkista verkko-osoite"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(cast: Cast, changed: dict[str, str], told: str) -> None:
    Place.objects.create(
        slug="turvapaikka", kind="office", state="published", confidential=True,
        municipality=Place.objects.first().municipality,  # type: ignore[union-attr]
    )  # fmt: skip
    sent = typed(**{"lyhyesti_fi": "Omin sanoin kirjoitettu.", **changed})
    answer = cast.partner.post(NEW, sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in words_of(page)
    assert "Omin sanoin kirjoitettu." in page
    assert "turvapaikka" not in page.replace('value="turvapaikka"', "")
    assert not Happening.objects.exists()


def test_what_people_paste_is_harmless(cast: Cast) -> None:
    name = "Kahvila\u202e<script>alert(1)</script>\x00"
    cast.partner.post(NEW, typed(nimi_fi=name))
    page = cast.partner.get(path_of(the_happening())).content.decode()
    assert "<script>alert" not in page
    assert "Kahvila&lt;script&gt;" in page
    assert the_happening().slug == "kahvila-script-alert-1-script"


def test_preview_and_one_more_time_store_nothing(cast: Cast) -> None:
    shown = cast.partner.post(NEW, typed(teko="esikatsele-sv", nimi_sv="Familjekafé"))
    page = words_of(shown.content.decode())
    assert shown.status_code == 200
    assert "Familjekafé" in page
    assert "Mitään ei ole vielä tallennettu." in page
    more = cast.partner.post(NEW, typed(teko="lisaa-aika", nimi_fi="")).content.decode()
    assert "aika-1-toistuu" in more
    assert not Happening.objects.exists()


def test_the_preview_leaves_out_what_the_schools_break_leaves_out(cast: Cast, cafe: Happening) -> None:
    assert cafe.place is not None
    SchoolBreak.objects.create(
        municipality=cafe.place.municipality,
        first_day=date(2026, 11, 30),
        last_day=date(2026, 12, 4),
        name="Loma",
    )
    date_of = {"paiva": "2026-12-08", "teko": "siirra", "uusi": "2026-12-09"}
    cast.partner.post(path_of(cafe, "kerta/"), date_of)
    page = words_of(cast.partner.get(path_of(cafe)).content.decode())
    assert "tiistaina 24.11. klo 10 keskiviikkona 9.12. klo 10 tiistaina 15.12. klo 10" in page


def test_a_template_begins_the_form(cast: Cast) -> None:
    page = cast.partner.get(f"{NEW}?pohja=kahvila").content.decode()
    assert 'value="Perhekahvila"' in page
    assert 'value="10:00"' in page
    assert cast.partner.get(f"{NEW}?pohja=ei-ole").status_code == 200


def test_a_translation_is_to_be_looked_at_when_its_finnish_text_changed(cast: Cast) -> None:
    texts = {"fi": {"name": "Kahvila"}, "sv": {"name": "Kafé"}}
    made = listing.create(cast.as_partner, cast.association, content=content(texts=texts))
    listing.save(cast.as_partner, made, content=content(texts={**texts, "fi": {"name": "Perhekahvila"}}))
    assert Text.objects.get(happening=made, language="sv").translation_state == "check"


def test_a_place_that_became_confidential_is_told_nowhere(cast: Cast, cafe: Happening) -> None:
    Place.objects.filter(slug="tupa").update(confidential=True)
    cafe = the_happening()
    assert content_of(cafe)["place"] == ""
    for path in (path_of(cafe), path_of(cafe, "muokkaa/"), NEW, HOME):
        assert "Tupa" not in cast.editor.get(path).content.decode()


def test_what_is_published_is_told_to_the_search(cast: Cast, searchable_county: None) -> None:
    made = listing.create(cast.as_partner, cast.association, content=content())
    listing.publish(cast.as_editor, made)
    listing.hide(cast.as_editor, made)
    assert search.search("perheohjaus", language="fi").hits


def test_the_list_narrows_and_asks_the_same_number_of_queries(
    cast: Cast, cafe: Happening, django_assert_max_num_queries: object
) -> None:
    def names(query: str) -> str:
        return words_of(cast.editor.get(f"{HOME}{query}").content.decode())

    assert "tiistaina 24.11. klo 10" in names("")
    assert "Perhekahvila" not in names("?tila=draft").partition("Täällä ei ole")[2]
    assert "Täällä ei ole vielä mitään" in names(f"?toimija={cast.other.slug}")
    assert "Täällä ei ole vielä mitään" in names("?vanhat=1")
    for number in range(30):
        listing.create(cast.as_partner, cast.association, content=content(phone=f"000 555 {number:03}"))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = cast.editor.get(HOME)
    assert "Seuraavat" in page.content.decode()
    assert cafe.slug == "perhekahvila"
    assert "Perhekahvila" in names("?sivu=2&tila=draft")
