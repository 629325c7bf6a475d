"""Pyydä apua: three steps, a check, a receipt. Nothing is required but who, what and how to answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from turvaverkko.core.clients import address_of
from turvaverkko.core.deadlines import NoPolicy
from turvaverkko.core.same_origin import own_forms_only
from turvaverkko.directory import page_api as pages
from turvaverkko.guidance import danger, forms, presenting
from turvaverkko.guidance.limits import TooMany, take_draft
from turvaverkko.guidance.models import Draft
from turvaverkko.guidance.rules import SENDINGS_WINDOW, Asker, Urgency, Way
from turvaverkko.guidance.services.asking import (
    Asking,
    Contact,
    NoRoute,
    begin_draft,
    content_of,
    forget_draft,
    save_draft,
    send,
)
from turvaverkko.guidance.views import device

log = logging.getLogger(__name__)

Content = dict[str, Any]
Refusal = presenting.Refusal
FULL: Final = HTTPStatus.TOO_MANY_REQUESTS
NOT_NOW: Final = HTTPStatus.SERVICE_UNAVAILABLE


@dataclass(frozen=True)
class Page:
    """A step of the form: where it is, how it is read, what follows."""

    name: str
    template: str
    read: Callable[[HttpRequest], forms.Step]
    following: str


def _read_who(request: HttpRequest) -> forms.Step:
    return forms.who(request.POST, presenting.ages())


def _read_situation(request: HttpRequest) -> forms.Step:
    step = forms.situation(request.POST)
    step.values["danger"] = list(danger.dangers_in(step.values["words"]))
    return step


def _read_contact(request: HttpRequest) -> forms.Step:
    return forms.contact(request.POST)


WHO: Final = Page("guidance:who", "guidance/who.html", _read_who, "guidance:situation")
SITUATION: Final = Page("guidance:situation", "guidance/situation.html", _read_situation, "guidance:contact")
CONTACT: Final = Page("guidance:contact", "guidance/contact.html", _read_contact, "guidance:check")
STEPS: Final = (WHO, SITUATION, CONTACT)


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """GET, POST pyyda-apua/ : who asks and for whom."""
    return _step(request, WHO)


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def situation(request: HttpRequest) -> HttpResponse:
    """GET, POST pyyda-apua/tilanne/ : what it is about. Danger leads to emergency help first."""
    return _step(request, SITUATION)


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """GET, POST pyyda-apua/yhteys/ : how to reach the family safely."""
    return _step(request, CONTACT)


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """GET, POST pyyda-apua/tarkista/ : everything once more, then it is sent. Two presses send one."""
    draft = device.draft_of(request)
    if draft and draft.sent_id:
        return HttpResponseRedirect(reverse("guidance:receipt"))
    content = content_of(draft) if draft else {}
    if draft is None or (missing := _missing(content)):
        # Without a draft the browser keeps no cookie, or it was closed: the first step says so.
        return HttpResponseRedirect(reverse(missing) if draft else f"{reverse('guidance:who')}?from=lost")
    if request.method == "POST":
        return _send(request, draft, content)
    return _summary(request, content)


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """GET pyyda-apua/perilla/ : the code, the promised day and time, what happens next."""
    draft = device.draft_of(request)
    if draft is None or draft.sent is None:
        return pages.leave_no_trace(HttpResponseRedirect(reverse("guidance:status")))
    return _quiet(request, "guidance/receipt.html", presenting.receipt(draft, request))


@own_forms_only
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """POST pyyda-apua/tyhjenna/ : throw away what was typed and leave nothing on the device."""
    draft = device.draft_of(request)
    if draft and not draft.sent_id:
        forget_draft(draft)
    response = HttpResponseRedirect(reverse("family:front"))
    device.forget_everything(response)
    return pages.leave_no_trace(response)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """GET poistu/ : away at once, to a page that tells nothing, with nothing left on the device."""
    response = HttpResponseRedirect(presenting.exit_address())
    device.forget_everything(response)
    pages.remember_basket(request, response, "")
    response.headers["Clear-Site-Data"] = '"cache"'
    return pages.leave_no_trace(response)


def _send(request: HttpRequest, draft: Draft, content: Content) -> HttpResponse:
    """Send the draft; what cannot be received now stays as it is, and the page says so."""
    try:
        send(draft, _asking(content), address_of(request))
    except TooMany:
        draft.refresh_from_db()
        if not draft.sent_id:  # else the first of two presses was the last one that was received
            said = presenting.too_many(is_kept=True)
            return _summary(request, content, presenting.refusal(FULL, said, content))
    except (NoRoute, NoPolicy) as error:
        # What it lacks is in the error: codes of the pack, nothing of the family.
        log.exception("The county's pack lets no request in: %s", type(error).__name__)
        said = presenting.cannot_receive()
        return _summary(request, content, presenting.refusal(NOT_NOW, said, content))
    return pages.leave_no_trace(HttpResponseRedirect(reverse("guidance:receipt")))


def _summary(request: HttpRequest, content: Content, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "rows": presenting.summary(content),
        "promise": "" if refusal else presenting.promise(content),
        "steps": presenting.form_steps("check"),
    }
    return _quiet(request, "guidance/check.html", context, refusal)


def _step(request: HttpRequest, page: Page) -> HttpResponse:
    draft = device.draft_of(request)
    if draft and draft.sent_id:
        draft = None  # what was sent is sent: the form begins anew
    content = content_of(draft) if draft else {}
    if request.method != "POST":
        return _form(request, page, forms.Step(content))
    step = page.read(request)
    key = ""
    if draft is None:
        try:
            take_draft(address_of(request))
        except TooMany:
            said = presenting.too_many(is_kept=False)
            return _form(request, page, step, presenting.refusal(FULL, said, step.values))
        draft, key = begin_draft()
    is_wrong = bool(step.errors) or _warns(step)
    save_draft(draft, content | step.values | {_answered(page): not is_wrong})
    if is_wrong:
        response = _form(request, page, step)
    else:
        response = pages.leave_no_trace(HttpResponseRedirect(_after(request, page)))
    if key:
        device.remember_draft(request, response, key)
    return response


def _after(request: HttpRequest, page: Page) -> str:
    """The next step, or back to the check when somebody changed one answer from there."""
    return reverse("guidance:check" if request.POST.get("from") == "check" else page.following)


def _warns(step: forms.Step) -> bool:
    """Danger in the words, help needed today or a place elsewhere: what to know of it is read first."""
    if step.elsewhere:
        return bool(step.values["elsewhere"] != step.values["place"])
    is_urgent = bool(step.values.get("danger")) or step.values.get("urgency") == Urgency.TODAY
    return is_urgent and not step.values.get("read", True)


def _form(request: HttpRequest, page: Page, step: forms.Step, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "values": step.values,
        "steps": presenting.form_steps(page.name.removeprefix("guidance:")),
        "errors": presenting.field_errors(step),
        "error_of": step.errors,
        "from_check": (request.POST if request.method == "POST" else request.GET).get("from") == "check",
        "warns": _warns(step),
        "elsewhere": step.elsewhere,
        "is_lost": request.GET.get("from") == "lost" and not step.values,
        "help": presenting.county_telephone(),
        "alarm": presenting.alarm(),
        "crisis_url": reverse("family:crisis"),
        **presenting.choices(request, step.values),
    }
    return _quiet(request, page.template, context, refusal)


def _missing(content: Content) -> str:
    """The first step that has not been answered rightly, or "". Danger that nobody has read of is not."""
    return next((page.name for page in STEPS if not content.get(_answered(page))), "")


def _answered(page: Page) -> str:
    return f"answered:{page.name}"


def _asking(content: Content) -> Asking:
    words = str(content["words"])
    return Asking(
        asker=Asker(content["asker"]),
        words=words,
        urgency=Urgency(content["urgency"]),
        contact=_contact(content),
        language=content.get("language") or get_language() or "fi",
        municipality=content.get("municipality", ""),
        child_age=content.get("child_age", ""),
        topic=danger.topic_of(words),
        danger=tuple(content.get("danger", ())),
        needs_interpreter=bool(content.get("needs_interpreter")),
    )


def _contact(content: Content) -> Contact:
    return Contact(
        way=Way(content["way"]),
        name=content.get("name", ""),
        phone=content.get("phone", ""),
        email=content.get("email", ""),
        call_hours=tuple(content.get("call_hours", ())),
        may_leave_message=bool(content.get("may_leave_message")),
    )


def _quiet(
    request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    """A page that the browser does not keep and whose address it tells nobody."""
    context = {"noindex": True, "night": presenting.night(), "refusal": refusal, **context}
    response = render(request, template, context, status=refusal.status if refusal else HTTPStatus.OK)
    if refusal:
        response.headers["Retry-After"] = str(int(SENDINGS_WINDOW.total_seconds()))
    return pages.leave_no_trace(response)
