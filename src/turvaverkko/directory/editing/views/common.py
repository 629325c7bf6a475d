"""What the pages of editors share: who is let in, the frame, and going on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from turvaverkko.directory.editing import policies, queries, words
from turvaverkko.directory.editing.actors import Editor, editor_of
from turvaverkko.directory.models import Happening
from turvaverkko.organisation.sign_in.api import StaffRequest, frame_of, staff_only

P = ParamSpec("P")
View = Callable[Concatenate[StaffRequest, Editor, P], HttpResponseBase]
REFUSED: Final = 400
CHANGED: Final = 409
SEE_OTHER: Final = 303
# Unit: signs of a public id or a code.
LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Told:
    """Why a page is drawn again instead of doing what was asked: the sentence, and what was typed where.

    Attributes:
        at: which of many forms of the page it is about.
    """

    problem: str = ""
    status: int = REFUSED
    at: str = ""
    field: str = ""
    typed: str = ""


NOTHING: Final = Told(status=200)


def for_editors(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let those in who have anything to edit; others get a 403."""
    return _for(policies.may_open, view)


def for_reviewers(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let content editors in; others get a 403."""
    return _for(policies.may_review, view)


def draw(
    request: StaffRequest, template: str, current: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Draw a page in the frame of editors. `current`: name of the address whose link is marked."""
    frame = {
        **frame_of(request, current=current),
        "done": words.of(words.DONE, done) if (done := request.GET.get("tehty", "")) in words.DONE else "",
    }
    return render(request, f"editing/{template}.html", {**frame, **context}, status=status)


def go(view: str, *args: str, done: str = "") -> HttpResponseRedirect:
    """See another page, with what was done in its address."""
    query = f"?{urlencode({'tehty': done})}" if done else ""
    response = HttpResponseRedirect(f"{reverse(view, args=args)}{query}")
    response.status_code = SEE_OTHER
    return response


def found(actor: Editor, public_id: str) -> Happening:
    """Return a happening that somebody edits.

    Raises:
        Http404: there is none, or it is another organisation's.
    """
    happening = queries.happening(actor, public_id[:LONGEST])
    if happening is None:
        raise Http404
    return happening


def _for(allows: Callable[[Editor], bool], view: View[P]) -> Callable[..., HttpResponseBase]:
    @staff_only
    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = editor_of(request)
        if not allows(actor):
            raise PermissionDenied
        return view(request, actor, *args, **kwargs)

    return guarded
