"""Django's own commands: `./turvaverkko manage …` calls this with the demo settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turvaverkko.config.settings.demo")
    execute_from_command_line(sys.argv)
