"""The tests: the demo's security policy, SQLite unless TURVAVERKKO_TEST_DB asks for PostgreSQL."""

import os

from turvaverkko.config.settings.base import *  # noqa: F403
from turvaverkko.config.settings.base import DATABASES, POSTGRESQL_OPTIONS

DEMO = True
SECRET_KEY = "test-only"  # noqa: S105 - not a secret: the tests sign nothing that outlives them
DATA_KEYS = ["only-for-tests-0123456789-0123456789"]
LOOKUP_KEY = "only-for-tests-9876543210-9876543210"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEFAULT_FROM_EMAIL = "ilmoitukset@perhekeskus.example"
SITE_ADDRESS = "https://perhekeskus.example"
CHECK_ADDRESSES = False  # a test turns it on for its own server
SOTKANET_URL = ""  # a test of it gives the address of its own server
PTV_URL = ""  # as well
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if os.environ.get("TURVAVERKKO_TEST_DB") == "postgresql":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "turvaverkko",
            "USER": os.environ.get("PGUSER", "turvaverkko"),
            "HOST": os.environ.get("PGHOST", ""),
            "PORT": os.environ.get("PGPORT", ""),
            "OPTIONS": POSTGRESQL_OPTIONS,
        }
    }
