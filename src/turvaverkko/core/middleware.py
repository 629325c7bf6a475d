"""Refusals become pages or problem documents here, and nowhere else."""

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from turvaverkko.core.problems import Problem, problem_of, wants_document

# The pages are drawn by `looks`. A refusal without a page of its own is shown on the nearest one.
TEMPLATES: Final = {403: "403.html", 404: "404.html", 409: "409.html"}
OTHER_TEMPLATE: Final = "400.html"


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
        if wants_document(request):
            return _varying(problem.response())
        if isinstance(error, Http404):
            return None
        return _varying(_page(request, problem))


def _page(request: HttpRequest, problem: Problem) -> HttpResponse:
    template = TEMPLATES.get(problem.status, OTHER_TEMPLATE)
    context = {"problem": problem, "message": problem.detail}
    response = render(request, template, context, status=problem.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept"])
    return response
