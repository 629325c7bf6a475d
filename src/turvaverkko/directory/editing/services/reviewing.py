"""The county looks at what a partner wrote: accepts it, or returns it with what has to be mended."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import close_matter
from turvaverkko.core.commands import command, note
from turvaverkko.core.rows import locked
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import policies, queries, rules
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.models import Review
from turvaverkko.directory.editing.services.joining import ReasonMissing
from turvaverkko.directory.editing.services.listing import (
    ChangedMeanwhile,
    end_review,
    make_public,
    merged,
    write_anew,
)
from turvaverkko.directory.editing.telling import tell_reviewed
from turvaverkko.directory.states import ARCHIVED, LISTING
from turvaverkko.work.api import meet_deadline


@command("editing.accept", allow=policies.may_review, sentence=_("Kumppanin tapahtuma hyväksyttiin"))
def accept(actor: Editor, review: Review, *, seen: str | None = None) -> Review:
    """Make public what was sent.

    Args:
        actor: a content editor.
        review: what waits.
        seen: `queries.stamp` of the listing as the editor saw it; None does not ask.

    Raises:
        ChangedMeanwhile: it, or what is public, became otherwise since.
        IllegalMove: it was answered already, or the listing has ended.
    """
    happening = locked(review.happening)
    if seen is not None and seen != queries.stamp(happening):
        raise ChangedMeanwhile
    proposed = None if review.content is None else merged(review, happening)
    _end(actor, review, "accept")
    if proposed is None:
        make_public(actor, happening, LISTING.after(happening.state, "publish"), "accepted")
    elif happening.state == ARCHIVED:
        raise IllegalMove(happening.state, "accept")
    else:
        write_anew(actor, happening, proposed, "accepted")
    note(listing=happening.public_id)
    return review


@command("editing.send_back", allow=policies.may_review, sentence=_("Tapahtuma palautettiin korjattavaksi"))
def send_back(actor: Editor, review: Review, *, comment: str) -> Review:
    """Return what was sent, with a comment that the partner reads. What is public stays as it is.

    Raises:
        IllegalMove: it was answered already.
        ReasonMissing: there is no comment.
    """
    if not comment.strip():
        raise ReasonMissing
    happening = locked(review.happening)
    _end(actor, review, "return", comment.strip())
    if review.content is None:
        happening.state = LISTING.after(happening.state, "return")
        happening.save(update_fields=["state"])
    note(listing=happening.public_id)
    return review


@command("editing.take_back", allow=policies.may_edit_reviewed, sentence=_("Muutosehdotus otettiin takaisin"))
def take_back(actor: Editor, review: Review) -> Review:
    """Take back a change that still waits; what is public stays as it is.

    Raises:
        IllegalMove: it was answered already, or the listing itself waits.
    """
    if review.content is None:
        raise IllegalMove(review.state, "take_back")
    end_review(review, "take_back", actor)
    close_matter(actor, review.item.matter)
    return review


def _end(actor: Editor, review: Review, move: str, comment: str = "") -> None:
    meet_deadline(review.item, rules.REVIEW_PROMISE)
    end_review(review, move, actor, comment)
    close_matter(actor, review.item.matter)
    tell_reviewed(review)
