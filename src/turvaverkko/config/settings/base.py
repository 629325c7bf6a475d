"""What is true in every environment. `demo`, `test` and `prod` state only their differences."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from turvaverkko.core.languages import PUBLISHED, SOURCE_LANGUAGE
from turvaverkko.guidance import rules

ROOT = Path(__file__).resolve().parents[4]
PACKAGE = ROOT / "src" / "turvaverkko"
VAR = Path(os.environ.get("TURVAVERKKO_VAR", ROOT / "var"))

# Where the packs are. A county starts by writing its own folder under COUNTIES.
NATIONAL_PACK = ROOT / "national"
COUNTIES = ROOT / "counties"
COUNTY_PACK = COUNTIES / os.environ.get("TURVAVERKKO_COUNTY", "north-ostrobothnia")

SECRET_KEY = os.environ.get("TURVAVERKKO_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS: list[str] = []
# Where the exit of sensitive pages leads: a page that anybody may have open. A county may choose its own.
EXIT_ADDRESS = os.environ.get("TURVAVERKKO_EXIT_ADDRESS", "https://www.ilmatieteenlaitos.fi/")
DEMO = False  # demo mode says "esimerkkiaineisto" on every page

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "turvaverkko.core",
    "turvaverkko.looks",
    "turvaverkko.trail",
    "turvaverkko.organisation",
    "turvaverkko.notices",
    "turvaverkko.access",
    "turvaverkko.work",
    "turvaverkko.directory",
    "turvaverkko.directory.search",
    "turvaverkko.directory.ptv",
    "turvaverkko.indicators",
    "turvaverkko.indicators.sotkanet",
    "turvaverkko.indicators.entry",
    "turvaverkko.guidance",
    "turvaverkko.evaluation",
    "turvaverkko.portals.family",
    "turvaverkko.portals.upkeep",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "turvaverkko.core.middleware.ProblemMiddleware",
    "turvaverkko.organisation.sign_in.middleware.StaffMiddleware",
]

ROOT_URLCONF = "turvaverkko.config.urls"
WSGI_APPLICATION = "turvaverkko.config.wsgi.application"

# One language for every page. Django's forms draw themselves with an engine of their own.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "turvaverkko.looks.environment.environment",
            "context_processors": ["turvaverkko.looks.context.page"],
        },
    },
]

# SQLite is the embedded default. The options are what made 32 simultaneous writers lose nothing:
# docs/adr/0002 tells the measurement.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "turvaverkko.sqlite3",
        # Each thread keeps its own connection: to open one anew costs more than the queries of a page.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
    }
}
# Parameters go apart from the statement, and one that comes again is not planned again: half the work of the
# database on a page of the desk. A pooler that gives each transaction another connection must know
# prepared statements (PgBouncer from 1.21 on does).
POSTGRESQL_OPTIONS = {"server_side_binding": True, "prepare_threshold": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
# Staff sign-in (docs/adr/0015): the adapter of the port, the page after signing in, the one cookie of a
# session, and how many proxies of ours stand before the product (they tell from where a try comes).
STAFF_SIGN_IN = "turvaverkko.organisation.sign_in.local.LocalAccounts"
STAFF_HOME = "guidance:today"
STAFF_COOKIE = "istunto"
PROXIES = 0
# How many requests one address of the net may send in an hour; 0 counts nothing (for measurements).
SENDINGS = int(os.environ.get("TURVAVERKKO_SENDINGS", rules.SENDINGS))

LANGUAGE_CODE = SOURCE_LANGUAGE
LANGUAGES = [(language.code, language.own_name) for language in PUBLISHED]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

# Background jobs (docs/adr/0013): rows of the main database, done by `manage run_jobs`. `django_tasks`
# itself is not installed: it would only log errors with their messages, which may carry what people wrote.
TASKS = {
    "default": {
        "BACKEND": "turvaverkko.core.jobs.backend.LeaseBackend",
        # "delivery" is for what waits for others (mail, text messages, registers): a county may give it
        # a worker of its own with `run_jobs --queue delivery`.
        "QUEUES": ["default", "delivery"],
    }
}

# The first one bounds what a request may bring; the others keep it, small files in memory.
FILE_UPLOAD_HANDLERS = [
    "turvaverkko.core.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"

# Where count and head of the access log's seals are kept outside the database. A county points it to another
# machine or a WORM store: who can rewrite the database must not be able to rewrite this file.
ACCESS_LOG_ANCHOR = Path(os.environ.get("TURVAVERKKO_ACCESS_LOG_ANCHOR", VAR / "access-log-anchor.jsonl"))
ACCESS_LOG_KEPT_YEARS = int(os.environ.get("TURVAVERKKO_ACCESS_LOG_KEPT_YEARS", "12"))

# Where the Finnish Service Catalogue is read (v11), such as https://api.palvelutietovaranto.suomi.fi/api/v11;
# "" asks nobody.
PTV_URL = os.environ.get("TURVAVERKKO_PTV_URL", "")
# What is taken: areas as "<type>/<code>" with commas; empty is the host county and its municipalities.
PTV_AREAS = os.environ.get("TURVAVERKKO_PTV_AREAS", "")
# Ids of organisations with commas; empty is every organisation of the areas.
PTV_ORGANISATIONS = os.environ.get("TURVAVERKKO_PTV_ORGANISATIONS", "")
# Ids of channels with commas whose addresses are secret, beside those known by the words of a shelter.
PTV_CONFIDENTIAL = os.environ.get("TURVAVERKKO_PTV_CONFIDENTIAL", "")

# Where figures of Sotkanet are fetched, by jobs and commands only; "" asks nobody.
SOTKANET_URL = os.environ.get("TURVAVERKKO_SOTKANET_URL", "https://sotkanet.fi/rest/1.1")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
