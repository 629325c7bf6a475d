"""Which family centre is mine: over North Ostrobothnia as it is shipped."""

from datetime import date

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from turvaverkko.organisation.api import Outcome, find_family_centre, finder_sentences
from turvaverkko.organisation.models import County, FamilyCentre, FamilyCentreMunicipality, PostalCode

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "outcome", "centres"),
    [
        pytest.param("90500", Outcome.FOUND, ["tuira"], id="a postal code of Oulu"),
        pytest.param("90 830", Outcome.FOUND, ["haukipudas"], id="another one, with a space"),
        pytest.param("90940", Outcome.FOUND, ["kiiminki"], id="Jääli"),
        pytest.param("91200", Outcome.FOUND, ["haukipudas"], id="Yli-Ii, part of Oulu since 2013"),
        pytest.param("90014", Outcome.FOUND, ["kontinkangas"], id="the postal code of a big receiver"),
        pytest.param("91900", Outcome.FOUND, ["liminka"], id="a postal code outside Oulu"),
        pytest.param("90480", Outcome.FOUND, ["kempele"], id="Hailuoto, served from Kempele"),
        pytest.param("KEMPELE", Outcome.FOUND, ["kempele"], id="municipality in capitals"),
        pytest.param("  liminka ", Outcome.FOUND, ["liminka"], id="spaces around"),
        pytest.param("Limingassa", Outcome.FOUND, ["liminka"], id="inflected"),
        pytest.param("Brahestad", Outcome.FOUND, ["raahe"], id="Swedish name"),
        pytest.param(
            "i Uleåborg", Outcome.CHOOSE, ["haukipudas", "kaakkuri", "kiiminki", "kontinkangas", "tuira"]
        ),
        pytest.param("oulu", Outcome.CHOOSE, ["haukipudas", "kaakkuri", "kiiminki", "kontinkangas", "tuira"]),
        pytest.param(
            "Haukiputaalla", Outcome.FOUND, ["haukipudas"], id="a place that once was a municipality"
        ),
        pytest.param("Jääli", Outcome.FOUND, ["kiiminki"], id="a village"),
        pytest.param("Himanka", Outcome.FOUND, ["kalajoki"], id="a village of Kalajoki"),
        pytest.param("Tuira", Outcome.FOUND, ["tuira"], id="a town district"),
        pytest.param("Kontinkankaalla", Outcome.FOUND, ["kontinkangas"], id="a town district, inflected"),
        pytest.param(
            "Vaala", Outcome.FOUND, ["utajarvi"], id="own centre in preparation, another one serves"
        ),
        pytest.param("Helsinki", Outcome.OTHER_COUNTY, [], id="a town elsewhere"),
        pytest.param("00100", Outcome.OTHER_COUNTY, [], id="a postal code elsewhere"),
        pytest.param("Pertunmaa", Outcome.OTHER_COUNTY, [], id="a merged municipality elsewhere"),
        pytest.param("90999", Outcome.UNKNOWN_POSTAL_CODE, [], id="a number that is no postal code"),
        pytest.param("99999", Outcome.OTHER_COUNTY, [], id="Korvatunturi is in Lapland"),
        pytest.param("12", Outcome.WRONG_POSTAL_CODE, [], id="two digits"),
        pytest.param("", Outcome.NOTHING_ASKED, [], id="nothing"),
        pytest.param("Hogwarts", Outcome.UNKNOWN_PLACE, [], id="nowhere"),
    ],
)
def test_what_the_finder_answers(
    pohjois_pohjanmaa: County, typed: str, outcome: Outcome, centres: list[str]
) -> None:
    answer = find_family_centre(typed, on=DAY)
    assert answer.outcome is outcome
    assert [centre.slug.removeprefix("perhekeskus-") for centre in answer.centres] == centres


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("90500", "Perhekeskuksesi, kun asut täällä: 90500 Oulu."),
        ("Jääli", "Perhekeskuksesi, kun asut täällä: Jääli (Oulu)."),
        ("Oulu", "Täällä on monta perhekeskusta: Oulu. Kirjoita postinumerosi"),
        ("00100", "00100 ei ole tällä alueella. Kysy apua täältä: Helsingin kaupunki."),
        ("Kajaani", "Kajaani ei ole tällä alueella. Kysy apua täältä: Kainuun hyvinvointialue."),
        ("Pertunmaa", "Pertunmaa on nyt osa kuntaa Mäntyharju (itsenäinen 31.12.2024 asti)."),
        ("Pertunmaa", "Mäntyharju ei ole tällä alueella. Kysy apua täältä: Etelä-Savon hyvinvointialue."),
        ("90999", "Emme tunne postinumeroa 90999. Tarkista numerot tai kirjoita kunnan nimi."),
        (
            "88399",
            "Emme tunne postinumeroa 88399. Lähellä on myös toinen alue: Kainuun hyvinvointialue.",
        ),
        ("9050", "”9050” ei ole postinumero. Postinumerossa on viisi numeroa."),
        ("Hogwarts", "Emme löydä paikkaa ”Hogwarts”."),
        ("", "Kirjoita postinumero tai kunnan nimi."),
        ("Vaala", "Vaalan perhekeskus on valmisteilla. Suunniteltu avaamispäivä on 1.2.2027."),
        ("Vaala", "Siihen asti sinua palvelee Utajärven perhekeskus."),
        ("Kärsämäki", "Kärsämäen perhekeskus on valmisteilla. Avaamispäivää ei ole vielä päätetty."),
        ("Raahe", "Palvelualuetta emme tiedä: lähteet eivät kerro sitä tästä kunnasta."),
    ],
)
def test_what_it_says(pohjois_pohjanmaa: County, typed: str, sentence: str) -> None:
    said = finder_sentences(find_family_centre(typed, on=DAY))
    assert any(text.startswith(sentence) for text in said), said


