"""County, demo packs only: accounts without a password, and the roles they hold."""

from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.models import RoleAssignment, Staff
from turvaverkko.organisation.models.staff import SCOPES
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.pack import Entry, Pack, day_of
from turvaverkko.organisation.packs.shapes import DAY, LANGUAGE, SLUG, TEXT, entry_schema
from turvaverkko.organisation.packs.syncing import Applying

# Addresses of a demo can reach nobody: the domain is reserved for that (RFC 2606).
DEMO_DOMAIN: Final = "@example.invalid"
STAFF = entry_schema(
    ["email", "display_name", "roles"],
    email={
        "type": "string",
        "pattern": f"^[a-z0-9.-]+{DEMO_DOMAIN.replace('.', '[.]')}$",
        "x-advice": _("Esimerkkiosoite päättyy @example.invalid."),
    },
    display_name={**TEXT, "maxLength": 120},
    languages={"type": "array", "items": LANGUAGE, "uniqueItems": True},
    roles={
        "type": "array",
        "minItems": 1,
        "items": entry_schema(
            ["role"],
            role={"type": "string", "enum": list(RoleAssignment.Role.values)},
            unit=SLUG,
            organisation=SLUG,
            area=SLUG,
            valid_from=DAY,
        ),
    },
)


def read(pack: Pack) -> list[Entry]:
    """Read the demo staff; a pack that is not a demo has none."""
    entries = pack.yaml_entries("staff.yaml", STAFF, needed=False)
    for entry in entries:
        if not pack.header.get("demo"):
            text = gettext("Vain esimerkkipaketissa (demo: true) voi olla henkilöstöä. Poista tiedosto.")
            pack.fault(entry, "email", text)
        pack.declare("staff", entry, name=entry["email"])
        for scope in SCOPES:
            names = [role[scope] for role in entry["roles"] if scope in role]
            pack.refer(entry, f"roles.{scope}", scope, names=names)
        if any(sum(scope in role for scope in SCOPES) != 1 for role in entry["roles"]):
            text = gettext("Roolilla on joko yksikkö, organisaatio tai alue. Jätä yksi.")
            pack.fault(entry, "roles", text)
    return entries


def apply(entries: list[Entry], applying: Applying) -> None:
    """Write accounts and roles; one that left the pack may not sign in any more."""
    scopes: dict[str, dict[str, Any]] = {
        "unit": {unit.slug: unit for unit in lookups.units(applying.county)},
        "organisation": dict(lookups.organisations(applying.county)),
        "area": dict(lookups.areas(applying.county)),
    }
    of_county = (
        Q(roles__unit__organisation__county=applying.county)
        | Q(roles__organisation__county=applying.county)
        | Q(roles__area__county=applying.county)
    )
    emails = [entry["email"] for entry in entries]
    demo_staff = Staff.objects.filter(of_county | Q(email__in=emails), email__endswith=DEMO_DOMAIN)
    stored = list(demo_staff.distinct())
    known = {row.email: row for row in stored}
    staff = applying.sync(
        "staff",
        Staff,
        {entry["email"]: _account(entry, known.get(entry["email"])) for entry in entries},
        stored=stored,
        key=lambda row: row.email,
        end=lambda _row: {"is_active": False},
    )
    roles = {}
    for entry in entries:
        for role in entry["roles"]:
            values = {scope: scopes[scope].get(role.get(scope, "")) for scope in SCOPES}
            account = staff[entry["email"]]
            begins = day_of(role.get("valid_from"))
            key = (account.pk, role["role"], *(row and row.pk for row in values.values()), begins)
            roles[key] = {
                "staff": account,
                "role": role["role"],
                **values,
                "valid_from": begins,
                "valid_to": None,
            }
    applying.sync(
        "roles",
        RoleAssignment,
        roles,
        stored=RoleAssignment.objects.filter(staff__in=stored),
        key=lambda row: (
            row.staff_id,
            row.role,
            row.unit_id,
            row.organisation_id,
            row.area_id,
            row.valid_from,
        ),
        end=applying.end_dated,
    )


def _account(entry: Entry, stored: Staff | None) -> dict[str, Any]:
    """The values of an account. A new one gets a password that nobody can type."""
    password = {} if stored else {"password": make_password(None)}
    return {
        **password,
        "email": entry["email"],
        "display_name": entry["display_name"],
        "languages": entry.get("languages", []),
        "is_active": True,
    }
