"""The door of the app `organisation`: what other apps may use of it.

Finder      `find_family_centre("90100")` → `Answer`; `finder_sentences(answer)` says it in words.
Places      `host_county()`, `counties()`, `municipalities(county)`, `family_centres(county)`.
Settings    `resolve_setting(key, at, on)` with `path_of_municipality`, `path_of_centre`, `path_of_county`;
            keys: CONTACT_LABEL, CONTACT_PHONE, OFFICE_HOURS, CLOSING_DAYS, SERVICE_LANGUAGES,
            REVIEWED_KINDS.
Deadlines   `answer_promise(at=moment)` for the front page; `due(code, start, county=…)` for any policy.
Staff       `active_units(day)`, `staff_in_role(role, day, units=…)`, `staffed_units`,
            `staff_by_unit(roles, day)`, `units_of_roles`, `names_of_staff(public_ids)`.
Packs       `register_section`, `register_names` (see `packs.registry`), `apply_pack`, `check_pack`,
            and the rows that a pack's entries name: `lookups`.
"""

from turvaverkko.organisation.finder.queries import Answer, Outcome, find_family_centre
from turvaverkko.organisation.finder.words import sentences as finder_sentences
from turvaverkko.organisation.layers import Found, Layer, Path, nearest
from turvaverkko.organisation.models import (
    Area,
    AreaMembership,
    County,
    FamilyCentre,
    Municipality,
    Organisation,
    PostalCode,
    RoleAssignment,
    Staff,
    Unit,
)
from turvaverkko.organisation.models.base import AtLayer, Dated, Named
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.applying import apply_pack, check_pack
from turvaverkko.organisation.packs.errors import PackError, PackRefused
from turvaverkko.organisation.packs.pack import Entry, Pack
from turvaverkko.organisation.packs.registry import Section, register_names, register_section
from turvaverkko.organisation.packs.shapes import DAY, HOURS, SLUG, TEXT, TRANSLATED, entry_schema
from turvaverkko.organisation.packs.syncing import Applying, Report
from turvaverkko.organisation.queries import (
    Promise,
    Setting,
    answer_promise,
    area_memberships,
    due,
    family_centres,
    host_county,
    local_days,
    memberships_of,
    municipalities,
    municipalities_told,
    municipality_names,
    path_of_centre,
    path_of_county,
    path_of_municipality,
    policies,
    resolve_setting,
    resolve_settings,
)
from turvaverkko.organisation.setting_keys import (
    CLOSING_DAYS,
    CONTACT_LABEL,
    CONTACT_PHONE,
    OFFICE_HOURS,
    REVIEWED_KINDS,
    SERVICE_LANGUAGES,
)
from turvaverkko.organisation.staffing import (
    active_units,
    names_of_staff,
    staff_by_unit,
    staff_in_role,
    staffed_units,
    units_of_roles,
)

__all__ = [
    "CLOSING_DAYS",
    "CONTACT_LABEL",
    "CONTACT_PHONE",
    "DAY",
    "HOURS",
    "OFFICE_HOURS",
    "REVIEWED_KINDS",
    "SERVICE_LANGUAGES",
    "SLUG",
    "TEXT",
    "TRANSLATED",
    "Answer",
    "Applying",
    "Area",
    "AreaMembership",
    "AtLayer",
    "County",
    "Dated",
    "Entry",
    "FamilyCentre",
    "Found",
    "Layer",
    "Municipality",
    "Named",
    "Organisation",
    "Outcome",
    "Pack",
    "PackError",
    "PackRefused",
    "Path",
    "PostalCode",
    "Promise",
    "Report",
    "RoleAssignment",
    "Section",
    "Setting",
    "Staff",
    "Unit",
    "active_units",
    "answer_promise",
    "apply_pack",
    "area_memberships",
    "check_pack",
    "counties",
    "due",
    "entry_schema",
    "family_centres",
    "find_family_centre",
    "finder_sentences",
    "host_county",
    "local_days",
    "lookups",
    "memberships_of",
    "municipalities",
    "municipalities_told",
    "municipality_names",
    "names_of_staff",
    "nearest",
    "path_of_centre",
    "path_of_county",
    "path_of_municipality",
    "policies",
    "register_names",
    "register_section",
    "resolve_setting",
    "resolve_settings",
    "staff_by_unit",
    "staff_in_role",
    "staffed_units",
    "units_of_roles",
]


def counties() -> list[County]:
    """Every wellbeing services county, Helsinki and Åland, by Finnish name."""
    return list(County.objects.order_by("name_fi"))
