import json
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.core.problems import MEDIA_TYPE, problem_of
from turvaverkko.core.replay import BadIdempotencyKey, IdempotencyConflict
from turvaverkko.core.states import IllegalMove

PAGE = "<h1>{{ problem.title }}</h1><p>{{ problem.detail }}</p>"
SECRET = "Aino Esimerkki, 000 555 010"
LOADERS = [
    (
        "django.template.loaders.locmem.Loader",
        {
            **dict.fromkeys(["400.html", "403.html", "409.html", "503.html"], PAGE),
            "404.html": "own 404",
            "405.html": PAGE + "{{ back }}",
        },
    )
]


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("moved/", raising(IllegalMove("taken", "take"))),
    path("denied/", raising(PermissionDenied(SECRET))),
    path("gone/", raising(Http404(SECRET))),
    path("missing/", raising(ObjectDoesNotExist(SECRET))),
    path("twice/", raising(IdempotencyConflict(SECRET))),
    path("bad/", raising(BadRequest(SECRET))),
    path("big/", raising(RequestDataTooBig(SECRET))),
    path("key/", raising(BadIdempotencyKey(SECRET))),
    path("away/", raising(OperationalError(SECRET))),
    path("fault/", raising(ZeroDivisionError(SECRET))),
    path("fault/<int:number>/send/", require_POST(raising(PermissionDenied()))),
    path("fault/only-read/", require_safe(raising(PermissionDenied()))),
]


@pytest.fixture
def visitor() -> Iterator[Client]:
    templates = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": LOADERS},
        }
    ]
    middleware = [
        "django.middleware.locale.LocaleMiddleware",
        "turvaverkko.core.middleware.ProblemMiddleware",
    ]
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=templates, MIDDLEWARE=middleware):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        pytest.param("/moved/", 409, "Tilanne on jo muuttunut.", id="somebody was faster"),
        pytest.param("/denied/", 403, "Tähän ei ole oikeutta.", id="no right"),
        pytest.param("/away/", 503, "Emme saa juuri nyt mitään talteen.", id="no database"),
        pytest.param("/twice/", 422, "Lähetys on jo tehty toisella sisällöllä.", id="key used before"),
    ],
)
def test_a_person_gets_a_page_in_plain_words(visitor: Client, address: str, status: int, title: str) -> None:
    answer = visitor.get(address, headers={"accept": "text/html,*/*;q=0.8", "accept-language": "fi"})
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert SECRET not in answer.content.decode()
    assert answer.headers["Vary"].startswith("Accept")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/moved/", 409, "illegal-move"),
        ("/denied/", 403, "permission-denied"),
        ("/gone/", 404, "not-found"),
        ("/missing/", 404, "not-found"),
        ("/twice/", 422, "idempotency-conflict"),
        ("/bad/", 400, "bad-request"),
        ("/big/", 413, "too-big"),
        ("/key/", 400, "bad-idempotency-key"),
    ],
)
def test_a_program_gets_a_problem_document_without_personal_data(
    visitor: Client, address: str, status: int, code: str
) -> None:
    answer = visitor.get(address, headers={"accept": "application/json", "accept-language": "fi"})
    document = json.loads(answer.content)
    assert answer.status_code == document["status"] == status
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert answer.headers["Content-Language"] == "fi"
    assert document["type"] == f"urn:turvaverkko:problem:{code}"
    assert document["title"]
    assert document["detail"]
    assert SECRET not in answer.content.decode()


def test_the_document_of_an_illegal_move_names_state_and_action(visitor: Client) -> None:
    document = visitor.get("/moved/", headers={"accept": MEDIA_TYPE}).json()
    assert (document["state"], document["action"]) == ("taken", "take")


def test_a_page_that_is_not_there_is_left_to_its_own_page(visitor: Client) -> None:
    answer = visitor.get("/gone/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.content.decode()) == (404, "own 404")


def test_whoever_accepts_anything_gets_the_page(visitor: Client) -> None:
    answer = visitor.get("/moved/", headers={"accept": "*/*"})
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_fault_of_ours_is_not_dressed_up_as_a_refusal(visitor: Client) -> None:
    assert problem_of(ZeroDivisionError()) is None
    assert visitor.get("/fault/", headers={"accept": "application/json"}).status_code == 500


def test_a_missing_database_says_when_to_try_again_and_repeats_no_words_in_the_log(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visitor.get("/away/", headers={"accept": "text/html"})
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert "OperationalError" in caplog.text
    assert SECRET not in caplog.text


def test_a_mistake_in_our_own_sql_is_no_missing_database() -> None:
    mistake = OperationalError("no such column")
    mistake.__cause__ = sqlite3.OperationalError("no such column")
    mistake.__cause__.sqlite_errorname = "SQLITE_ERROR"
    assert problem_of(mistake) is None
    assert problem_of(InterfaceError("connection already closed")) is not None


@pytest.mark.parametrize(
    ("method", "address", "back"),
    [("get", "/fault/7/send/", "/fault/"), ("post", "/fault/only-read/", "/fault/only-read/")],
)
def test_an_address_that_is_only_sent_to_leads_back_to_its_page(
    visitor: Client, method: str, address: str, back: str
) -> None:
    answer = getattr(visitor, method)(address, headers={"accept": "text/html", "accept-language": "fi"})
    assert answer.status_code == 405
    assert answer.headers["Allow"]
    text = answer.content.decode()
    assert "<h1>Tätä osoitetta ei voi avata suoraan.</h1>" in text
    assert text.endswith(f"</p>{back}")


def test_a_program_is_told_that_an_address_is_only_sent_to(visitor: Client) -> None:
    answer = visitor.get("/fault/7/send/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (405, "urn:turvaverkko:problem:method-not-allowed")
