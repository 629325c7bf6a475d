"""Who may do what with an account and its sessions."""

from turvaverkko.core.actors import SystemActor
from turvaverkko.organisation.models import SignInInvitation, Staff, StaffSession


def anybody(_actor: object, _subject: object) -> bool:
    """Everybody can fail."""
    return True


def own_account(actor: object, subject: object) -> bool:
    """One's own account, while it is active."""
    return (
        isinstance(actor, Staff)
        and isinstance(subject, Staff)
        and actor.pk == subject.pk
        and subject.is_active
    )


def own_session(actor: object, subject: object) -> bool:
    """One's own session; the clock may lock anybody's."""
    if isinstance(actor, SystemActor):
        return True
    return isinstance(actor, Staff) and isinstance(subject, StaffSession) and actor.pk == subject.staff_id


def own_invitation(actor: object, subject: object) -> bool:
    """An invitation of one's own account."""
    return isinstance(actor, Staff) and isinstance(subject, SignInInvitation) and actor.pk == subject.staff_id


def machine_or_self(actor: object, subject: object) -> bool:
    """The one at the terminal for everybody, everybody for themselves."""
    return isinstance(actor, SystemActor) or own_account(actor, subject)


def machine(actor: object, _subject: object) -> bool:
    """The one at the terminal of the installation."""
    return isinstance(actor, SystemActor)
