"""Everything that changes an account's sign-in or a session. Each writes its line into the trail."""

import secrets
from typing import Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.actors import Anonymous, SystemActor
from turvaverkko.core.commands import command, note, subject_of
from turvaverkko.core.states import IllegalMove
from turvaverkko.organisation.models import (
    BackupCode,
    KeptRequest,
    RoleAssignment,
    SecondFactor,
    SignInInvitation,
    Staff,
    StaffSession,
)
from turvaverkko.organisation.sign_in import factors, policies, throttle
from turvaverkko.organisation.sign_in.port import Refused
from turvaverkko.organisation.sign_in.queries import digest_of
from turvaverkko.organisation.sign_in.rules import ENDED_SESSIONS, INVITATION, KEPT, LONGEST

# Unit: bytes of chance in a token.
TOKEN_BYTES: Final = 32
# At the terminal nobody is signed in; who may sit there is the installation's own matter.
TERMINAL: Final = SystemActor("terminal")
# What locks a session that nobody uses.
CLOCK: Final = SystemActor("idle-lock")


@command("organisation.sign_in", allow=policies.own_account, sentence=_("Kirjauduttiin sisään."))
def sign_in(
    _actor: Staff, account: Staff, *, adapter: str, means: str, browser: str, instead_of: int | None = None
) -> str:
    """Begin a session; return the token for the cookie. An earlier session of the same browser ends."""
    forget_old()
    now = time_source.now()
    if instead_of:
        StaffSession.objects.filter(pk=instead_of, ended_at__isnull=True).update(ended_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session = StaffSession.objects.create(
        staff=account,
        digest=digest_of(token),
        browser=browser[:40],
        started_at=now,
        seen_at=now,
        confirmed_at=now,
    )
    note(adapter=adapter, means=means, session=session.public_id)
    return token


@command(
    "organisation.sign_in_refused",
    allow=policies.anybody,
    sentence=_("Kirjautuminen ei onnistunut."),
    lock=False,
)
def refuse(_actor: Anonymous, _account: Staff | None, *, delayed: bool) -> None:
    """Write down that somebody could not sign in; nothing says who an unknown account was."""
    note(delayed=delayed)


@command("organisation.sign_out", allow=policies.own_session, sentence=_("Kirjauduttiin ulos."))
def sign_out(_actor: Staff, session: StaffSession) -> None:
    """End a session."""
    session.ended_at = session.ended_at or time_source.now()
    session.save(update_fields=["ended_at"])


@command(
    "organisation.sign_out_others", allow=policies.own_session, sentence=_("Kirjauduttiin ulos muualta.")
)
def sign_out_others(_actor: Staff, session: StaffSession) -> int:
    """End every other session of the account; return how many there were."""
    return _end_others(session)


@command("organisation.lock", allow=policies.own_session, sentence=_("Istunto lukittiin."))
def lock(_actor: Staff | SystemActor, session: StaffSession) -> StaffSession:
    """Lock a session: nothing of it can be used before a code or the password is given."""
    if session.locked_at is None:
        session.locked_at = time_source.now()
        session.save(update_fields=["locked_at"])
    return session


@command("organisation.unlock", allow=policies.own_session, sentence=_("Istunnon lukitus avattiin."))
def unlock(_actor: Staff, session: StaffSession, *, means: factors.Means) -> StaffSession:
    """Open a locked session. A code is fresher proof than a password: only a code counts for step-up."""
    now = time_source.now()
    session.locked_at, session.seen_at = None, now
    if means != "password":
        session.confirmed_at = now
    session.save(update_fields=["locked_at", "seen_at", "confirmed_at"])
    note(means=means)
    return session


@command("organisation.confirm", allow=policies.own_session, sentence=_("Vahvistettiin koodilla."))
def confirm(_actor: Staff, session: StaffSession, *, means: factors.Means) -> StaffSession:
    """Remember that a code was just given."""
    now = time_source.now()
    session.confirmed_at = session.seen_at = now
    session.save(update_fields=["confirmed_at", "seen_at"])
    note(means=means)
    return session


@command(
    "organisation.proof_refused", allow=policies.own_session, sentence=_("Koodi tai salasana ei kelvannut.")
)
def refuse_proof(_actor: Staff, session: StaffSession, *, delayed: bool) -> StaffSession:
    """Write down that the lock or the step-up was not passed."""
    note(delayed=delayed)
    return session


@command("organisation.add_staff", allow=policies.machine, sentence=_("Henkilöstön tili avattiin."))
def add_staff(_actor: SystemActor, *, email: str, display_name: str, role: RoleAssignment | None) -> Staff:
    """Make an account that cannot sign in before its link has been used, with a first role or none."""
    staff = Staff.objects.create_user(email, None, display_name=display_name)
    if role is not None:
        role.staff = staff
        role.save()
        note(role=role.role)
    return staff


@command(
    "organisation.invite_staff", allow=policies.machine_or_self, sentence=_("Käyttöönottolinkki annettiin.")
)
def invite(_actor: SystemActor | Staff, account: Staff) -> str:
    """Make a one-time link for taking an account into use; earlier links stop working. Return its token."""
    SignInInvitation.objects.filter(staff=account).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SignInInvitation.objects.create(
        staff=account,
        digest=digest_of(token),
        secret=factors.new_secret(),
        expires_at=time_source.now() + INVITATION,
    )
    return token


@command("organisation.reset_sign_in", allow=policies.machine, sentence=_("Kirjautumistavat poistettiin."))
def reset(_actor: SystemActor, account: Staff) -> Staff:
    """Take away password, authenticator, backup codes and sessions: the telephone was lost or stolen."""
    account.set_unusable_password()
    account.save(update_fields=["password"])
    SecondFactor.objects.filter(staff=account).delete()
    BackupCode.objects.filter(staff=account).delete()
    _end_all(account)
    return account


@command("organisation.enrol", allow=policies.own_invitation, sentence=_("Tili otettiin käyttöön."))
def enrol(_actor: Staff, invitation: SignInInvitation, *, password: str, code: str) -> list[str]:
    """Give the account its password and authenticator; return its backup codes.

    Raises:
        IllegalMove: the link has been used.
        Refused: the code does not come from the new authenticator; the link can be used again.
    """
    if invitation.used_at is not None:
        raise IllegalMove("used", "enrol")
    account = invitation.staff
    note(subject=subject_of(account))
    step = factors.first_step(invitation.secret, code)
    if step is None:
        raise Refused
    SecondFactor.objects.update_or_create(
        staff=account,
        defaults={"secret": invitation.secret, "last_step": step, "confirmed_at": time_source.now()},
    )
    account.set_password(password)
    account.save(update_fields=["password"])
    invitation.used_at = time_source.now()
    invitation.save(update_fields=["used_at"])
    _end_all(account)
    return factors.new_backup_codes(account)


@command("organisation.renew_backup_codes", allow=policies.own_account, sentence=_("Varakoodit uusittiin."))
def renew_backup_codes(_actor: Staff, account: Staff) -> list[str]:
    """Make new backup codes; the old ones stop working."""
    return factors.new_backup_codes(account)


@command("organisation.change_password", allow=policies.own_session, sentence=_("Salasana vaihdettiin."))
def change_password(actor: Staff, session: StaffSession, *, password: str) -> None:
    """Change the password; every other session ends."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    _end_others(session)


@command("organisation.give_demo_keys", allow=policies.machine, sentence=_("Esimerkkitili sai avaimensa."))
def give_demo_keys(_actor: SystemActor, account: Staff, *, encoded: str, secret: str) -> Staff:
    """Give an account of a demo the keys that everybody may know; `demo.give_keys` sees that it is one."""
    account.password = encoded
    account.save(update_fields=["password"])
    SecondFactor.objects.update_or_create(staff=account, defaults={"secret": secret})
    return account


def forget_old() -> None:
    """Delete ended sessions, links and kept requests that nobody can use any more."""
    now = time_source.now()
    # Rows only: the trail keeps who signed in when.
    StaffSession.objects.filter(started_at__lt=now - LONGEST - ENDED_SESSIONS).delete()
    KeptRequest.objects.filter(kept_at__lt=now - KEPT).delete()
    SignInInvitation.objects.filter(expires_at__lt=now).delete()
    throttle.forget_old()


def _end_others(session: StaffSession) -> int:
    mine = StaffSession.objects.filter(staff_id=session.staff_id, ended_at__isnull=True)
    return mine.exclude(pk=session.pk).update(ended_at=time_source.now())


def _end_all(account: Staff) -> None:
    mine = StaffSession.objects.filter(staff=account, ended_at__isnull=True)
    mine.update(ended_at=time_source.now())
