"""A county's own installation: PostgreSQL, HTTPS, secrets from the environment."""

import os

from turvaverkko.config.settings.base import *  # noqa: F403
from turvaverkko.config.settings.base import POSTGRESQL_OPTIONS
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
        "OPTIONS": POSTGRESQL_OPTIONS,
    }
}
# Notices: where their links lead, who sends them, through which mail server.
SITE_ADDRESS = required("TURVAVERKKO_SITE").rstrip("/")
DEFAULT_FROM_EMAIL = required("TURVAVERKKO_MAIL_FROM")
EMAIL_HOST = required("TURVAVERKKO_MAIL_HOST")
EMAIL_PORT = int(os.environ.get("TURVAVERKKO_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TURVAVERKKO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = required("TURVAVERKKO_MAIL_PASSWORD") if EMAIL_HOST_USER else ""
# "starttls" (587), "tls" (465), or "none" for a server of the same machine.
EMAIL_USE_TLS = os.environ.get("TURVAVERKKO_MAIL_SECURITY", "starttls") == "starttls"
EMAIL_USE_SSL = os.environ.get("TURVAVERKKO_MAIL_SECURITY", "starttls") == "tls"
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
STAFF_COOKIE = "__Host-istunto"  # a browser takes it only over HTTPS, from this host, for all of it
PROXIES = int(os.environ.get("TURVAVERKKO_PROXIES", "1"))
CSRF_COOKIE_SECURE = True
