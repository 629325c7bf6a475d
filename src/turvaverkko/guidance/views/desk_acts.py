"""What guides do with a request: one POST each. A refusal draws the page again with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from turvaverkko.access.api import StaffActor
from turvaverkko.core.commands import Command
from turvaverkko.core.replay import KEY, IdempotencyConflict
from turvaverkko.core.safe_text import without_hidden_signs
from turvaverkko.core.states import IllegalMove
from turvaverkko.core.typed import repeat_typed
from turvaverkko.guidance import queries, rules
from turvaverkko.guidance.desk import case_page, forms, saying
from turvaverkko.guidance.desk import queries as desk_queries
from turvaverkko.guidance.desk.case_page import Typed
from turvaverkko.guidance.forms import Step
from turvaverkko.guidance.models import ContactAttempt, ContactRequest
from turvaverkko.guidance.rules import Danger, Kind, NotNeeded, Outcome, Resolution
from turvaverkko.guidance.services import half_written, handling, thread
from turvaverkko.guidance.views.desk import actor_at_desk, draw_case, found_or_404
from turvaverkko.organisation.sign_in.api import StaffRequest, staff_only

STATE_CHANGED: Final = 409
NOTHING_TO_SHOW: Final = 204
REFUSED: Final = 400
SEE_OTHER: Final = 303


class Refused(Exception):
    """What was asked cannot be: what to do, by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


@dataclass
class Doing:
    """One sending: who, on what, which command, with which cleaned values.

    Attributes:
        key: made with the form, so that two presses of a button act once; "" when it has none.
    """

    actor: StaffActor
    request: ContactRequest
    command: Command[Any, Any, Any]
    step: Step
    key: str = field(default="")

    def run(self, **given: object) -> Any:  # noqa: ANN401 - what the command gives
        """Do the command once for this form; sent again with other content it is another act."""
        if not KEY.fullmatch(self.key):
            return self.command(self.actor, self.request, **given)
        try:
            return self.command.once(self.key, self.actor, self.request, **given)
        except IdempotencyConflict:
            return self.command(self.actor, self.request, **given)


Act = Callable[[Doing], str]


