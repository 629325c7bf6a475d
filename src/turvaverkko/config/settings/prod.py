"""A county's own installation: PostgreSQL, HTTPS, secrets from the environment."""

import os

from turvaverkko.config.settings.base import *  # noqa: F403
from turvaverkko.config.settings.secrets import required

SECRET_KEY = required("TURVAVERKKO_SECRET_KEY")
# Personal fields: the newest key first, older ones after it until `manage rotate_data_keys` has run.
DATA_KEYS = required("TURVAVERKKO_DATA_KEYS").split(",")
LOOKUP_KEY = required("TURVAVERKKO_LOOKUP_KEY")
ALLOWED_HOSTS = required("TURVAVERKKO_HOSTS").split(",")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": required("TURVAVERKKO_DB_NAME"),
        "USER": os.environ.get("TURVAVERKKO_DB_USER", ""),
        "PASSWORD": os.environ.get("TURVAVERKKO_DB_PASSWORD", ""),
        "HOST": os.environ.get("TURVAVERKKO_DB_HOST", ""),
        "PORT": os.environ.get("TURVAVERKKO_DB_PORT", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
