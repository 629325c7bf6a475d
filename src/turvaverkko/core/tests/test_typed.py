from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from turvaverkko.core.same_origin import own_forms_only

WORDS = "Vauva ei nuku, emmekä me.\nApua <tarvitaan> & pian."


def cannot_store(_request: HttpRequest) -> HttpResponse:
    raise OperationalError


urlpatterns = [
    *i18n_patterns(
        path("form/", own_forms_only(cannot_store)),
        path("password/", cannot_store),
        prefix_default_language=False,
    ),
    *import_module("turvaverkko.config.urls").urlpatterns,  # the page links to the product's own
]


@pytest.fixture
def visitor() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(headers={"sec-fetch-site": "same-origin"})


@pytest.mark.parametrize(("prefix", "heading"), [("", "talteen"), ("/sv", "spara"), ("/ar", "حفظ")])
def test_what_was_typed_stands_on_the_page_and_can_be_sent_again(
    visitor: Client, prefix: str, heading: str
) -> None:
    sent = {"words": WORDS, "way": ["call", "code"]}
    page = visitor.post(f"{prefix}/form/", sent)
    text = page.content.decode()
    assert page.status_code == 503
    assert heading in text
    assert "Apua &lt;tarvitaan&gt; &amp; pian.</textarea>" in text
    assert '<input type="hidden" name="way" value="call">' in text
    assert '<input type="hidden" name="way" value="code">' in text


def test_a_form_that_did_not_ask_for_it_is_not_repeated(visitor: Client) -> None:
    page = visitor.post("/password/", {"password": "kotilampi"}).content.decode()
    assert "kotilampi" not in page
    assert '<form method="post">' not in page


def test_a_page_that_could_not_be_read_can_be_asked_for_again(visitor: Client) -> None:
    page = visitor.get("/form/?kunta=oulu").content.decode()
    assert '<a class="btn" href="">' in page
