"""What an organisation says through the link of its letter, and taking it back."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note, subject_of
from turvaverkko.core.deadlines import NoPolicy
from turvaverkko.core.ids import PUBLIC_ID_LENGTH
from turvaverkko.core.replay import BadIdempotencyKey
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.models import Listing
from turvaverkko.directory.search.api import index_entry
from turvaverkko.directory.states import LISTING, PUBLISHED
from turvaverkko.directory.staying import policies, rules, standing, states
from turvaverkko.directory.staying.models import Answer, Ask, Correction
from turvaverkko.directory.staying.policies import Speaker
from turvaverkko.organisation.api import due, host_county

# The county's promise of when a correction is made (`deadline_policies.yaml`).
PROMISE: Final = "listing-correction"
_PRESS: Final = re.compile(rf"[a-z0-9]{{{PUBLIC_ID_LENGTH}}}")


def confirm_all(speaker: Speaker, listings: Sequence[Listing], *, press: str) -> None:
    """Confirm several listings with one press of a button; all or none.

    Args:
        speaker: who says so.
        listings: of one organisation.
        press: made by the page, 16 signs: a second sending says nothing more, and undo finds all by it.

    Raises:
        BadIdempotencyKey: `press` is no such key.
        IllegalMove: one of them is not published any more.
        PermissionDenied: one of them is another organisation's.
    """
    with transaction.atomic():
        for listing in listings:
            confirm.once(_key(press, listing), speaker, listing, press=press)


def report_once(speaker: Speaker, listing: Listing, *, words: str, contact: str, press: str) -> None:
    """Say what has changed, once for a press of the button; raises as `report` and `confirm_all` do."""
    report.once(_key(press, listing), speaker, listing, words=words, contact=contact, press=press)


def end_once(speaker: Speaker, listing: Listing, *, press: str) -> None:
    """Say that a listing has ended, once for a press of the button; raises as `end` and `confirm_all` do."""
    end.once(_key(press, listing), speaker, listing, press=press)


@command("staying.confirm", allow=policies.may_speak_for, sentence=_("Tiedot vahvistettiin oikeiksi"))
def confirm(actor: Speaker, listing: Listing, *, press: str) -> Answer:
    """Say that everything published of a listing is true today.

    Raises:
        IllegalMove: it is not published any more.
    """
    _check_published(listing, "confirm")
    note(subject=subject_of(listing))
    answer = _answer(actor, listing, press, Answer.Said.TRUE)
    listing.confirmed_on = time_source.today()
    listing.save(update_fields=["confirmed_on"])
    return answer


@command("staying.report", allow=policies.may_speak_for, sentence=_("Tietojen muutoksesta kerrottiin"))
def report(actor: Speaker, listing: Listing, *, words: str, contact: str, press: str) -> Answer:
    """Say what has changed: an editor mends it by the day that the county promises. Nothing changes yet.

    Raises:
        IllegalMove: the listing is not published any more.
    """
    _check_published(listing, "report")
    note(subject=subject_of(listing))
    correction = _correction(actor, listing, words=words, contact=contact)
    return _answer(actor, listing, press, Answer.Said.CHANGED, correction)


@command("staying.end", allow=policies.may_speak_for, sentence=_("Toiminnan kerrottiin päättyneen"))
def end(actor: Speaker, listing: Listing, *, press: str) -> Answer:
    """Say that a listing is no longer in operation: it is hidden at once, and an editor decides what follows.

    Raises:
        IllegalMove: it is not published any more.
    """
    note(subject=subject_of(listing))
    listing.state = LISTING.after(listing.state, "hide")
    listing.save(update_fields=["state"])
    _reindex(listing)
    return _answer(actor, listing, press, Answer.Said.ENDED, _correction(actor, listing, has_ended=True))


@command("staying.undo", allow=policies.may_undo, sentence=_("Vastaus peruttiin"))
def undo(_actor: Speaker, answer: Answer) -> Answer:
    """Take an answer back within its minutes. Taking it back twice is no harm.

    Raises:
        IllegalMove: the minutes are over, or an editor has already acted on it.
    """
    now = time_source.now()
    listing = standing.locked_listing(answer.about, answer.listing)
    note(subject=subject_of(listing))
    if answer.undone_at is not None:
        return answer
    if not rules.may_undo(answer.answered_at, now):
        raise IllegalMove(answer.said, "undo")
    _take_back(answer, listing, now)
    answer.undone_at = now
    answer.save(update_fields=["undone_at"])
    return answer


def undo_press(speaker: Speaker, press: str) -> int:
    """Take back everything that one press answered; return how much that was."""
    with transaction.atomic():
        answers = list(Answer.objects.filter(ask=speaker.ask, press=press, undone_at=None).order_by("pk"))
        for answer in answers:
            undo(speaker, answer)
    return len(answers)


def _take_back(answer: Answer, listing: Listing, now: datetime) -> None:
    if answer.correction is not None:
        correction = answer.correction
        correction.state = states.CORRECTION.after(correction.state, "withdraw")
        correction.closed_at, correction.words, correction.contact = now, "", ""
        correction.save()
    if answer.said == Answer.Said.TRUE:
        listing.confirmed_on = answer.confirmed_before
        listing.save(update_fields=["confirmed_on"])
    elif answer.said == Answer.Said.ENDED:
        listing.state = LISTING.after(listing.state, "publish")
        listing.save(update_fields=["state"])
        _reindex(listing)


def _key(press: str, listing: Listing) -> str:
    """The key of one press about one listing.

    Raises:
        BadIdempotencyKey: the page did not make it.
    """
    if not _PRESS.fullmatch(press):
        raise BadIdempotencyKey
    return f"{press}-{listing.public_id}"


def _answer(
    actor: Speaker, listing: Listing, press: str, said: Answer.Said, correction: Correction | None = None
) -> Answer:
    return Answer.objects.create(
        ask=Ask.objects.get(pk=actor.ask),
        press=press,
        about=standing.about_of(listing),
        listing=listing.public_id,
        said=said,
        confirmed_before=listing.confirmed_on,
        correction=correction,
        answered_at=time_source.now(),
    )


def _correction(
    actor: Speaker, listing: Listing, *, words: str = "", contact: str = "", has_ended: bool = False
) -> Correction:
    return Correction.objects.create(
        organisation_id=actor.organisation,
        about=standing.about_of(listing),
        listing=listing.public_id,
        words=words,
        contact=contact,
        has_ended=has_ended,
        made_at=time_source.now(),
        due_at=_promised(),
    )


def _promised() -> datetime | None:
    """By when the county promises to mend it; what an organisation says is received without a promise too."""
    try:
        return due(PROMISE, time_source.now(), county=host_county()).moment
    except NoPolicy:
        return None


def _check_published(listing: Listing, action: str) -> None:
    if listing.state != PUBLISHED:
        raise IllegalMove(listing.state, action)


def _reindex(listing: Listing) -> None:
    index_entry(f"{standing.about_of(listing)}/{listing.slug}")
