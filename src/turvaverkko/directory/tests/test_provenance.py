"""Where does this text come from: the query and the page for editors."""

from pathlib import Path

from django.test import Client

from turvaverkko.directory import api


def told(municipality: str | None, kind: str, language: str) -> list[tuple[str, str, str]]:
    found = api.provenance("neuvola-kainuu", municipality)
    assert found is not None
    texts = next(one for one in found.kinds if one.kind == kind)
    version = next(one for one in texts.languages if one.language == language)
    return [(origin.layer_words, origin.language, origin.outcome) for origin in version.origins]


def test_every_layer_is_listed_with_what_became_of_it(standing_kainuu: Path) -> None:
    assert told("kajaani", "instructions", "fi") == [
        ("Koko Suomi", "fi", "replaced"),
        ("Hyvinvointialue: Kainuun hyvinvointialue", "fi", "replaced"),
        ("Palvelualue: Koko Kainuu", "fi", "shown"),
    ]
    assert told("kajaani", "instructions", "sv") == [
        ("Koko Suomi", "fi", "other-language"),
        ("Koko Suomi", "sv", "replaced"),
        ("Hyvinvointialue: Kainuun hyvinvointialue", "fi", "other-language"),
        ("Hyvinvointialue: Kainuun hyvinvointialue", "sv", "replaced"),
        ("Palvelualue: Koko Kainuu", "fi", "shown"),
    ]


def test_a_hidden_line_is_told_with_who_hid_it(standing_kainuu: Path) -> None:
    assert told("kajaani", "background", "fi") == [
        ("Koko Suomi", "fi", "partly"),
        ("Kunta: Kajaani", "fi", "hides"),
        ("Kunta: Kajaani", "sv", "hides"),
    ]
    found = api.provenance("neuvola-kainuu", "kajaani")
    assert found is not None
    (hidden, *_) = next(kind for kind in found.kinds if kind.kind == "background").languages[0].origins
    assert hidden.reason == "Rivejä on piilotettu tasolla: Kunta: Kajaani."
    assert hidden.shown == ("Neuvola auttaa.",)


def test_the_chain_goes_from_the_country_to_the_municipality(standing_kainuu: Path) -> None:
    found = api.provenance("neuvola-kainuu", "kajaani")
    assert found is not None
    assert found.chain == (
        "Koko Suomi",
        "Hyvinvointialue: Kainuun hyvinvointialue",
        "Hyvinvointialue: palvelun oma teksti",
        "Palvelualue: Koko Kainuu",
        "Kunta: Kajaani",
    )
    assert found.base == "SOTE-0027"
    assert found.fallbacks == 1  # the area says its instructions in Finnish only


def test_the_page_shows_the_texts_and_no_secret(standing_kainuu: Path, client: Client) -> None:
    shown = client.get("/palvelut/neuvola-kainuu/alkupera/").content.decode()
    assert "Varaa aika verkossa." in shown
    assert "Barnrådgivning" in shown
    assert client.get("/palvelut/ei-ole/alkupera/").status_code == 404
    assert client.get("/palvelut/salainen-turva/alkupera/").status_code == 200
    assert "Salakatu" not in client.get("/palvelut/salainen-turva/alkupera/").content.decode()
