"""Settings, from the environment only. What is unsafe is refused with a word on what to do."""

import datetime as dt
from pathlib import Path
from typing import Any

import environ
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent
VAR = Path(env.str("TWINHALL_VAR", default="var")).resolve()
DEBUG = env.bool("TWINHALL_DEBUG", default=False)
DEMO_SECRET = "demo: only for a site on this machine"  # noqa: S105 - refused for any other address

SECRET_KEY = env.str("TWINHALL_SECRET_KEY", default=DEMO_SECRET)
ALLOWED_HOSTS: list[str] = env.list("TWINHALL_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS = env.bool("TWINHALL_HTTPS", default=False)

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
if not DEBUG and set(ALLOWED_HOSTS) - LOCAL:
    if SECRET_KEY == DEMO_SECRET or len(SECRET_KEY) < 50:  # noqa: PLR2004
        raise ImproperlyConfigured(
            "TWINHALL_HOSTS names an address that others reach, so TWINHALL_SECRET_KEY must be set to at "
            "least 50 random characters. Make some with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("TWINHALL_HOSTS must name the site's addresses; “*” is not safe.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
    "twinhall.core",
    "twinhall.accounts",
    "twinhall.documents",
    "twinhall.letters",
    "twinhall.evidence",
    "twinhall.parties",
    "twinhall.partnerships",
    "twinhall.networks",
    "twinhall.projects",
    "twinhall.finder",
    "twinhall.exchange",
    "twinhall.web",
    "twinhall.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "twinhall.urls"
WSGI_APPLICATION = "twinhall.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "twinhall.web.environment.environment",
            "context_processors": ["twinhall.web.environment.page"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;"
DATABASES: dict[str, Any] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'twinhall.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE"}
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

USE_TZ = True
TIME_ZONE = env.str("TWINHALL_TIME_ZONE", default="UTC")
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("et", _("Estonian")), ("lv", _("Latvian")), ("bg", _("Bulgarian"))]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = int(dt.timedelta(hours=1).total_seconds())

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "worker-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = int(dt.timedelta(days=365).total_seconds()) if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "filters": {"refusals": {"()": "twinhall.core.logs.NoTraceOfRefusals"}},
    "handlers": {
        "console": {
            "filters": ["refusals"],
            "class": "logging.StreamHandler",
            "formatter": env.str("TWINHALL_LOG", default="json"),
        },
    },
    # Django prints requests to the console itself under DEBUG; ours does it always, once.
    "loggers": {"django": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": env.str("TWINHALL_LOG_LEVEL", default="INFO")},
}
