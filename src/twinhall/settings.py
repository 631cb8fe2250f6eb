"""Settings, from the environment only. What is unsafe is refused with a word on what to do."""

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent
VAR = Path(env.str("TWINHALL_VAR", default="var")).resolve()
GAZETTEER = Path(env.str("TWINHALL_GAZETTEER", default=str(VAR))).resolve()
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
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "twinhall.core",
    "twinhall.work",
    "twinhall.accounts",  # before allauth, whose layouts and elements it draws in our look
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "twinhall.documents",
    "twinhall.letters",
    "twinhall.evidence",
    "twinhall.parties",
    "twinhall.partnerships",
    "twinhall.networks",
    "twinhall.projects",
    "twinhall.meetings",
    "twinhall.finder",
    "twinhall.exchange",
    "twinhall.web",
    "twinhall.api",
    "twinhall.desk",
    "twinhall.bench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "twinhall.web.kept.kept_pages",  # outside of compression: what is kept is as it went out
    "django.middleware.gzip.GZipMiddleware",
    "twinhall.api.middleware.machines",  # requests of machines go no further: no session, no language
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
    {  # allauth's pages; their elements are Jinja2 templates of ours
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
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
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Kept for a minute: opening costs as much as a quarter of a small page, on SQLite too.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)

# Files, so that attempts to sign in are counted across processes without anything to set up.
CACHES: dict[str, Any] = {
    "default": env.cache("CACHE_URL", default=f"filecache://{VAR / 'cache'}?max_entries=20000"),
    "pages": {  # what web/kept.py keeps, in each worker's memory
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# Without a mail server, letters are written as files.
globals().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR / 'mail'}"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("TWINHALL_MAIL_FROM", default="Twinhall <twinhall@localhost>")
EMAIL_TIMEOUT = 30  # seconds: a mail server that does not answer holds up neither a page nor the worker
# The site as letters name it, which the worker cannot know from a request.
HOST = next(iter(ALLOWED_HOSTS), "127.0.0.1").lstrip(".")
PORT = f":{env.str('PORT', default='8000')}" if HOST in LOCAL else ""
SITE = env.str("TWINHALL_SITE", default=f"{'https' if HTTPS else 'http'}://{HOST}{PORT}")
# How long the texts of letters are kept.
LETTERS_KEPT = dt.timedelta(days=env.int("TWINHALL_LETTERS_KEPT", default=180))

# What the worker does ----------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Functions of a day, each done once a day from six in the morning (work/daily.py).
DAILY_DEEDS = [
    "twinhall.work.tasks.forget_done",
    "twinhall.letters.tasks.look_after",
    "twinhall.letters.tasks.forget_old",
    "twinhall.networks.tasks.erase_applications",
    "twinhall.meetings.tasks.remind_of_commitments",
    "twinhall.meetings.tasks.tidy",
]

# Signing in --------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_CHECKS = "django.contrib.auth.password_validation"  # noqa: S105 - a module
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{PASSWORD_CHECKS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{PASSWORD_CHECKS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": f"{PASSWORD_CHECKS}.CommonPasswordValidator"},
    {"NAME": f"{PASSWORD_CHECKS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:dashboard"

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TWINHALL_PROXIES", default=0)
ACCOUNT_ADAPTER = "twinhall.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Twinhall] "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}  # the others are allauth's own

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Twinhall"
MFA_TOTP_TOLERANCE = 1  # one step for the delay of typing, as RFC 6238, 5.2, recommends at most

# USERSESSIONS_TRACK_ACTIVITY stays off: it writes on every page, which waits where SQLite is being loaded.

OIDC_SERVER = env.str("TWINHALL_OIDC_SERVER", default="")
OIDC_CLIENT = {
    "name": env.str("TWINHALL_OIDC_NAME", default=""),
    "client_id": env.str("TWINHALL_OIDC_CLIENT_ID", default=""),
    "secret": env.str("TWINHALL_OIDC_SECRET", default=""),
}
if OIDC_SERVER and not all(OIDC_CLIENT.values()):
    raise ImproperlyConfigured(
        "TWINHALL_OIDC_SERVER is set, so TWINHALL_OIDC_NAME, TWINHALL_OIDC_CLIENT_ID and "
        "TWINHALL_OIDC_SECRET must be set too."
    )
OIDC = {**OIDC_CLIENT, "provider_id": "city", "settings": {"server_url": OIDC_SERVER}}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC] if OIDC_SERVER else []}}
# The provider is the operator's own: who has proven an address there is the person who has it here.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A link, not a form: the content policy lets no form lead to another site.
SOCIALACCOUNT_LOGIN_ON_GET = True

# Who runs the site: the privacy notice and the accessibility statement name them.
OPERATOR = env.str("TWINHALL_OPERATOR", default="")
OPERATOR_EMAIL = env.str("TWINHALL_OPERATOR_EMAIL", default="")

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

# The maps: without a style of the operator's, the base map that ships; with one, its hosts are let in.
MAP_STYLE = env.str("TWINHALL_MAP_STYLE", default="")
MAP_HOSTS: list[str] = env.list("TWINHALL_MAP_HOSTS", default=[])
if MAP_STYLE:
    if urlsplit(MAP_STYLE).scheme != "https" or not urlsplit(MAP_STYLE).hostname:
        raise ImproperlyConfigured("TWINHALL_MAP_STYLE must be an address that begins with https://.")
    MAP_HOSTS = [f"https://{urlsplit(MAP_STYLE).netloc}", *MAP_HOSTS]

CONTENT_SECURITY_POLICY: dict[str, Any] = {
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
if MAP_HOSTS:
    CONTENT_SECURITY_POLICY["DIRECTIVES"] |= {
        "connect-src": [SELF, *MAP_HOSTS],
        "img-src": [SELF, "data:", *MAP_HOSTS],
    }
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "twinhall.desk.keeping.csrf_failure"
SESSION_COOKIE_AGE = CSRF_COOKIE_AGE = int(dt.timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
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
