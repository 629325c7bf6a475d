"""What is done to a happening: written, sent, published, hidden, ended, restored."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import open_matter
from turvaverkko.core import time_source
from turvaverkko.core.announcements import announce
from turvaverkko.core.commands import command, note
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import policies, queries, rules, states
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import (
    CHANGES,
    LANGUAGES,
    Content,
    differing,
    field_of,
    name_of,
    with_field,
)
from turvaverkko.directory.editing.models import Review, Revision
from turvaverkko.directory.editing.services.joining import NoRoute, free_slug
from turvaverkko.directory.editing.writing import content_of, write
from turvaverkko.directory.laying_out import municipality_of
from turvaverkko.directory.messages import ListingChanged
from turvaverkko.directory.models import Happening
from turvaverkko.directory.states import ARCHIVED, DRAFT, HIDDEN, LISTING, PUBLISHED
from turvaverkko.organisation.api import Organisation, due, host_county, path_of_county, path_of_municipality
from turvaverkko.work.api import About, close_item, open_item, start_deadline, unit_on_route

ITEM_KIND = "directory.review"
MATTER_KIND = "listing-review"


class ChangedMeanwhile(ValueError):
    """Somebody else wrote since the page was opened."""


class NotWhole(ValueError):
    """What is sent or published lacks a name or a time to come."""


@command("editing.create", allow=policies.may_write_for, sentence=_("Tapahtuma luotiin"), lock=False)
def create(actor: Editor, organisation: Organisation, *, content: Content) -> Happening:
    """Make a draft of an organisation. Send it with `create.once(key, …)`: two presses make one."""
    made = Happening(
        slug=free_slug(Happening, name_of(content), "tapahtuma"),
        organisation=organisation,
        state=LISTING.initial,
        changed_at=time_source.now(),
    )
    made.save()
    _write(actor, made, content, "created")
    note(organisation=organisation.public_id)
    return made


@command("editing.save", allow=policies.may_edit, sentence=_("Tapahtumaa muutettiin"))
def save(actor: Editor, happening: Happening, *, content: Content, seen: str | None = None) -> Happening:
    """Write a happening; fields that follow a source stay as they are.

    Args:
        actor: an editor, or a partner whose words need no look first or whose draft it is.
        happening: which.
        content: whole.
        seen: `queries.stamp` as the writer saw it; None does not ask.

    Raises:
        ChangedMeanwhile: somebody else wrote since.
        IllegalMove: it is published and the partner's words are looked at first: `propose`; or it has ended.
    """
    if happening.state == ARCHIVED or needs_review(actor, happening):
        raise IllegalMove(happening.state, "save")
    before = _seen(actor, happening, seen)
    _write(actor, happening, unlocked(happening, before, content), "saved")
    return happening


@command("editing.propose", allow=policies.may_edit, sentence=_("Tapahtumaan ehdotettiin muutosta"))
def propose(
    actor: Editor, happening: Happening, *, content: Content, seen: str | None = None, language: str = "fi"
) -> Review:
    """Send a change of a published happening to be looked at; it stands beside what is public.

    A change that waits already is replaced. Arguments as of `save`.

    Raises:
        ChangedMeanwhile: somebody else wrote since.
        IllegalMove: it is not public, or needs no look first.
    """
    if not needs_review(actor, happening):
        raise IllegalMove(happening.state, "propose")
    before = _seen(actor, happening, seen)
    proposed = unlocked(happening, before, content)
    base = _number(happening)
    waiting = queries.open_review(happening)
    if waiting is None:
        return _begin_review(actor, happening, proposed, base, language)
    waiting.content, waiting.base, waiting.version = proposed, base, waiting.version + 1
    waiting.sent_by = actor.public_id
    waiting.save(update_fields=["content", "base", "version", "sent_by"])
    return waiting


@command("editing.submit", allow=policies.may_edit, sentence=_("Tapahtuma lähetettiin tarkistettavaksi"))
def submit(actor: Editor, happening: Happening, *, language: str = "fi") -> Review:
    """Send a draft to be looked at.

    Raises:
        IllegalMove: it is no draft.
        NotWhole: it has no name or no time to come.
        NoRoute: the county names no unit for reviews.
        NoPolicy: the county promises no day by which it looks.
    """
    happening.state = LISTING.after(happening.state, "submit")
    _check_whole(happening)
    happening.save(update_fields=["state"])
    return _begin_review(actor, happening, None, _number(happening), language)


@command("editing.publish", allow=policies.may_edit, sentence=_("Tapahtuma julkaistiin"))
def publish(actor: Editor, happening: Happening) -> Happening:
    """Make public what needs no look first: one's own draft, or what was hidden.

    Raises:
        IllegalMove: it cannot follow the state, or has to be looked at first.
        NotWhole: it has no name or no time to come.
    """
    state = happening.state
    if state == DRAFT and (actor.is_editor or not queries.is_reviewed(happening.organisation)):
        state = LISTING.after(state, "submit")
    elif state != HIDDEN:
        raise IllegalMove(state, "publish")
    _check_whole(happening)
    make_public(actor, happening, LISTING.after(state, "publish"), "published")
    return happening


@command("editing.hide", allow=policies.may_edit, sentence=_("Tapahtuma piilotettiin"))
def hide(actor: Editor, happening: Happening) -> Happening:
    """Take a happening out of sight for a while."""
    _move(actor, happening, "hide", "hidden")
    return happening


@command("editing.archive", allow=policies.may_edit, sentence=_("Tapahtuma päättyi"))
def archive(actor: Editor, happening: Happening, *, successor: Happening | None = None) -> Happening:
    """End a happening for good, with what took its place if anything did. What waits is taken back.

    Raises:
        IllegalMove: it has ended already, or would follow itself.
    """
    if successor is not None and successor.pk == happening.pk:
        raise IllegalMove(happening.state, "archive")
    happening.successor = successor
    happening.save(update_fields=["successor"])
    if waiting := queries.open_review(happening):
        end_review(waiting, "take_back", actor)
    _move(actor, happening, "archive", "archived")
    note(successor=successor.public_id if successor else None)
    return happening


@command("editing.restore", allow=policies.may_edit, sentence=_("Tapahtuma otettiin takaisin luonnokseksi"))
def restore(actor: Editor, happening: Happening) -> Happening:
    """Take back what has ended, as a draft."""
    happening.successor = None
    happening.save(update_fields=["successor"])
    _move(actor, happening, "restore", "restored")
    return happening


@command(
    "editing.restore_revision", allow=policies.may_edit, sentence=_("Tapahtuman aiempi versio palautettiin")
)
def restore_revision(
    actor: Editor, happening: Happening, *, revision: Revision, seen: str | None = None
) -> Happening:
    """Make a happening say again what it said; that is a new revision, nothing of the history is lost.

    Raises:
        ChangedMeanwhile: somebody else wrote since.
        IllegalMove: it has ended, a partner's words are looked at first, or the revision is another's.
    """
    is_other = revision.happening_id != happening.pk
    if is_other or happening.state == ARCHIVED or needs_review(actor, happening):
        raise IllegalMove(happening.state, "restore_revision")
    before = _seen(actor, happening, seen)
    _write(actor, happening, unlocked(happening, before, revision.content), "taken-back")
    note(number=revision.number)
    return happening


@command("editing.change_date", allow=policies.may_edit, sentence=_("Yhden kerran tiedot muuttuivat"))
def change_date(
    actor: Editor, happening: Happening, *, day: str, change: Mapping[str, Any] | None
) -> Happening:
    """Cancel or move one date of a series, or take that back with None.

    A partner does it at once, also where its words are looked at first: a family before a locked door cannot
    wait for a look. The note is cut to one sentence by the form.

    Args:
        actor: who.
        happening: of which.
        day: of the series, ISO.
        change: as `contents` keeps it, without its day.

    Raises:
        IllegalMove: it has ended, or its dates follow a source.
    """
    if happening.state == ARCHIVED or CHANGES in queries.locks_of(happening):
        raise IllegalMove(happening.state, "change_date")
    content = content_of(happening)
    others = [one for one in content[CHANGES] if one["day"] != day]
    changed = [*others, {**change, "day": day}] if change else others
    changed.sort(key=lambda one: str(one["day"]))
    _write(actor, happening, {**content, CHANGES: changed}, "date-changed")
    note(day=day)
    return happening


def needs_review(actor: Editor, happening: Happening) -> bool:
    """Tell whether what somebody writes of a happening is looked at before it is public."""
    is_public = happening.state in (PUBLISHED, HIDDEN)
    return is_public and not actor.is_editor and queries.is_reviewed(happening.organisation)


def unlocked(happening: Happening, before: Content, content: Content) -> Content:
    """Return a content whose locked fields are as they were: a form cannot change what follows a source."""
    for field in queries.locks_of(happening):
        content = with_field(content, field, field_of(before, field))
    return content


def make_public(actor: Editor, happening: Happening, state: str, act: str) -> None:
    """Write that a happening is public: its organisation says so today; a step of a command."""
    happening.state, happening.confirmed_on = state, time_source.today()
    happening.save(update_fields=["state", "confirmed_on"])
    keep_revision(actor, happening, content_of(happening), act)
    announce(ListingChanged(f"happening/{happening.slug}"))


def keep_revision(actor: Editor, happening: Happening, content: Content, act: str) -> Revision:
    """Add to the history; a step of a command that has locked the happening."""
    kept: Revision = Revision.objects.create(
        happening=happening,
        number=_number(happening) + 1,
        act=act,
        content=content,
        made_by=actor.public_id,
        made_at=time_source.now(),
    )
    return kept


def merged(review: Review, happening: Happening) -> Content:
    """Return what a happening would say with a proposed change: only what that changed becomes otherwise.

    So a date that was cancelled meanwhile stays cancelled.
    """
    present = content_of(happening)
    base = queries.revision(happening, review.base)
    proposed = unlocked(happening, present, review.content or {})
    for field in differing(base.content if base else present, proposed):
        present = with_field(present, field, field_of(proposed, field))
    return present


def write_anew(actor: Editor, happening: Happening, content: Content, act: str) -> None:
    """Write a content that was accepted; a step of a command that has locked the happening."""
    _write(actor, happening, content, act)


def end_review(review: Review, move: str, actor: Editor, comment: str = "") -> None:
    """Write how a review ended and close its work; a step of a command."""
    review.state, review.comment = states.REVIEW.after(review.state, move), comment
    review.answered_at, review.answered_by = time_source.now(), actor.public_id
    review.save(update_fields=["state", "comment", "answered_at", "answered_by"])
    close_item(review.item, state=review.state, outcome=review.state)


def _begin_review(
    actor: Editor, happening: Happening, content: Content | None, base: int, language: str
) -> Review:
    now, county, where = time_source.now(), host_county(), municipality_of(happening)
    path = path_of_municipality(where) if where else path_of_county(county)
    route = unit_on_route(ITEM_KIND, path)
    if route is None:
        raise NoRoute(county.slug)
    matter = open_matter(actor, route.unit, kind=MATTER_KIND)
    about = About(municipality=where.slug if where else "", channel="web")
    item = open_item(matter, kind=ITEM_KIND, state=states.WAITING, about=about)
    start_deadline(item, due(rules.REVIEW_PROMISE, now, county=county, at=path), now)
    made: Review = Review.objects.create(
        happening=happening,
        item=item,
        content=content,
        base=base,
        sent_by=actor.public_id,
        language=language,
        sent_at=now,
    )
    note(unit=route.unit.public_id, item=item.public_id)
    return made


def _write(actor: Editor, happening: Happening, content: Content, act: str) -> None:
    coming = write(happening, content, source=f"own:{happening.organisation.slug}"[:100])
    kept = keep_revision(actor, happening, content_of(happening), act)
    _renew_waiting(happening, kept.number)
    if happening.state == PUBLISHED:
        announce(ListingChanged(f"happening/{happening.slug}"))
    note(number=kept.number, coming=coming)


def _renew_waiting(happening: Happening, number: int) -> None:
    """Count up the review of a listing that itself waits: what was changed under the reviewer's eyes."""
    waiting = queries.open_review(happening)
    if waiting is not None and waiting.content is None:
        waiting.base, waiting.version = number, waiting.version + 1
        waiting.save(update_fields=["base", "version"])


def _move(actor: Editor, happening: Happening, action: str, act: str) -> None:
    happening.state = LISTING.after(happening.state, action)
    happening.changed_at = time_source.now()
    happening.save(update_fields=["state", "changed_at"])
    keep_revision(actor, happening, content_of(happening), act)
    announce(ListingChanged(f"happening/{happening.slug}"))


def _seen(actor: Editor, happening: Happening, seen: str | None) -> Content:
    """Return what a happening says now, when that is what the writer saw.

    What came from a source has no history yet: how it was found is its beginning.
    """
    if seen is not None and seen != queries.stamp(happening):
        raise ChangedMeanwhile
    content = content_of(happening)
    if not _number(happening):
        keep_revision(actor, happening, content, "found")
    return content


def _number(happening: Happening) -> int:
    newest = queries.last_revision(happening)
    return newest.number if newest else 0


def _check_whole(happening: Happening) -> None:
    content = content_of(happening)
    is_coming = any(one.state != one.State.CANCELLED for one in queries.coming(happening))
    if not any(field_of(content, "name").get(language) for language in LANGUAGES) or not is_coming:
        raise NotWhole
