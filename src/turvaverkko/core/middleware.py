"""Refusals become pages or problem documents here, and nowhere else."""

import logging
from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers

from turvaverkko.core.problems import Problem, database_code, problem_of, wants_document, wrong_method
from turvaverkko.core.typed import typed_of

log = logging.getLogger(__name__)

# The pages are drawn by `looks`. A refusal without a page of its own is shown on the nearest one.
TEMPLATES: Final = {403: "403.html", 404: "404.html", 405: "405.html", 409: "409.html", 503: "503.html"}
OTHER_TEMPLATE: Final = "400.html"
# Unit: seconds. When a program may try again after the database was away.
RETRY_AFTER: Final = 30


class ProblemMiddleware:
    """Answers an illegal move, a missing right and their like in plain words.

    A page not found is left to Django's own handler unless a program asks, because that handler also
    serves addresses that lead to no view at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on. A view that takes no such request says so without a word: words are added."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            problem = wrong_method()
            told = _varying(problem.response() if wants_document(request) else _page(request, problem))
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the answer to a refusal; None leaves the exception to Django."""
        problem = problem_of(error)
        if problem is None:
            return None
        if problem.status == 503:
            # Never the message: a database may repeat in it what somebody wrote.
            log.error("The database does not serve: %s %s", type(error).__name__, database_code(error))
        if wants_document(request):
            return _varying(problem.response())
        if isinstance(error, Http404):
            return None
        return _varying(_page(request, problem))


def _page(request: HttpRequest, problem: Problem) -> HttpResponse:
    template = TEMPLATES.get(problem.status, OTHER_TEMPLATE)
    context = {"problem": problem, "message": problem.detail, "noindex": True}
    if problem.status == 405:
        context["back"] = _page_above(request)
    if problem.status == 503:
        context["typed"] = typed_of(request)
        context["again"] = request.method == "GET"
    response = render(request, template, context, status=problem.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page_above(request: HttpRequest) -> str:
    """The address of the page from which something is sent here; "" where none is known.

    What is sent from a page goes below its address.
    """
    above = request.path
    while request.method in {"GET", "HEAD"} and (above := above.rstrip("/").rpartition("/")[0] + "/") != "/":
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return "" if request.method in {"GET", "HEAD"} else request.path


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept"])
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
