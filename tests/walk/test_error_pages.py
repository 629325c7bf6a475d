"""Pages of errors never repeat what was sent, and tell nothing of the code."""

from typing import Final

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client

from tests.walk.canaries import MARK, headers_of, text
from tests.walk.world import World
from turvaverkko.core.states import IllegalMove

SECRET: Final = text("virhe", "words")
ACCEPTS: Final = ("text/html", "application/json")


def broken(*_args: object, **_kwargs: object) -> None:
    secret = SECRET  # a page of errors that shows local values would show it
    assert secret
    raise RuntimeError


def moved(*_args: object, **_kwargs: object) -> None:
    raise IllegalMove("taken", "take")


def unreadable(*_args: object, **_kwargs: object) -> None:
    raise BadRequest(SECRET)


def forbidden(*_args: object, **_kwargs: object) -> None:
    raise PermissionDenied(SECRET)


def browser(world: World, name: str, **kwargs: bool) -> Client:
    client = Client(raise_request_exception=False, **kwargs)
    walker = next(one for one in world.walkers if one.name == name)
    for cookie, value in walker.cookies.items():
        client.cookies[cookie] = value
    return client


def check(response: object, status: int) -> None:
    body = response.content.decode()  # type: ignore[attr-defined]
    head = headers_of(dict(response.headers), response.cookies.output())  # type: ignore[attr-defined]
    assert response.status_code == status  # type: ignore[attr-defined]
    assert MARK not in body + head
    for sign in ("Traceback", "RuntimeError", "IllegalMove", "turvaverkko.guidance", "/src/"):
        assert sign not in body, sign


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ei-tallaista-sivua/", 404),
        ("/tyo/pyynnot/eitallaista/vastaa/", 404),
        ("{foreign}vastaa/", 404),
        ("{foreign}muistiinpano/", 404),
        ("{own}paata/", 403),
        ("/pyyda-apua/tila/vastaa/", 404),
    ],
)
def test_a_refused_sending_is_not_repeated(world: World, path: str, status: int, accept: str) -> None:
    places = {
        "foreign": f"/tyo/pyynnot/{world.requests['b-taken'].public_id}/",
        "own": f"/tyo/pyynnot/{world.requests['a-taken'].public_id}/",
    }
    sent = {
        "vastaus": SECRET,
        "muistiinpano": SECRET,
        "text": SECRET,
        "ratkaisu": "advised",
        "tulos": "got-help",
    }
    check(browser(world, "worker-1").post(path.format(**places), sent, headers={"Accept": accept}), status)


@pytest.mark.parametrize("accept", ACCEPTS)
def test_a_form_of_another_site_is_not_repeated(world: World, accept: str) -> None:
    headers = {"Accept": accept, "Sec-Fetch-Site": "cross-site"}
    check(browser(world, "drafter").post("/pyyda-apua/tilanne/", {"words": SECRET}, headers=headers), 403)
    strict = browser(world, "guide-1", enforce_csrf_checks=True)
    path = f"/tyo/pyynnot/{world.requests['a-taken'].public_id}/muistiinpano/"
    check(strict.post(path, {"muistiinpano": SECRET}, headers={"Accept": accept}), 403)


@pytest.mark.parametrize("accept", ACCEPTS)
def test_an_unreadable_sending_is_not_repeated(world: World, accept: str) -> None:
    family = browser(world, "family-a")
    headers = {"Accept": accept}
    check(
        family.post("/pyyda-apua/tila/vastaa/", {"text": SECRET, "avain": SECRET[:7]}, headers=headers), 400
    )
    many = {f"kentta{number}": SECRET for number in range(1_100)}
    check(family.post("/pyyda-apua/tila/vastaa/", many, headers=headers), 400)
    check(family.post("/pyyda-apua/tila/vastaa/", {"text": SECRET * 200_000}, headers=headers), 413)


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize(("raises", "status"), [(broken, 500), (moved, 409), (unreadable, 400)])
def test_a_fault_of_ours_repeats_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, raises: object, status: int, accept: str
) -> None:
    monkeypatch.setattr("turvaverkko.guidance.desk.queue_page.listed", raises)
    headers = {"Accept": accept, "X-Leima": SECRET, "Referer": f"https://testserver/?q={SECRET}"}
    check(browser(world, "guide-1").get("/tyo/jono/", headers=headers), status)
    monkeypatch.setattr("turvaverkko.guidance.views.status.queries.request_of_family", raises)
    sent = {"text": SECRET, "avain": "avain-avain-1"}
    check(browser(world, "family-a").post("/pyyda-apua/tila/vastaa/", sent, headers=headers), status)


def away(*_args: object, **_kwargs: object) -> None:
    raise OperationalError(SECRET)


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("visitor", "/ei-tallaista-sivua/", 404),
        ("guide-1", "/tyo/pyynnot/eitallaista/", 404),
        ("former", "/tyo/jono/", 403),
    ],
)
def test_a_page_of_errors_leaves_the_query_alone(
    world: World, name: str, path: str, status: int, prefix: str
) -> None:
    check(browser(world, name).get(f"{prefix}{path}?q={SECRET}"), status)


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("strict", [False, True], ids=["another site", "no token"])
def test_a_form_that_is_refused_leaves_the_query_alone(world: World, prefix: str, strict: bool) -> None:
    device = browser(world, "guide-1", enforce_csrf_checks=strict)
    path = f"/tyo/pyynnot/{world.requests['a-taken'].public_id}/ota/" if strict else "/pyyda-apua/"
    headers = {} if strict else {"Sec-Fetch-Site": "cross-site"}
    check(device.post(f"{prefix}{path}?q={SECRET}", {}, headers=headers), 403)


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(
    ("raises", "status"), [(broken, 500), (moved, 409), (unreadable, 400), (away, 503), (forbidden, 403)]
)
def test_a_fault_of_ours_leaves_the_query_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, raises: object, status: int, prefix: str
) -> None:
    monkeypatch.setattr("turvaverkko.guidance.views.status.queries.request_of_family", raises)
    check(browser(world, "family-a").get(f"{prefix}/pyyda-apua/tila/?q={SECRET}"), status)
    sent = {"text": "x", "avain": "avain-avain-1"}
    path = f"{prefix}/pyyda-apua/tila/vastaa/?q={SECRET}"
    check(browser(world, "family-a").post(path, sent), status)


def test_a_page_that_is_away_can_be_asked_for_again_without_telling_its_query(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("turvaverkko.guidance.views.status.queries.request_of_family", away)
    page = browser(world, "family-a").get(f"/pyyda-apua/tila/?q={SECRET}").content.decode()
    assert '<a class="btn" href="">' in page  # the browser's own address, query and all


def test_debug_is_off_everywhere() -> None:
    assert settings.DEBUG is False
