"""`manage demo_logins`: give the demo accounts their keys and print one account of each role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from turvaverkko.organisation.sign_in import demo


class Command(BaseCommand):
    """Gives the keys that everybody may know."""

    help = (
        "Antaa esimerkkitileille avaimet ja tulostaa tilin jokaiselle roolille. Vain esimerkkiasennuksessa."
    )

    def handle(self, **_options: Any) -> None:
        """Give and print."""
        try:
            self.stdout.write(demo.table(demo.give_keys()))
        except demo.NotDemo as refused:
            raise CommandError(str(refused)) from refused
