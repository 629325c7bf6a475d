"""`manage add_staff EMAIL --name NAME [--role ROLE --unit|--organisation|--area SLUG]`: open an account."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext

from turvaverkko.organisation.models import Area, Organisation, RoleAssignment, Staff, Unit
from turvaverkko.organisation.models.staff import SCOPES
from turvaverkko.organisation.sign_in import services
from turvaverkko.organisation.sign_in.links import enrolment_link

MODELS: dict[str, type[Model]] = {"unit": Unit, "organisation": Organisation, "area": Area}


class Command(BaseCommand):
    """Opens an account and prints its one-time link."""

    help = "Avaa henkilöstön tilin ja tulostaa kertakäyttöisen käyttöönottolinkin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where with which role."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", choices=RoleAssignment.Role.values)
        for scope in SCOPES:
            parser.add_argument(f"--{scope}", metavar="SLUG")

    def handle(self, **options: Any) -> None:
        """Open the account and print the link."""
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        if Staff.objects.filter(email=email).exists():
            raise CommandError(gettext("Tili on jo. Uuden linkin antaa manage reset_sign_in."))
        role = _role(options)
        with transaction.atomic():
            staff = services.add_staff(
                services.TERMINAL, email=email, display_name=options["name"], role=role
            )
            token = services.invite(services.TERMINAL, staff)
        self.stdout.write(enrolment_link(token))


def _role(options: dict[str, Any]) -> RoleAssignment | None:
    given = {scope: options[scope] for scope in SCOPES if options[scope]}
    if bool(options["role"]) != bool(given) or len(given) > 1:
        raise CommandError(
            gettext("Rooli ja yksi paikka (--unit, --organisation tai --area) annetaan yhdessä.")
        )
    if not given:
        return None
    [(scope, slug)] = given.items()
    place = MODELS[scope]._base_manager.filter(slug=slug).first()  # noqa: SLF001 - documented
    if place is None:
        raise CommandError(gettext("Tunnusta %(slug)s ei ole.") % {"slug": slug})
    return RoleAssignment(role=options["role"], **{scope: place})
