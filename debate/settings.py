"""Every setting of the site, read from the environment; it refuses to start insecure.

A checkout without any setting is safe by being local: the secret is made once and kept in var/,
and only loopback names are answered. To serve anybody else, give SECRET_KEY and ALLOWED_HOSTS.
"""

import re
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", False)
TESTING = "pytest" in sys.modules

# Who is answered, and the secret that signs.

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOOPBACK)
LOCAL = set(ALLOWED_HOSTS) <= set(LOOPBACK)


def kept_secret(path: Path) -> str:
    """The secret of this machine, made at the first start; only its owner can read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not LOCAL:
        raise ImproperlyConfigured("ALLOWED_HOSTS names more than this machine: give SECRET_KEY too.")
    SECRET_KEY = kept_secret(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])


def refuse_what_is_easily_guessed() -> None:
    """A short key can be found by trying, and a name for everybody lets others put words into our letters."""
    keys = {"SECRET_KEY": [SECRET_KEY], "SECRET_KEY_FALLBACKS": SECRET_KEY_FALLBACKS}
    for name, given in keys.items():
        if any(len(key) < 50 or len(set(key)) < 5 for key in given):
            raise ImproperlyConfigured(f"{name} has to be at least 50 random characters; docs/deploy.md makes some.")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS=* would answer to any name: give those that the site has.")


if not DEBUG:
    refuse_what_is_easily_guessed()

HTTPS = env.bool("HTTPS", not (LOCAL or DEBUG))
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXY_COUNT = env.int("PROXY_COUNT", 0)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "debate.views.errors.confirm_post"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DESK_UPLOAD_MAX_SIZE = 6 * 1024 * 1024  # what a curator may send to /curate/new/; fields that are no files as above
FETCH_ESSAYS = env.bool("FETCH_ESSAYS", False)  # whether curators may have the server fetch a page of the web

# What it is made of.

ROOT_URLCONF = "debate.urls"
WSGI_APPLICATION = "debate.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "debate.apps.DebateConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "debate.apps.CurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "taggit",
    "simple_history",
    "django_htmx",
    "csp",
    "django_linear_migrations",
]
if not (TESTING or DEBUG):
    INSTALLED_APPS.remove("django_linear_migrations")
MIDDLEWARE = [
    "debate.middleware.ReadableRequests",
    "debate.middleware.PublicPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "debate.middleware.Marked",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "debate.middleware.PostOrigin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "debate.middleware.SignedIn",
    "debate.middleware.Reader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "debate.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "debate.templatetags.words",
                "debate.templatetags.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# Where it keeps things.

SQLITE_OPTIONS = {
    # Without IMMEDIATE two writers that both read first fail at once instead of waiting.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
    ),
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
    }
else:
    DATABASES["default"] |= {"ENGINE": "debate.database", "CONN_MAX_AGE": env.int("CONN_MAX_AGE", 600)}
CACHE_URL = env.str("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "debate.sessions"
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing links to the others, and compressing them takes as long again

# Accounts.

AUTH_USER_MODEL = "debate.User"
AUTHENTICATION_BACKENDS = ["debate.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SENDS_MAIL = bool(env.str("EMAIL_URL", ""))  # e.g. submission://user:password@mail.example.org:587
globals().update(env.dj_email_url("EMAIL_URL", "dummy:"))
EMAIL_TIMEOUT = 10  # seconds that a worker waits for a mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "ten-years@localhost")
ACCOUNT_ADAPTER = "debate.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# Where no letter can reset it, a password is asked for twice.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", *([] if SENDS_MAIL else ["password2*"])]
ACCOUNT_EMAIL_VERIFICATION = env.str("EMAIL_VERIFICATION", "optional" if SENDS_MAIL else "none")
if ACCOUNT_EMAIL_VERIFICATION == "mandatory" and not SENDS_MAIL:
    raise ImproperlyConfigured("EMAIL_VERIFICATION=mandatory would lock everybody out: give EMAIL_URL too.")
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL
ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "signup": "debate.forms.accounts.SignUpForm",
    "login": "debate.forms.accounts.SignInForm",
    "add_email": "debate.forms.accounts.AddressForm",
    "change_password": "debate.forms.accounts.PasswordForm",
    "set_password": "debate.forms.accounts.FirstPasswordForm",
    "reset_password": "debate.forms.accounts.ForgottenForm",
    "reset_password_from_key": "debate.forms.accounts.NewPasswordForm",
    "reauthenticate": "debate.forms.accounts.AgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
MFA_ADAPTER = "debate.ways.Ways"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half minutes by which a clock may be wrong (RFC 6238, 5.2)
# Whoever signs up with another's address may not lock them out of it; without mail, nobody could confirm theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = not SENDS_MAIL
MFA_RATE_LIMITS = {"webauthn_login": "20/m/ip"}  # two requests each: what is to be signed, and the signature
MFA_FORMS = {
    "activate_totp": "debate.forms.ways.NewAppForm",
    "add_webauthn": "debate.forms.ways.NewPasskeyForm",
    "edit_webauthn": "debate.forms.ways.PasskeyNameForm",
    "login_webauthn": "debate.forms.ways.SignInByPasskeyForm",
    "authenticate": "debate.forms.ways.SecondByCodeForm",
    "authenticate_webauthn": "debate.forms.ways.SecondByPasskeyForm",
    "reauthenticate": "debate.forms.ways.AgainByCodeForm",
    "reauthenticate_webauthn": "debate.forms.ways.AgainByPasskeyForm",
}

# Words, numbers and times.

SITE_NAME = env.str("SITE_NAME", "Ten Years")
SITE_URL = env.str("SITE_URL", "")


def link_to(contact: str) -> str:
    """Where readers write to: a web address, or mail to an address. Raises ImproperlyConfigured on anything else."""
    if not contact or contact.startswith(("https://", "http://", "mailto:")):
        return contact
    if re.fullmatch(r"[^@\s]+@[^@\s]+", contact):
        return f"mailto:{contact}"
    raise ImproperlyConfigured(f"CONTACT={contact} is neither an email address nor a web address.")


CONTACT = link_to(env.str("CONTACT", ""))
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
GUESTS_PER_HOUR = env.int("GUESTS_PER_HOUR", 60)
PAGE_CACHE = env.bool("PAGE_CACHE", not DEBUG)
LISTENS = env.bool("LISTENS", not TESTING)  # a thread of each worker hears of edits; on PostgreSQL alone
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # SQLite ignores the columns that an index includes; PostgreSQL uses them
TAGGIT_CASE_INSENSITIVE = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # whatever the library writes; our own tables escape more
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING"), "propagate": False},
        # What a reader asks for wrongly is answered with a page; only what fails of ours is told.
        "django.request": {"level": "ERROR"},
    },
}
