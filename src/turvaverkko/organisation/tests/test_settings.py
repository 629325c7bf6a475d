"""Settings and policies as they hold in a small county."""

from datetime import date

import pytest

from turvaverkko.organisation import api
from turvaverkko.organisation.models import County, DeadlinePolicy, RegionalSetting


def test_an_own_policy_stands_instead_of_a_national_one(kainuu: County) -> None:
    common = {"amount": 9, "unit": "working_days", "runs_from": "received", "valid_from": date(2023, 1, 1)}
    for code in ("contact-promise", "only-national"):
        DeadlinePolicy.objects.create(name_fi="Valtakunnallinen", code=code, source="Laki", **common)
    found = {policy.code: policy.amount for policy in api.policies(kainuu)}
    assert found == {"contact-promise": 2, "only-national": 9}


def test_a_national_value_and_no_value(kainuu: County) -> None:
    RegionalSetting.objects.create(key=api.OFFICE_HOURS, value=[])
    at = api.path_of_county(kainuu)
    assert api.resolve_setting(api.OFFICE_HOURS, at).explanation() == "Arvo on valtakunnallinen."
    nothing = api.resolve_setting(api.SERVICE_LANGUAGES, at)
    assert (nothing.value, nothing.explanation()) == (None, "Mikään kerros ei anna arvoa.")


def test_a_misspelt_setting_fails_in_the_program(kainuu: County) -> None:
    with pytest.raises(KeyError):
        api.resolve_setting("contact.lable", api.path_of_county(kainuu))


def test_a_setting_dated_to_begin_does_so(kainuu: County) -> None:
    RegionalSetting.objects.create(
        key=api.CONTACT_LABEL, value={"fi": "Uusi"}, county=kainuu, valid_from=date(2027, 1, 1)
    )
    at = api.path_of_county(kainuu)
    assert api.resolve_setting(api.CONTACT_LABEL, at, date(2026, 12, 31)).value["fi"] == "Kysy perheasioista"
    assert api.resolve_setting(api.CONTACT_LABEL, at, date(2027, 1, 1)).value["fi"] == "Uusi"
