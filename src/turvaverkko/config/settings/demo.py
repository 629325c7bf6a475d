"""The demo that `./turvaverkko run` starts: example data, SQLite, a key made on the machine."""

import os

from turvaverkko.config.settings.base import *  # noqa: F403
from turvaverkko.config.settings.base import MIDDLEWARE, VAR
from turvaverkko.config.settings.secrets import generated_key

DEMO = True
SECRET_KEY = generated_key(VAR / "secret-key")
DATA_KEYS = [generated_key(VAR / "data-key")]
LOOKUP_KEY = generated_key(VAR / "lookup-key")
# Mail reaches nobody: each is a file here, where whoever runs the demo can read it.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "ilmoitukset@perhekeskus.example"
SITE_ADDRESS = "http://localhost:8000"
# A demo asks nobody outside unless it is told to.
SOTKANET_URL = os.environ.get("TURVAVERKKO_SOTKANET_URL", "")
CHECK_ADDRESSES = os.environ.get("TURVAVERKKO_CHECK_ADDRESSES") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MIDDLEWARE = list(MIDDLEWARE)
