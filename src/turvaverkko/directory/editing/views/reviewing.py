"""What waits to be looked at: the list, one with what it changes, and the answers."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import (
    policies,
    presenting,
    queries,
    rules,
    saying,
    states,
    typing_in,
    words,
)
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import LANGUAGES
from turvaverkko.directory.editing.models import Review
from turvaverkko.directory.editing.services import reviewing as services
from turvaverkko.directory.editing.services.joining import ReasonMissing
from turvaverkko.directory.editing.services.listing import ChangedMeanwhile, merged
from turvaverkko.directory.editing.views.common import (
    CHANGED,
    LONGEST,
    NOTHING,
    Told,
    draw,
    for_editors,
    for_reviewers,
    go,
)
from turvaverkko.directory.editing.writing import content_of
from turvaverkko.organisation.api import names_of_staff
from turvaverkko.organisation.sign_in.api import StaffRequest
from turvaverkko.work.api import explained, foremost

LIST: Final = "editing:reviews"


@for_reviewers
@require_safe
def waiting(request: StaffRequest, _actor: Editor) -> HttpResponseBase:
    """GET tyo/sisallot/tarkistus/ : what waits to be looked at, and by when."""
    return draw(request, "reviews", LIST, {"rows": presenting.waiting(queries.open_reviews())})


@for_reviewers
@require_safe
def show(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """GET …/<id>/ : what was sent: a new listing whole, of a change what differs from what is public."""
    return _show(request, actor, _found(public_id))


@for_reviewers
@require_POST
def accept(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/hyvaksy/ : it is public now."""
    review = _found(public_id)
    try:
        services.accept(actor, review, seen=request.POST.get("nahty", "")[:LONGEST])
    except ChangedMeanwhile:
        said = gettext("Tapahtuma muuttui sillä välin. Katso, mitä siinä nyt on, ja hyväksy sitten.")
        return _show(request, actor, _found(public_id), Told(said, CHANGED))
    except IllegalMove:
        return _show(request, actor, _found(public_id), Told(_answered(), CHANGED))
    return go(LIST, done="hyvaksytty")


@for_reviewers
@require_POST
def send_back(request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/palauta/ : with what has to be mended."""
    review, comment = _found(public_id), typing_in.text(request.POST.get("kommentti", ""))
    try:
        services.send_back(actor, review, comment=typing_in.at_most(comment, rules.COMMENT))
    except ReasonMissing:
        said = gettext("Kirjoita, mitä pitää korjata. Lähettäjä lukee sen.")
        return _show(request, actor, review, Told(said))
    except typing_in.Unreadable as error:
        return _show(request, actor, review, Told(str(error), typed=comment))
    except IllegalMove:
        return _show(request, actor, _found(public_id), Told(_answered(), CHANGED, typed=comment))
    return go(LIST, done="palautettu-korjattavaksi")


@for_editors
@require_POST
def take_back(_request: StaffRequest, actor: Editor, public_id: str) -> HttpResponseBase:
    """POST …/peru/ : the partner's own change is not wanted after all."""
    review = _found(public_id)
    if not policies.may_edit_reviewed(actor, review):
        raise Http404
    services.take_back(actor, review)
    return go("editing:one", review.happening.public_id, done="peruttu")


def _found(public_id: str) -> Review:
    review = queries.review(public_id)
    if review is None:
        raise Http404
    return review


def _answered() -> str:
    return gettext("Joku muu ehti vastata tähän ensin. Sivulla näkyy nykyinen tilanne.")


def _show(request: StaffRequest, actor: Editor, review: Review, told: Told = NOTHING) -> HttpResponse:
    happening = review.happening
    places = {slug: name for slug, name, _where in presenting.places_of(actor)}
    public = content_of(happening)
    sent = public if review.content is None else merged(review, happening)
    asked = request.GET.get("kieli", "")
    language = asked if asked in LANGUAGES else "fi"
    running = foremost(queries.deadlines([review])[review.item_id])
    context = {
        "review": review,
        "is_waiting": review.state == states.WAITING,
        "is_change": review.content is not None,
        "state": words.of(words.REVIEW_STATES, review.state),
        "name": presenting.preview(sent, language, places).name,
        "organisation": happening.organisation.name,
        "sender": names_of_staff([review.sent_by]).get(review.sent_by, ""),
        "due": explained(running, opening=gettext("Lähetetty")) if running else "",
        "differences": saying.differences(public, sent, places)
        if review.content is not None
        else saying.whole(sent, places),
        "preview": presenting.preview(sent, language, places),
        "languages": presenting.previews(sent, language),
        "seen": queries.stamp(happening),
        "told": told,
    }
    return draw(request, "review", LIST, context, told.status)
