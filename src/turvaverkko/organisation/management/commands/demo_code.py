"""`manage demo_code EMAIL`: the present one-time code of a demo account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.organisation.models import Staff
from turvaverkko.organisation.sign_in import demo
from turvaverkko.organisation.sign_in.factors import current_code
from turvaverkko.organisation.sign_in.local import DEMO_ENDING
from turvaverkko.organisation.sign_in.rules import STEP


class Command(BaseCommand):
    """Shows what an authenticator would show."""

    help = "Näyttää esimerkkitilin kertakoodin. Vain esimerkkiasennuksessa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The e-mail of the account."""
        parser.add_argument("email")

    def handle(self, **options: Any) -> None:
        """Print the code and how long it lasts."""
        try:
            demo.require_demo()
        except demo.NotDemo as refused:
            raise CommandError(str(refused)) from refused
        email = options["email"].strip().lower()
        if not Staff.objects.filter(email=email, email__endswith=DEMO_ENDING).exists():
            raise CommandError(gettext("Tällaista esimerkkitiliä ei ole."))
        left = STEP - int(time_source.now().timestamp()) % STEP
        self.stdout.write(f"{current_code(demo.secret_of(email))}  ({left} s)")