@staff_only
@require_POST
def take(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST ota/ : from now on it is mine."""

    def act(doing: Doing) -> str:
        if doing.request.item.assignee_id != doing.actor.pk or doing.request.item.closed_at:
            doing.run()
        return "take"

    return do(request, public_id, handling.take, forms.nothing, act)


@staff_only
@require_POST
def release(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST palauta/ : back to the queue."""
    return do(request, public_id, handling.release, forms.nothing, _just("release"))


@staff_only
@require_POST
def reached(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST tavoitettu/ : somebody tried to reach the family."""

    def act(doing: Doing) -> str:
        values = doing.step.values
        means = ContactAttempt.Means(values["keino"])
        doing.run(means=means, reached=values["tavoitettu"] == "yes")
        return "reached"

    return do(request, public_id, handling.record_contact, forms.attempt, act)


@staff_only
@require_POST
def answer(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST vastaa/ : write to the family; it leaves after ten seconds."""

    def act(doing: Doing) -> str:
        doing.run(text=doing.step.values["vastaus"])
        return "answer"

    return do(request, public_id, thread.answer, forms.answer, act)


@staff_only
@require_POST
def take_back(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST peru/ : take back the last answer within ten seconds; its text is in the box again."""
    actor = actor_at_desk(request)
    found = found_or_404(actor, public_id)
    held = queries.held_message(found, actor.pk)
    text = held.text if held else ""
    if not thread.take_back(actor, found):
        return _after(request, found, "gone")
    problem = gettext("Vastausta ei lähetetty. Teksti on taas vastauslaatikossa.")
    fresh = found_or_404(actor, public_id)
    return draw_case(request, actor, fresh, Typed({"vastaus": text}, problem=problem))


@staff_only
@require_POST
def write_note(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST muistiinpano/ : a note for colleagues."""

    def act(doing: Doing) -> str:
        doing.run(text=doing.step.values["muistiinpano"])
        return "note"

    return do(request, public_id, handling.add_note, forms.note, act)


@staff_only
@require_POST
def keep_writing(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST kesken/ : keep what is being written, as the page sends it while it grows."""
    actor = actor_at_desk(request)
    found = found_or_404(actor, public_id)
    for where in half_written.Where:
        if where in request.POST:
            half_written.keep(actor, found, where, without_hidden_signs(request.POST[where]).text)
    return HttpResponse(status=NOTHING_TO_SHOW)


@staff_only
@require_POST
def check(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST kiireellisyys/ : how urgent it is, judged by a named person."""

    def act(doing: Doing) -> str:
        doing.run(found=Danger(doing.step.values["vaara"]))
        return "check"

    return do(request, public_id, handling.check_urgency, forms.urgency, act)


@staff_only
@require_POST
def mark_kind(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST laji/ : what it is in law."""

    def act(doing: Doing) -> str:
        if doing.step.values["laji"] != doing.request.kind or doing.request.item.closed_at:
            doing.run(kind=Kind(doing.step.values["laji"]))
        return "kind"

    return do(request, public_id, handling.mark_kind, forms.kind, act)


@staff_only
@require_POST
def wait(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST odota/ : wait for what the family decides."""

    def act(doing: Doing) -> str:
        doing.run(until=doing.step.values["day"])
        return "wait-limit" if queries.running_limits(doing.request) else "wait"

    return do(request, public_id, handling.wait_for_family, forms.waiting, act)


@staff_only
@require_POST
def hand_over(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST siirra/ : to another unit's queue, in one step."""

    def act(doing: Doing) -> str:
        offered = {unit.public_id: unit for unit, _number in desk_queries.units_to_hand_to(doing.request)}
        unit = offered.get(doing.step.values["yksikko"])
        if unit is None:
            raise Refused({"yksikko": gettext("Valitse yksikkö luettelosta.")})
        doing.run(unit=unit)
        return "hand-over"

    return do(request, public_id, handling.hand_over, forms.handing, act)


@staff_only
@require_POST
def give(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST anna/ : the lead gives it to somebody of the unit."""

    def act(doing: Doing) -> str:
        holder, chosen = doing.request.item.assignee, doing.step.values["tekija"]
        if holder and holder.public_id == chosen and not doing.request.item.closed_at:
            return "assign"
        people = {
            one.staff.public_id: one.staff for one in desk_queries.people_to_give_to(doing.request.item)
        }
        unknown = Refused({"tekija": gettext("Valitse tekijä luettelosta.")})
        if chosen not in people:
            raise unknown
        try:
            doing.run(staff=people[chosen], instead_of=doing.step.values["haltija"])
        except handling.NotOfUnit:
            raise unknown from None
        return "assign"

    return do(request, public_id, handling.assign_to, forms.giving, act)


@staff_only
@require_POST
def give_back(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST anna/peru/ : the lead takes the last giving back, while nothing followed it."""
    return do(request, public_id, handling.take_assignment_back, forms.nothing, _just("unassign"))


@staff_only
@require_POST
def resolve(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST paata/ : what was done and what came of it."""

    def act(doing: Doing) -> str:
        values = doing.step.values
        why = NotNeeded(values["peruste"]) if values["peruste"] else None
        resolution, outcome = Resolution(values["ratkaisu"]), Outcome(values["tulos"])
        try:
            doing.run(resolution=resolution, outcome=outcome, not_needed=why)
        except rules.UrgencyFirst:
            raise Refused({"ratkaisu": gettext("Arvioi kiireellisyys ennen pyynnön päättämistä.")}) from None
        except rules.LimitOpen:
            sentence = gettext("Valitse, miksi lain määräaikaa ei tarvita, tai muu ratkaisu.")
            raise Refused({"peruste": sentence}) from None
        except handling.NotEnoughTries:
            sentence = gettext(
                "Perhettä ei ole vielä yritetty tarpeeksi: %(tries)s kertaa %(days)s päivänä. "
                "Kirjaa yritykset ensin."
            ) % {"tries": rules.TRIES_BEFORE_UNREACHABLE, "days": rules.DAYS_OF_TRIES}
            raise Refused({"ratkaisu": sentence}) from None
        return "resolve"

    return do(request, public_id, handling.resolve, forms.closing, act)


@staff_only
@require_POST
def reopen(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST avaa/ : a closed request goes on, within 30 days."""
    return do(request, public_id, handling.reopen, forms.nothing, _just("reopen"))


def _just(code: str) -> Act:
    """An act that needs nothing but its command."""

    def act(doing: Doing) -> str:
        doing.run()
        return code

    return act


def do(
    request: HttpRequest,
    public_id: str,
    command: Command[Any, Any, Any],
    read: Callable[[Any], Step],
    act: Act,
) -> HttpResponse:
    """Read what was typed, do it, and see the request again; a refusal keeps everything that was typed.

    The right is asked before the form is read: who may not do it is told so, whatever was typed.
    """
    repeat_typed(request)
    actor = actor_at_desk(request)
    found = found_or_404(actor, public_id)
    if not command.allow(actor, found):
        raise PermissionDenied(command.name)
    step = read(request.POST)
    if step.errors:
        return draw_case(request, actor, found, Typed(step.values, step.errors), REFUSED)
    try:
        code = act(Doing(actor, found, command, step, request.POST.get("avain", "")[:100]))
    except Refused as refused:
        return draw_case(request, actor, found, Typed(step.values, refused.errors), REFUSED)
    except IllegalMove as refusal:
        fresh = found_or_404(actor, public_id)
        was_faster = isinstance(refusal, handling.AlreadyTaken)
        words = case_page.taken_words(fresh) if was_faster else case_page.moved_words(fresh)
        return draw_case(request, actor, fresh, Typed(step.values, problem=words), STATE_CHANGED)
    return _after(request, found, code)


def _after(request: HttpRequest, found: ContactRequest, code: str) -> HttpResponse:
    """See the request again, or the queue when it is no longer one's own to see."""
    left = code == "hand-over"
    address = reverse("guidance:queue") if left else reverse("guidance:desk-request", args=[found.public_id])
    if code == "assign" and request.POST.get("paluu") == "tiimi":
        address = reverse("guidance:team")
    response = HttpResponseRedirect(address)
    response.status_code = SEE_OTHER
    saying.say(request, response, code, "" if left else found.public_id)
    return response
