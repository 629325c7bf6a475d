"""What the roles are called on pages."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.models import RoleAssignment

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_Role = RoleAssignment.Role

ROLE_NAMES: "Final[dict[RoleAssignment.Role, _StrPromise]]" = {
    _Role.SERVICE_GUIDE: _("Palveluohjaaja"),
    _Role.WORKER: _("Työntekijä"),
    _Role.UNIT_LEAD: _("Esihenkilö"),
    _Role.SPECIALIST_CONSULTANT: _("Erityistason konsultti"),
    _Role.PARTNER: _("Kumppani"),
    _Role.COORDINATOR: _("Koordinaattori"),
    _Role.DIRECTOR: _("Johtaja"),
    _Role.CONTENT_EDITOR: _("Sisällöntuottaja"),
    _Role.AUDITOR: _("Tarkastaja"),
    _Role.TECHNICAL_ADMINISTRATOR: _("Tekninen pääkäyttäjä"),
}
