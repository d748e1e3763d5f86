"""Django settings. Everything that differs between installations comes from the environment.

`CEASEFIRE_HOME` names the folder of state, `DATABASE_URL` the database; the command line sets
both before Django starts (`ceasefire.config.running`).
"""

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ceasefire.access.walls.names import SEARCH_PATH, WEB
from ceasefire.config.home import Home
from ceasefire.config.sign_in import *  # noqa: F403
from ceasefire.config.sign_in import PROVIDER_ORIGINS

HOME = Home.at()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = HOME.secret("django")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("CEASEFIRE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "leaflet",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "ceasefire.access",
    "ceasefire.rights",
    "ceasefire.intake",
    "ceasefire.registry",
    "ceasefire.shooting_review",
    "ceasefire.problem_analysis",
    "ceasefire.oversight",
    "ceasefire.administration",
    "ceasefire.web",
    "ceasefire.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ceasefire.access.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ceasefire.access.sign_in.middleware.SignInMiddleware",
    "ceasefire.access.middleware.GateMiddleware",
    "ceasefire.access.purposes.middleware.PurposeMiddleware",
    "ceasefire.access.audit.middleware.AuditMiddleware",
    "ceasefire.access.budgets.middleware.BudgetMiddleware",
    "ceasefire.web.middleware.CityTimeMiddleware",
]

ROOT_URLCONF = "ceasefire.config.urls"
WSGI_APPLICATION = "ceasefire.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ceasefire.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]


def _database(url: str, engine: str, *, atomic_requests: bool) -> dict:
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": engine,
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        # Each page is one transaction: the reader's identity is bound to it and to nothing longer.
        "ATOMIC_REQUESTS": atomic_requests,
        # A killed load must not go on inside the server, holding the feed's lock.
        "OPTIONS": {
            "options": "-c client_connection_check_interval=2000"
            # A temporary table of a former borrower stands before no other of its name.
            f" -c search_path={','.join((*SEARCH_PATH, 'pg_temp'))}"
        },
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _web_url(owner_url: str) -> str:
    """The same database, as the role that owns nothing."""
    return make_conninfo(owner_url, user=WEB, password=HOME.secret("web"))


OWNER_URL = os.environ.get("DATABASE_URL", "")
WEB_URL = os.environ.get("DATABASE_WEB_URL") or _web_url(OWNER_URL)
DATABASES = {
    # Pages, jobs and commands: the role that owns nothing and must show who asks.
    "default": _database(WEB_URL, "ceasefire.access.walls.engine", atomic_requests=True),
    # Migrations and the wall itself; no page and no job uses it.
    "owner": _database(OWNER_URL, "django.db.backends.postgresql", atomic_requests=False),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "ceasefire.config.cache.PlainDatabaseCache",
        "LOCATION": "web_cache",
        # Room for every counter of failed sign-ins: one that is pushed out would lift a lock.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "access.User"
SESSION_ENGINE = "ceasefire.access.sessions"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH = ["ceasefire.web.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ceasefire.web.finders.FontFinder",
]
WHITENOISE_MAX_AGE = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *PROVIDER_ORIGINS],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# An upload goes to this home's own disk as it arrives, never to memory or to a shared folder.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = HOME.folder("uploads")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

# A table leaves in at most so many rows; about people, alone in at most so many; within so long.
EXPORT_ROWS_MOST = int(os.environ.get("CEASEFIRE_EXPORT_ROWS", "5000"))
EXPORT_ROWS_ALONE = 25
EXPORT_HOURS = 24

# Every seal of the audit log is kept here too. A city names a folder that this machine can only
# add to; a demo keeps it in its home.
AUDIT_SEALS = os.environ.get("CEASEFIRE_SEALS", HOME.path / "seals")
# What has been purged, in keyed hashes: kept apart from the database and from its backups.
PURGE_LEDGER = os.environ.get("CEASEFIRE_PURGES", HOME.path / "purges")

LEAFLET_CONFIG = {"TILES": []}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("CEASEFIRE_LOG", "WARNING")},
}
