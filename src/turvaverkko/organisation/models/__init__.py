"""The county and the people who work in it: areas, municipalities, organisations, units, staff."""

from turvaverkko.organisation.models.centres import (
    FamilyCentre,
    FamilyCentreMunicipality,
)
from turvaverkko.organisation.models.geography import (
    Area,
    AreaMembership,
    County,
    Municipality,
    MunicipalityInCounty,
    PostalCode,
    PostalPrefix,
)
from turvaverkko.organisation.models.organisations import Organisation, Unit
from turvaverkko.organisation.models.settings import (
    DeadlinePolicy,
    RegionalSetting,
    SchoolBreak,
)
from turvaverkko.organisation.models.sign_in import (
    BackupCode,
    KeptRequest,
    SecondFactor,
    SignInInvitation,
    SignInPlace,
    SignInTries,
    StaffSession,
)
from turvaverkko.organisation.models.staff import RoleAssignment, Staff

__all__ = [
    "Area",
    "AreaMembership",
    "BackupCode",
    "County",
    "DeadlinePolicy",
    "FamilyCentre",
    "FamilyCentreMunicipality",
    "KeptRequest",
    "Municipality",
    "MunicipalityInCounty",
    "Organisation",
    "PostalCode",
    "PostalPrefix",
    "RegionalSetting",
    "RoleAssignment",
    "SchoolBreak",
    "SecondFactor",
    "SignInInvitation",
    "SignInPlace",
    "SignInTries",
    "Staff",
    "StaffSession",
    "Unit",
]
