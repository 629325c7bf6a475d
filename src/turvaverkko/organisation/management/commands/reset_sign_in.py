"""`manage reset_sign_in EMAIL`: the telephone was lost; take the keys away and print a new one-time link."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext

from turvaverkko.organisation.models import Staff
from turvaverkko.organisation.sign_in import services
from turvaverkko.organisation.sign_in.links import enrolment_link


class Command(BaseCommand):
    """Ends every session of an account, takes its keys away and prints a new link."""

    help = "Päättää tilin istunnot, poistaa salasanan ja koodit ja tulostaa uuden käyttöönottolinkin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The e-mail of the account."""
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        """Reset and print the link."""
        staff = Staff.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if staff is None:
            raise CommandError(gettext("Tällaista tiliä ei ole käytössä."))
        with transaction.atomic():
            services.reset(services.TERMINAL, staff)
            token = services.invite(services.TERMINAL, staff)
        self.stdout.write(enrolment_link(token))
