"""Liity mukaan: the open form, its receipt, and the county's answers."""

import logging
import secrets
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from turvaverkko.core.clients import address_of
from turvaverkko.core.deadlines import NoPolicy
from turvaverkko.core.replay import BadIdempotencyKey
from turvaverkko.core.same_origin import own_forms_only
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory import page_api as pages
from turvaverkko.directory.editing import joining_form, links, presenting, queries, rules, typing_in
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.models import JoinRequest
from turvaverkko.directory.editing.services import joining
from turvaverkko.directory.editing.views.common import (
    CHANGED,
    NOTHING,
    REFUSED,
    SEE_OTHER,
    Told,
    draw,
    for_reviewers,
    go,
)
from turvaverkko.looks.api import FieldError
from turvaverkko.organisation.api import Organisation
from turvaverkko.organisation.sign_in.api import StaffRequest

log = logging.getLogger(__name__)
LIST: Final = "editing:joins"
# Unit: bytes of chance in the key of a form.
KEY: Final = 16


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """GET, POST liity/ : an organisation asks to join. Two presses make one ask."""
    if request.method != "POST":
        return _form(request, joining_form.Typed(dict.fromkeys(joining_form.FIELDS, "")))
    typed = joining_form.read(request.POST, queries.own_municipalities())
    if typed.asking is None:
        return _form(request, typed, status=REFUSED)
    try:
        asked = joining.send(request.POST.get("avain", "")[:100], typed.asking, address_of(request))
    except joining.TooMany:
        problem = gettext("Tästä verkosta on tullut monta pyyntöä. Odota tunti ja lähetä uudelleen.")
        return _form(request, typed, problem, HTTPStatus.TOO_MANY_REQUESTS)
    except BadIdempotencyKey:
        problem = gettext("Lomake oli vanhentunut. Kirjoittamasi on tallessa: lähetä se uudelleen.")
        return _form(request, typed, problem, REFUSED)
    except (joining.NoRoute, NoPolicy) as error:
        # What it lacks is in the error: codes of the pack, nothing of the applicant.
        log.exception("The county's pack lets nobody join: %s", type(error).__name__)
        problem = gettext(
            "Emme voi ottaa pyyntöä vastaan juuri nyt. Vika on meidän. Yritä huomenna uudelleen."
        )
        return _form(request, typed, problem, HTTPStatus.SERVICE_UNAVAILABLE)
    address = reverse("editing:join-status", args=[links.token_of(links.JOIN, asked.public_id)])
    response = HttpResponseRedirect(address)
    response.status_code = SEE_OTHER
    return pages.leave_no_trace(response)


@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """GET liity/<token>/ : the receipt with the promised day; later the answer. No contact details."""
    asked = queries.join(links.read_token(links.JOIN, token))
    if asked is None or asked.is_forgotten:
        raise Http404
    context = {"noindex": True, "asked": asked, **presenting.join_status(asked)}
    return pages.leave_no_trace(render(request, "editing/join_status.html", context))


@for_reviewers
@require_safe
def joins(request: StaffRequest, _actor: Editor) -> HttpResponseBase:
    """GET tyo/sisallot/liittymiset/ : who asks to join, by when the county answers; and the partners."""
    return _joins(request)


@for_reviewers
@require_POST
def accept(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/<id>/hyvaksy/ : the organisation is one of us."""
    asked, chosen = _found(public_id), request.POST.get("toimija", "")
    known: Organisation | None = None
    if chosen != "uusi":
        known = next((one for one in queries.like_join(asked) if one.public_id == chosen), None)
        if known is None:
            said = gettext("Valitse, onko tämä uusi toimija vai joku jo mukana olevista.")
            return _joins(request, Told(said, at=asked.public_id, field="toimija"))
    trusted = request.POST.get("luotettu") == "1"
    try:
        joining.accept(actor, asked, organisation=known, is_trusted=trusted)
    except IllegalMove:
        return _joins(request, Told(_answered(), CHANGED))
    return go(LIST, done="otettu")


@for_reviewers
@require_POST
def decline(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/<id>/hylkaa/ : not this time; the applicant reads why."""
    asked, reason = _found(public_id), typing_in.text(request.POST.get("syy", ""))
    try:
        joining.decline(actor, asked, reason=typing_in.at_most(reason, rules.COMMENT))
    except joining.ReasonMissing:
        said = gettext("Kirjoita perustelu. Hakija lukee sen.")
        return _joins(request, Told(said, at=public_id, field="syy"))
    except typing_in.Unreadable as error:
        return _joins(request, Told(str(error), at=public_id, field="syy", typed=reason))
    except IllegalMove:
        return _joins(request, Told(_answered(), CHANGED))
    return go(LIST, done="ei-otettu")


@for_reviewers
@require_POST
def trust(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST tyo/sisallot/kumppanit/<id>/luottamus/ : publish at once, or look first."""
    partner = queries.partner(public_id)
    if partner is None:
        raise Http404
    joining.trust(actor, partner, is_trusted=request.POST.get("luotettu") == "1")
    return go(LIST, done="luottamus")


def _found(public_id: str) -> JoinRequest:
    asked = queries.join(public_id)
    if asked is None:
        raise Http404
    return asked


def _answered() -> str:
    return gettext("Joku muu ehti vastata tähän ensin. Luettelossa näkyy nykyinen tilanne.")


def _form(
    request: HttpRequest, typed: joining_form.Typed, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    errors = [FieldError(name, said) for name in joining_form.FIELDS if (said := typed.errors.get(name))]
    context = {
        "values": typed.values,
        "errors": errors,
        "error_of": typed.errors,
        "problem": problem,
        "key": _key(request),
        **presenting.join_choices(typed.values, queries.own_municipalities()),
    }
    return pages.leave_no_trace(render(request, "editing/join.html", context, status=status))


def _key(request: HttpRequest) -> str:
    """Return the key of the form: the same as long as it is mended, so that it is received once."""
    given = request.POST.get("avain", "")[:100]
    return given if len(given) > KEY and given.replace("-", "").replace("_", "").isalnum() else _new_key()


def _new_key() -> str:
    return secrets.token_urlsafe(KEY)


def _joins(request: StaffRequest, told: Told = NOTHING) -> HttpResponse:
    return draw(request, "joins", LIST, {**presenting.joins(), "told": told}, told.status)
