"""Settings of a county for measuring: the tests' keys, connections that are kept as in production."""

from turvaverkko.config.settings.test import *  # noqa: F403
from turvaverkko.config.settings.test import DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 60
