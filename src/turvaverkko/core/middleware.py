"""Refusals become pages or problem documents here, and nowhere else."""

import logging
from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from turvaverkko.core.problems import Problem, database_code, problem_of, wants_document
from turvaverkko.core.typed import typed_of

log = logging.getLogger(__name__)

# The pages are drawn by `looks`. A refusal without a page of its own is shown on the nearest one.
TEMPLATES: Final = {403: "403.html", 404: "404.html", 409: "409.html", 503: "503.html"}
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
        """Pass the request on; the work is done when a view raises."""
        return self.get_response(request)

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
    if problem.status == 503:
        context["typed"] = typed_of(request)
        context["again"] = request.method == "GET"
    response = render(request, template, context, status=problem.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept"])
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
