"""What is promised to a family that asks for help, and where the settings come from."""

from datetime import UTC, date, datetime

import pytest

from turvaverkko.core.deadlines import NoPolicy
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.organisation import api
from turvaverkko.organisation.models import (
    County,
    DeadlinePolicy,
    FamilyCentre,
    Municipality,
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        pytest.param("2026-11-23T09:00", "2026-11-26T16:00", id="Monday: Thursday at four"),
        pytest.param("2026-11-23T23:59", "2026-11-26T16:00", id="Monday night: the same"),
        pytest.param("2026-11-20T12:00", "2026-11-25T16:00", id="Friday: the weekend does not count"),
        pytest.param("2026-11-22T12:00", "2026-11-25T16:00", id="Sunday: Wednesday"),
        pytest.param(
            "2026-12-03T12:00", "2026-12-09T16:00", id="Independence Day is a Sunday, the 7th our own"
        ),
        pytest.param(
            "2026-12-23T10:00", "2026-12-31T16:00", id="Christmas, and the 28th is a day of our own"
        ),
        pytest.param("2027-06-23T10:00", "2027-06-29T16:00", id="Midsummer Eve is no office day"),
    ],
)
def test_the_promise_of_three_office_days(pohjois_pohjanmaa: County, asked: str, answered: str) -> None:
    promise = api.answer_promise(at=moment(asked))
    assert promise is not None
    assert promise.moment == moment(answered)


def test_the_promise_explains_itself(pohjois_pohjanmaa: County) -> None:
    promise = api.answer_promise(at=moment("2026-12-23T10:00"))
    assert promise is not None
    assert promise.explanation == (
        "Yhteydenotto tuli keskiviikkona 23.12.2026. Kolmas toimistopäivä on 31.12.2026 kello 16.00, "
        "koska 24.–28.12. eivät ole toimistopäiviä."
    )
    assert promise.due.policy.source == "Pohjois-Pohjanmaan hyvinvointialueen julkinen palvelulupaus"


def test_a_moment_in_utc_is_a_day_in_finland(pohjois_pohjanmaa: County) -> None:
    # 22:30 in UTC on Sunday is half past midnight on Monday in Finland.
    promise = api.answer_promise(at=datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    assert promise is not None
    assert promise.due.day == date(2026, 11, 26)


def test_a_county_without_a_promise_promises_nothing(pohjois_pohjanmaa: County) -> None:
    DeadlinePolicy.objects.filter(code="contact-promise").delete()
    assert api.answer_promise(at=moment("2026-11-23T09:00")) is None


def test_a_new_version_holds_for_what_begins_after_it(pohjois_pohjanmaa: County) -> None:
    DeadlinePolicy.objects.create(
        county=pohjois_pohjanmaa,
        name_fi="Vastaus",
        code="contact-promise",
        version=2,
        amount=1,
        unit="office_days",
        runs_from="received",
        valid_from=date(2027, 1, 1),
        source="Keksitty",
    )
    old = api.answer_promise(at=moment("2026-12-31T12:00"))
    new = api.answer_promise(at=moment("2027-01-04T12:00"))
    assert old is not None
    assert new is not None
    assert (old.due.policy.version, old.due.day) == (1, date(2027, 1, 7))
    assert (new.due.policy.version, new.due.day) == (2, date(2027, 1, 5))


@pytest.mark.parametrize(
    ("code", "start", "municipality", "day"),
    [
        pytest.param(
            "assessment-start", "2026-11-24T09:00", "oulu", "2026-12-03", id="THL: Tuesday to Thursday"
        ),
        pytest.param(
            "assessment-ready", "2026-11-30T09:00", "oulu", "2027-02-28", id="three months: Act 150/1930"
        ),
        pytest.param(
            "therapy-guarantee", "2026-11-22T09:00", "oulu", "2026-12-20", id="28 days, every day counts"
        ),
        pytest.param("student-welfare", "2026-10-15T09:00", "oulu", "2026-11-02", id="autumn break of Oulu"),
        pytest.param(
            "student-welfare", "2026-10-15T09:00", "raahe", "2026-10-27", id="autumn break of Raahe"
        ),
        pytest.param(
            "urgent-help", "2026-12-25T09:00", "oulu", "2026-12-25", id="at once, also at Christmas"
        ),
        pytest.param(
            "child-welfare-notification", "2027-06-16T09:00", "oulu", "2027-06-25", id="Midsummer Eve counts"
        ),
    ],
)
def test_other_limits_are_counted_in_their_own_calendar(
    pohjois_pohjanmaa: County, code: str, start: str, municipality: str, day: str
) -> None:
    where = api.path_of_municipality(Municipality.objects.get(slug=municipality), date(2026, 11, 22))
    due = api.due(code, moment(start), county=pohjois_pohjanmaa, at=where)
    assert due.day == date.fromisoformat(day)


def test_an_unknown_policy_is_an_error(pohjois_pohjanmaa: County) -> None:
    with pytest.raises(NoPolicy):
        api.due("no-such", moment("2026-11-23T09:00"), county=pohjois_pohjanmaa)


def test_the_name_of_the_help_button_in_lakeus_is_its_own(pohjois_pohjanmaa: County) -> None:
    day = date(2026, 11, 22)
    here = api.path_of_municipality(Municipality.objects.get(slug="tyrnava"), day)
    there = api.path_of_municipality(Municipality.objects.get(slug="raahe"), day)
    lakeus = api.resolve_setting(api.CONTACT_LABEL, here, day)
    county = api.resolve_setting(api.CONTACT_LABEL, there, day)
    assert (lakeus.value["fi"], county.value["fi"]) == ("Pyydä neuvoa", "Pyydä apua")
    assert lakeus.explanation() == "Arvon antaa palvelualue: Lakeus."
    assert county.explanation() == "Arvon antaa hyvinvointialue: Pohjois-Pohjanmaan hyvinvointialue."
    assert lakeus.covered == ((api.Layer.COUNTY, county.value),)


def test_a_centre_has_settings_of_its_own_and_its_towns_and_countys(pohjois_pohjanmaa: County) -> None:
    day = date(2026, 11, 22)
    tuira = api.path_of_centre(FamilyCentre.objects.get(slug="perhekeskus-tuira"), day)
    found = api.resolve_settings([api.SERVICE_LANGUAGES, api.CONTACT_PHONE], tuira, day)
    languages = found[api.SERVICE_LANGUAGES]
    assert languages.value == ["fi", "en", "ar", "uk"]
    assert languages.explanation() == "Arvon antaa perhekeskus: Tuiran hyvinvointikeskuksen perhekeskus."
    assert [layer for layer, _value in languages.covered] == [api.Layer.MUNICIPALITY, api.Layer.COUNTY]
    assert found[api.CONTACT_PHONE].layer is api.Layer.COUNTY
