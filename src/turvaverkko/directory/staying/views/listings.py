"""The page of an organisation behind the link of its letter: is what is published of it still true?

Opening it changes nothing, so that a mail filter that follows links confirms nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.core import time_source
from turvaverkko.core.ids import new_public_id
from turvaverkko.core.safe_text import strip_controls
from turvaverkko.core.same_origin import own_forms_only
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.freshness import leave_no_trace
from turvaverkko.directory.help_card import help_card
from turvaverkko.directory.models import Listing
from turvaverkko.directory.staying import policies, queries, rules, standing, tokens
from turvaverkko.directory.staying.models import Ask
from turvaverkko.directory.staying.services import answering
from turvaverkko.directory.staying.showing import shown
from turvaverkko.looks.api import FieldError

P = ParamSpec("P")
# Unit: signs of what has changed, and of a way to be reached.
LONGEST_WORDS: Final = 2000
LONGEST_CONTACT: Final = 200
GONE: Final = 410
REFUSED: Final = 400
SEE_OTHER: Final = 303


def opened(
    view: Callable[Concatenate[HttpRequest, Ask, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the letter behind a token: a forged one is a 404, an old one a page that says what to do."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        ask = queries.ask_of(tokens.read(token))
        if ask is None:
            raise Http404
        if not rules.link_holds(ask.asked_at, time_source.now()):
            context = {"noindex": True, "help": help_card(_language(), "")}
            return leave_no_trace(render(request, "staying/old_link.html", context, status=GONE))
        return leave_no_trace(view(request, ask, *args, **kwargs))

    return guarded


@own_forms_only
@require_safe
@opened
def listings(request: HttpRequest, ask: Ask) -> HttpResponse:
    """GET vahvista/<token>/ : what is due of an organisation, each as the public reads it."""
    return _page(request, ask)


@own_forms_only
@require_POST
@opened
def answer(request: HttpRequest, ask: Ask) -> HttpResponse:
    """POST vahvista/<token>/vastaa/ : `vastaus` is "true", "all" or "ended", `kohde` says of what."""
    speaker, press = policies.speaker_of(ask), request.POST.get("avain", "")
    said = request.POST.get("vastaus", "")
    try:
        if said == "all":
            wanted = set(request.POST.getlist("kohde"))
            due = standing.due_of(standing.everything(ask.organisation_id))
            answering.confirm_all(
                speaker, [_listing(one.key) for one in due if one.key in wanted], press=press
            )
        elif said == "true":
            answering.confirm_all(speaker, [_listing(request.POST.get("kohde", ""))], press=press)
        elif said == "ended":
            answering.end_once(speaker, _listing(request.POST.get("kohde", "")), press=press)
    except IllegalMove:
        return _back(ask)  # somebody was faster; the page shows how it is now
    return _back(ask)


@own_forms_only
@require_POST
@opened
def changed(request: HttpRequest, ask: Ask) -> HttpResponse:
    """POST vahvista/<token>/muuttunut/ : what has changed, in one's own words, for an editor to mend."""
    listing = _listing(request.POST.get("kohde", ""))
    words = strip_controls(request.POST.get("sanat", "")).strip()
    contact = strip_controls(request.POST.get("yhteys", "")).strip()
    errors = _errors(words, contact)
    if errors:
        typed = {"kohde": request.POST.get("kohde", ""), "sanat": words, "yhteys": contact}
        return _page(request, ask, typed=typed, errors=errors)
    try:
        answering.report_once(
            policies.speaker_of(ask),
            listing,
            words=words,
            contact=contact,
            press=request.POST.get("avain", ""),
        )
    except IllegalMove:
        return _back(ask)
    return _back(ask)


@own_forms_only
@require_POST
@opened
def undo(request: HttpRequest, ask: Ask) -> HttpResponse:
    """POST vahvista/<token>/kumoa/ : take back what one press of a button said."""
    try:
        answering.undo_press(policies.speaker_of(ask), request.POST.get("avain", "")[:20])
    except IllegalMove:
        return _back(ask)  # the minutes are over: the page no longer offers it
    return _back(ask)


def _page(
    request: HttpRequest,
    ask: Ask,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    due = standing.due_of(standing.everything(ask.organisation_id))
    typed, errors = typed or {}, errors or {}
    answered = queries.just_answered(ask)
    in_hand = queries.being_corrected()
    context = {
        "noindex": True,
        "organisation": ask.organisation,
        "due": shown([one for one in due if one.key not in in_hand], _language()),
        "due_on": {one.key: one.due for one in due},
        "in_hand": [one.name for one in due if one.key in in_hand],
        "answered": queries.presses(answered),
        "token": tokens.token_of(ask.public_id),
        "key": new_public_id(),
        "typed": typed,
        "error_of": errors,
        "errors": [
            FieldError(f"{name}-{typed['kohde'].replace(':', '-')}", words) for name, words in errors.items()
        ],
        "help": help_card(_language(), ""),
    }
    return render(request, "staying/listings.html", context, status=REFUSED if errors else 200)


def _errors(words: str, contact: str) -> dict[str, str]:
    errors = {}
    if not words:
        errors["sanat"] = gettext("Kirjoita, mikä on muuttunut.")
    elif len(words) > LONGEST_WORDS:
        errors["sanat"] = gettext("Lyhennä tekstiä: enintään %(most)s merkkiä.") % {"most": LONGEST_WORDS}
    if len(contact) > LONGEST_CONTACT:
        errors["yhteys"] = gettext("Lyhennä tekstiä: enintään %(most)s merkkiä.") % {"most": LONGEST_CONTACT}
    return errors


def _listing(key: str) -> Listing:
    """Return what a form names.

    Raises:
        Http404: there is no such listing.
    """
    found = standing.listing(key)
    if found is None:
        raise Http404
    return found


def _back(ask: Ask) -> HttpResponse:
    response = HttpResponseRedirect(reverse("staying:listings", args=[tokens.token_of(ask.public_id)]))
    response.status_code = SEE_OTHER
    return response


def _language() -> str:
    return get_language() or "fi"
