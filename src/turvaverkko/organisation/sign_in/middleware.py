"""Puts the member of staff into the request, without asking the database before somebody asks."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from turvaverkko.organisation.sign_in.sessions import user_of


class StaffMiddleware:
    """`request.user` is the signed-in member of staff, or Django's anonymous user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        # A public page never looks, so a staff cookie costs it nothing.
        request.user = cast("Any", SimpleLazyObject(lambda: user_of(request)))
        return self.get_response(request)
