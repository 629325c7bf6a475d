"""One's own account: where one is signed in, backup codes, the password, a new telephone."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from turvaverkko.looks.api import Cell, Fact, FieldError, Table
from turvaverkko.looks.words import moment_words
from turvaverkko.organisation.models import RoleAssignment, StaffSession
from turvaverkko.organisation.sign_in import factors, queries, services
from turvaverkko.organisation.sign_in.guards import StaffRequest, require_fresh, signed_in_only
from turvaverkko.organisation.sign_in.role_names import ROLE_NAMES
from turvaverkko.organisation.sign_in.role_pages import pages_of
from turvaverkko.organisation.sign_in.rules import grouped
from turvaverkko.organisation.sign_in.views.common import draw, go
from turvaverkko.organisation.sign_in.views.entering import password_errors


@require_safe
@signed_in_only
def account(request: StaffRequest) -> HttpResponseBase:
    """GET tyo/oma-tili/ : who one is here, and where one is signed in."""
    sessions = queries.open_sessions(request.user)
    roles = queries.roles_of(request.user)
    page = {
        "facts": [
            Fact(gettext("Nimi"), request.user.display_name),
            Fact(gettext("Sähköposti"), request.user.email),
            *(Fact(_role(role), _scope(role)) for role in roles),
        ],
        "role_pages": pages_of(roles),
        "sessions": _table(sessions, request.staff_session),
        "others": len(sessions) - 1,
        "codes_left": queries.backup_codes_left(request.user),
    }
    return draw(request, "account", page)


@require_POST
@signed_in_only
def others_out(request: StaffRequest) -> HttpResponseBase:
    """POST tyo/oma-tili/muut-ulos/ : sign out everywhere else."""
    services.sign_out_others(request.user, request.staff_session)
    return go(reverse("sign_in:account"))


@require_POST
@signed_in_only
@require_fresh()
def backup_codes(request: StaffRequest) -> HttpResponseBase:
    """POST tyo/oma-tili/varakoodit/ : new backup codes, shown once."""
    codes = services.renew_backup_codes(request.user, request.user)
    return draw(request, "backup_codes", {"codes": [grouped(code) for code in codes], "is_first": False})


@require_POST
@signed_in_only
@require_fresh()
def new_device(request: StaffRequest) -> HttpResponseBase:
    """POST tyo/oma-tili/laite/ : a one-time link of one's own, for a new telephone."""
    token = services.invite(request.user, request.user)
    return go(f"{reverse('sign_in:enrol')}?{urlencode({'avain': token})}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@require_fresh()
def password(request: StaffRequest) -> HttpResponseBase:
    """GET, POST tyo/oma-tili/salasana/ : a new password; other sessions end."""
    if request.method != "POST":
        return draw(request, "password", {"email": request.user.email})
    errors = _password_faults(request)
    if errors:
        return draw(request, "password", {"email": request.user.email}, errors=errors)
    new = request.POST.get("new_password", "")
    services.change_password(request.user, request.staff_session, password=new)
    return _changed(request)


def _changed(request: StaffRequest) -> HttpResponse:
    return draw(request, "password", {"email": request.user.email, "is_changed": True})


def _password_faults(request: StaffRequest) -> list[FieldError]:
    if not factors.password_fits(request.user, request.POST.get("password", "")):
        return [FieldError("password", gettext("Nykyinen salasana ei täsmää."))]
    return password_errors(
        request.user,
        request.POST.get("new_password", ""),
        request.POST.get("new_password_again", ""),
        field="new_password",
        again_field="new_password_again",
    )


def _table(sessions: list[StaffSession], current: StaffSession) -> Table:
    columns = [Cell(gettext("Selain")), Cell(gettext("Kirjauduttu")), Cell(gettext("Käytetty viimeksi"))]
    rows = []
    for session in sessions:
        browser = session.browser or gettext("tuntematon selain")
        if session.pk == current.pk:
            browser = gettext("%(browser)s (tämä)") % {"browser": browser}
        rows.append(
            [Cell(browser), Cell(moment_words(session.started_at)), Cell(moment_words(session.seen_at))]
        )
    return Table(gettext("Avoimet istunnot"), columns, rows)


def _role(role: RoleAssignment) -> str:
    return str(ROLE_NAMES[RoleAssignment.Role(role.role)])


def _scope(role: RoleAssignment) -> str:
    where = role.unit or role.organisation or role.area
    return where.name if where else ""
