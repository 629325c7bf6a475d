"""Who may join, write, review and publish. Listings hold no family data: roles decide, not the gate."""

from turvaverkko.core.actors import Anonymous, SystemActor
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.models import FieldLock, Review, SignInLink
from turvaverkko.directory.models import Happening
from turvaverkko.organisation.api import Organisation, Staff


def may_ask(actor: object, _subject: object) -> bool:
    """Anybody may ask to join, and ask for a sign-in link."""
    return isinstance(actor, Anonymous)


def own_link(actor: object, subject: object) -> bool:
    """A sign-in link of one's own account, while it is active."""
    return (
        isinstance(actor, Staff)
        and isinstance(subject, SignInLink)
        and subject.staff_id == actor.pk
        and actor.is_active
    )


def is_system(actor: object, _subject: object) -> bool:
    """Jobs only."""
    return isinstance(actor, SystemActor)


def may_open(actor: object, _subject: object = None) -> bool:
    """Whoever has anything to edit at all."""
    return isinstance(actor, Editor) and (actor.is_editor or bool(actor.organisations))


def may_review(actor: object, _subject: object = None) -> bool:
    """A content editor answers joins and reviews."""
    return isinstance(actor, Editor) and actor.is_editor


def may_write_for(actor: object, organisation: object) -> bool:
    """A content editor for every organisation, a partner for its own."""
    if not (isinstance(actor, Editor) and isinstance(organisation, Organisation)):
        return False
    return actor.is_editor or organisation.pk in actor.organisations


def may_edit(actor: object, happening: object) -> bool:
    """A content editor every happening, a partner those of its own organisations."""
    if not (isinstance(actor, Editor) and isinstance(happening, Happening)):
        return False
    return actor.is_editor or happening.organisation_id in actor.organisations


def may_edit_reviewed(actor: object, review: object) -> bool:
    """Whoever may edit what is reviewed."""
    return isinstance(review, Review) and may_edit(actor, review.happening)


def may_release(actor: object, subject: object) -> bool:
    """A content editor takes over a field that follows a source; a partner cannot."""
    return isinstance(subject, Happening | FieldLock) and may_review(actor)