def test_a_place_whose_area_is_known_says_nothing_of_sources(pohjois_pohjanmaa: County) -> None:
    answer = find_family_centre("Kuusamo", on=DAY)
    assert answer.area == "Koillismaa"
    assert not any("emme tiedä" in text for text in finder_sentences(answer))


def test_a_misspelt_place_gets_suggestions(pohjois_pohjanmaa: County) -> None:
    assert find_family_centre("Limiga", on=DAY).suggestions[0] == "Liminka"
    assert find_family_centre("Rukalla", on=DAY).suggestions[0] == "Rukatunturi"
    with translation.override("sv"):
        assert find_family_centre("Limiga", on=DAY).suggestions[0] == "Limingo"
    assert "Haukipudas" in find_family_centre("Haukipuras", on=DAY).suggestions


def test_hostile_input_is_only_a_place_we_do_not_know(pohjois_pohjanmaa: County) -> None:
    answer = find_family_centre("<script>alert(1)</script>" + "x" * 10_000 + "\u202e\x00", on=DAY)
    assert answer.outcome is Outcome.UNKNOWN_PLACE
    assert len(answer.asked) <= 60
    assert "\u202e" not in answer.asked


def test_before_it_opens_a_centre_is_in_preparation_and_later_it_serves(pohjois_pohjanmaa: County) -> None:
    FamilyCentre.objects.filter(slug="perhekeskus-vaala").update(status="operating")
    before = find_family_centre("Vaala", on=date(2027, 1, 31))
    after = find_family_centre("Vaala", on=date(2027, 2, 1))
    assert [centre.slug for centre in before.centres] == ["perhekeskus-utajarvi"]
    assert [centre.slug for centre in after.centres] == ["perhekeskus-utajarvi", "perhekeskus-vaala"]


def test_a_municipality_without_a_centre_is_told_so(pohjois_pohjanmaa: County) -> None:
    FamilyCentreMunicipality.objects.filter(
        municipality__slug="vaala", family_centre__slug="perhekeskus-utajarvi"
    ).delete()
    answer = find_family_centre("Vaala", on=DAY)
    assert answer.outcome is Outcome.NO_CENTRE
    said = finder_sentences(answer)
    assert said[0] == "Paikassa Vaala ei ole vielä toimivaa perhekeskusta."
    assert said[1].startswith("Vaalan perhekeskus on valmisteilla.")


def test_a_postal_code_that_no_centre_of_a_divided_town_claims_leaves_the_choice(
    pohjois_pohjanmaa: County,
) -> None:
    oulu = PostalCode.objects.get(code="90500").municipality
    PostalCode.objects.create(code="90999", name_fi="Uusi", municipality=oulu)
    answer = find_family_centre("90999", on=DAY)
    assert (answer.outcome, len(answer.centres)) == (Outcome.CHOOSE, 5)


def test_a_centre_for_the_whole_town_stands_beside_those_of_its_parts(pohjois_pohjanmaa: County) -> None:
    oulu = PostalCode.objects.get(code="90500").municipality
    liminka = FamilyCentre.objects.get(slug="perhekeskus-liminka")
    FamilyCentreMunicipality.objects.create(family_centre=liminka, municipality=oulu)
    by_name = find_family_centre("Oulu", on=DAY)
    by_code = find_family_centre("90500", on=DAY)
    assert (by_name.outcome, len(by_name.centres)) == (Outcome.CHOOSE, 6)
    assert by_code.outcome is Outcome.FOUND
    assert {centre.slug for centre in by_code.centres} == {"perhekeskus-tuira", "perhekeskus-liminka"}


def test_a_postal_code_that_is_no_longer_used_is_unknown(pohjois_pohjanmaa: County) -> None:
    PostalCode.objects.filter(code="91900").update(valid_to=date(2026, 11, 21))
    assert find_family_centre("91900", on=DAY).outcome is Outcome.UNKNOWN_POSTAL_CODE


def test_a_merged_municipality_of_the_own_county_is_served_as_its_successor(
    pohjois_pohjanmaa: County,
) -> None:
    liminka = find_family_centre("Liminka", on=DAY).municipality
    lumijoki = find_family_centre("Lumijoki", on=DAY).municipality
    assert liminka is not None
    assert lumijoki is not None
    lumijoki.valid_to = date(2026, 10, 31)
    lumijoki.merged_into = liminka
    lumijoki.save()
    answer = find_family_centre("Lumijoki", on=DAY)
    assert (answer.place, answer.merged) == ("Liminka", lumijoki)
    assert [centre.slug for centre in answer.centres] == ["perhekeskus-liminka"]
    still = find_family_centre("Lumijoki", on=date(2026, 10, 31))
    assert still.merged is None


@pytest.mark.parametrize(("typed", "queries"), [("90500", 6), ("Kempele", 7), ("Jääli", 8), ("Hogwarts", 5)])
def test_an_answer_takes_few_queries(
    pohjois_pohjanmaa: County, typed: str, queries: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(queries):
        find_family_centre(typed, on=DAY)
