"""The pages of content quality and of corrections: what they find, whom they let in, what they cost."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from turvaverkko.directory.models import Channel, Connection, HoursRow, Place, Service, Text
from turvaverkko.directory.staying.models import Correction, SelfHelpLink, WebAddress
from turvaverkko.directory.staying.tests.conftest import client_in, series
from turvaverkko.directory.tests.pages_world import place, service, words_of
from turvaverkko.organisation.api import County, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("liminka")]
FRONT = "/koordinaatio/sisallot/"
CORRECTIONS = "/tyo/sisallot/korjaukset/"


@pytest.fixture
def editor() -> Iterator[Client]:
    return client_in("content-editor")


def said(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return words_of(response.content.decode())


def names_in(client: Client, what: str, query: str = "") -> set[str]:
    """The slugs of a list, from the addresses of its rows."""
    html = client.get(f"{FRONT}{what}/{query}").content.decode()
    found = set()
    for row in (*Service.objects.all(), *Place.objects.all()):
        if f'/{row.slug}/"' in html.split("<tbody>")[-1].split("</tbody>")[0] and "<tbody>" in html:
            found.add(row.slug)
    return found


def test_what_is_stale_unanswered_and_never_confirmed(editor: Client) -> None:
    Service.objects.filter(slug="unikoulu").update(confirmed_on=None)
    Place.objects.filter(slug="tupa").update(
        confirmed_on=date(2026, 8, 20)
    )  # due 20.11.: late, not yet escalated
    assert names_in(editor, "vanhentuneet") == {"nurkka", "tupa", "unikoulu"}
    assert names_in(editor, "vastaamatta") == {"nurkka", "unikoulu"}
    assert names_in(editor, "vahvistamatta") == {"unikoulu"}
    assert "piti vahvistaa" in said(editor, f"{FRONT}vastaamatta/")


def test_what_is_missing(editor: Client) -> None:
    assert names_in(editor, "esteettomyys") == {"nurkka", "tupa"}
    assert names_in(editor, "ensikaynti") == set()
    Text.objects.filter(place__slug="tupa", kind="first-visit").delete()
    HoursRow.objects.filter(place__slug="tupa").delete()
    HoursRow.objects.filter(channel__connections__service__slug="turvakoti").delete()
    assert names_in(editor, "ensikaynti") == {"tupa"}
    assert names_in(editor, "ajat") == {"tupa", "turvakoti"}


def test_languages_are_told_by_layer(editor: Client) -> None:
    row = Service.objects.get(slug="perheohjaus-kotiin")
    Text.objects.create(
        service=row,
        kind="good-to-know",
        language="fi",
        value='["Soita."]',
        source="test",
        municipality=Place.objects.get(slug="tupa").municipality,
    )
    told = said(editor, f"{FRONT}kielet/")
    assert "englanti; Kunta: ruotsi, englanti" in told  # its own name and summary are in Swedish too
    assert "ruotsi, englanti" in told


def test_dead_links_and_numbers(editor: Client) -> None:
    row = Service.objects.get(slug="unikoulu")
    for values in (
        {"type": "web", "url": "https://kadonnut.example/a"},
        {"type": "phone", "number": "08 12"},
    ):
        Connection.objects.create(service=row, channel=Channel.objects.create(**values))
    assert "joita ei ole vielä tarkistettu: 1" in said(editor, FRONT)
    seen = {"checked_on": date(2026, 11, 22)}
    checked = WebAddress.objects.create(
        url="https://kadonnut.example/a", state="failing", outcome="gone", **seen
    )
    assert names_in(editor, "linkit") == set()
    checked.state = "dead"
    checked.save()
    assert "https://kadonnut.example/a (sivua ei ole)" in said(editor, f"{FRONT}linkit/")
    assert names_in(editor, "numerot") == {"unikoulu"}
    assert "08 12 (liian lyhyt)" in said(editor, f"{FRONT}numerot/")
    WebAddress.objects.create(url="https://vahti.example/", state="unknown", outcome="refused", **seen)
    told = said(editor, FRONT)
    assert "joita ei voitu tarkistaa: 1" in told
    assert "joita ei ole vielä tarkistettu" not in told


def test_a_dead_link_of_self_help_is_named(editor: Client) -> None:
    SelfHelpLink.objects.create(
        slug="apu",
        county=County.objects.get(code="19"),
        name={"fi": "Apu verkossa"},
        text={"fi": "Apua."},
        url="https://apu.example/",
        checked_on=date(2026, 11, 20),
        is_dead=True,
    )
    assert "Itsehoidon linkit, jotka eivät toimi Apu verkossa" in said(editor, FRONT)


def test_the_numbers_of_the_front_are_those_of_the_lists(editor: Client) -> None:
    told = said(editor, FRONT)
    assert "Vahvistusaika on ohi 0 1 0 1" in told
    assert "Esteettömyydestä ei kerrota 0 2 0 2" in told
    assert "Kunta 3 1" in told


def test_lists_are_narrowed_paged_and_taken_along(editor: Client) -> None:
    assert names_in(editor, "esteettomyys", "?kunta=kempele") == {"nurkka"}
    assert names_in(editor, "esteettomyys", "?jarjestaja=pohde") == set()
    assert names_in(editor, "esteettomyys", "?alue=lakeus") == {"nurkka", "tupa"}
    assert names_in(editor, "esteettomyys", "?kunta=atlantis&sivu=99999999") == {"nurkka", "tupa"}
    for number in range(45):
        place(f"paikka-{number:02}", f"Paikka {number}", "liminka")
    assert len(names_in(editor, "esteettomyys")) == 40
    assert len(names_in(editor, "esteettomyys", "?sivu=2")) == 7
    answer = editor.get(f"{FRONT}esteettomyys.csv?kunta=kempele")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert lines[0] == "Nimi;Laji;Järjestäjä;Missä;Vahvistettu;Mikä"
    assert lines[1:] == ["Perhenurkka;Paikka;Limingan kunta;Kempele;2026-07-01;"]
    assert editor.get(f"{FRONT}tuntematon/").status_code == 404
    assert editor.get(f"{FRONT}tuntematon.csv").status_code == 404


def test_a_confidential_place_is_in_no_list(editor: Client) -> None:
    Place.objects.filter(slug="nurkka").update(confidential=True)
    for what in ("vanhentuneet", "vastaamatta", "esteettomyys"):
        assert "Perhenurkka" not in said(editor, f"{FRONT}{what}/")
        assert "Perhenurkka" not in editor.get(f"{FRONT}{what}.csv").content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "corrects"),
    [
        ("content-editor", 200, 200),
        ("coordinator", 200, 200),
        ("director", 200, 403),
        ("service-guide", 403, 403),
        ("partner", 403, 403),
    ],
)
def test_who_comes_in(role: str, reads: int, corrects: int) -> None:
    client = client_in(role)
    for path in (FRONT, f"{FRONT}kielet/", f"{FRONT}kielet.csv"):
        assert client.get(path).status_code == reads
    assert client.get(CORRECTIONS).status_code == corrects
    assert Client().get(FRONT)["Location"].startswith("/kirjaudu/")


@pytest.mark.parametrize("language", ["", "/sv", "/en", "/ar"])
def test_the_pages_speak_four_languages(editor: Client, language: str) -> None:
    for path in (FRONT, f"{FRONT}kielet/", CORRECTIONS):
        assert said(editor, language + path)


def test_the_cost_does_not_grow_with_the_county(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    liminka = Organisation.objects.get(slug="liminka-kunta")
    for number in range(20):
        place(f"paikka-{number}", f"Paikka {number}", "liminka")
        service(f"palvelu-{number}", f"Palvelu {number}", municipality="liminka", number="000 555 010")
        series(f"sarja-{number}", liminka, date(2026, 12, 1))
    for path in (FRONT, f"{FRONT}kielet/", f"{FRONT}kielet.csv"):
        with django_assert_max_num_queries(30):
            editor.get(path)


def correction(slug: str = "tupa", **values: object) -> Correction:
    return Correction.objects.create(
        organisation=Organisation.objects.get(slug="liminka-kunta"),
        about="place",
        listing=Place.objects.get(slug=slug).public_id,
        **{"words": "Ovi on siirtynyt.", "contact": "aino@liminka.example", **values},
    )


def test_an_editor_reads_what_changed_and_closes_it_once(editor: Client) -> None:
    row = correction()
    told = said(editor, CORRECTIONS)
    for words in ("Kohtaamispaikka Tupa", "Ovi on siirtynyt.", "aino@liminka.example", "Limingan kunta"):
        assert words in told
    for done in ("korjattu", "ei-enaa"):
        answer = editor.post(f"{CORRECTIONS}{row.public_id}/")
        assert (answer.status_code, answer["Location"]) == (303, f"{CORRECTIONS}?tehty={done}")
    assert "Korjattavaa ei ole." in said(editor, CORRECTIONS)


def test_what_was_hidden_is_shown_again(editor: Client) -> None:
    Place.objects.filter(slug="tupa").update(state="hidden")
    row = correction(has_ended=True)
    assert "Palauta näkyviin" in said(editor, CORRECTIONS)
    editor.post(f"{CORRECTIONS}{row.public_id}/", {"nayta": "1"})
    assert Place.objects.get(slug="tupa").state == "published"


def test_only_editors_close_a_correction() -> None:
    row = correction()
    for role in ("director", "service-guide"):
        assert client_in(role).post(f"{CORRECTIONS}{row.public_id}/").status_code == 403
    row.refresh_from_db()
    assert row.state == "open"
