"""The frame of the pages of editors: who may open them, and the links of their header."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from turvaverkko.directory.staying import policies
from turvaverkko.organisation.sign_in.api import StaffRequest, frame_of, staff_only

P = ParamSpec("P")


def for_readers(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let those in who read about content quality; others get a 403."""

    @staff_only
    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not policies.may_read(role.role for role in request.roles):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def draw(
    request: StaffRequest, template: str, current: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Draw a page in the frame of editors. `current`: name of the address whose link is marked."""
    return render(request, template, {**frame_of(request, current=current), **context}, status=status)
