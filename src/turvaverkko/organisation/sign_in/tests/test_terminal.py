"""What is done at the terminal of an installation: accounts, links, keys of the demo."""

import re
from io import StringIO

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from turvaverkko.core import time_source
from turvaverkko.organisation.models import County, RoleAssignment, SecondFactor, Staff
from turvaverkko.organisation.sign_in import demo
from turvaverkko.organisation.sign_in.tests.conftest import EMAIL, Clock, by_pages, first_step

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def test_an_account_is_opened_with_a_role_and_a_link(client: Client, guide: Staff) -> None:
    address = said(
        "add_staff", "Uusi@Pohde.example", "--name", "Uusi", "--role", "worker", "--unit", "palveluohjaus"
    )
    assert re.search(r"://[^/]+/kirjaudu/ota-kayttoon/\?avain=[\w-]{43}$", address)
    assert "<svg" in client.get(address[address.index("/kirjaudu") :]).content.decode()
    staff = Staff.objects.get(email="uusi@pohde.example")
    assert not staff.has_usable_password()
    assert [role.role for role in staff.roles.all()] == ["worker"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["ei-osoite", "--name", "X"],
        [EMAIL, "--name", "On jo"],
        ["x@pohde.example", "--name", "X", "--role", "worker"],
        ["x@pohde.example", "--name", "X", "--unit", "palveluohjaus"],
        ["x@pohde.example", "--name", "X", "--role", "worker", "--unit", "ei-ole"],
        ["x@pohde.example", "--name", "X", "--role", "worker", "--unit", "palveluohjaus", "--area", "oulu"],
    ],
)
def test_a_faulty_account_is_not_opened(guide: Staff, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        said("add_staff", *arguments)
    assert Staff.objects.count() == 1


def test_a_lost_telephone_gets_a_new_link(guide: Staff) -> None:
    assert "avain=" in said("reset_sign_in", EMAIL)
    assert not SecondFactor.objects.exists()
    with pytest.raises(CommandError):
        said("reset_sign_in", "ei.ole@example.invalid")


def test_demo_accounts_get_keys_that_open_the_demo(client: Client, clock: Clock, db: None) -> None:
    email = "johtaja@example.invalid"
    staff = Staff.objects.create_user(email, None, display_name="Johtaja")
    county = County.objects.create(code="19", slug="pohjois-pohjanmaa", name_fi="Pohjois-Pohjanmaa")
    pohde = county.organisations.create(slug="pohde", name_fi="Pohde")
    RoleAssignment.objects.create(staff=staff, role="director", organisation=pohde)
    [login] = demo.give_keys()
    assert (login.role, login.email) == ("director", email)
    assert login.secret in demo.table([login])
    challenge = first_step(client, email, demo.PASSWORD)
    code = said("demo_code", email).split()[0]
    assert code == pyotp.TOTP(login.secret).at(time_source.now())
    assert client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": code}).status_code == 303


def test_only_a_demo_has_keys_for_everybody(guide: Staff, client: Client, settings: object) -> None:
    by_pages(client)
    with pytest.raises(CommandError):
        said("demo_code", "kuka@example.invalid")
    settings.DEMO = False
    with pytest.raises(demo.NotDemo):
        demo.give_keys()
    with pytest.raises(CommandError):
        said("demo_code", EMAIL)
