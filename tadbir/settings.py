"""Settings of a Tadbir installation.

Everything a council may change comes from its folder (`tadbir.toml`) or from the environment:

TADBIR_HOME          folder of the database, the files, the keys and `tadbir.toml`
TADBIR_DATABASE_URL  postgresql://user:password@host:port/name once a council has outgrown SQLite; `init` and
                     `restore` write it into `tadbir.toml` (database_url); where both are said, the variable counts
"""

import os
import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tadbir.ui.csp import policy

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("TADBIR_HOME", Path.cwd() / "data")).resolve()


def _own_settings() -> dict[str, Any]:
    path = HOME / "tadbir.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


OWN = _own_settings()


def _secret_key() -> str:
    """The key of this installation, made once by `tadbir init`; a throw-away one before that."""
    path = HOME / "secret.key"
    return path.read_text("ascii").strip() if path.exists() else secrets.token_urlsafe(50)


SECRET_KEY = _secret_key()
DEBUG = False
DEMO = bool(OWN.get("demo", False))
#: A backup restored to be looked at: it records nothing, and every page says so.
DRILL = bool(OWN.get("drill", False))
HTTPS = bool(OWN.get("https", False))
#: Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed (councils.address).
TRUSTED_PROXIES: list[str] = [str(name) for name in OWN.get("trusted_proxies", [])]
#: Seconds for which browsers are told to open this host by HTTPS only: never under a local authority, whose end would
#: lock everybody out.
HSTS_SECONDS = int(OWN.get("hsts_days", 0)) * 24 * 3600 if HTTPS and not (HOME / "tls" / "ca.crt").exists() else 0
ALLOWED_HOSTS: list[str] = [*OWN.get("hosts", []), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS: list[str] = [f"https://{host}" for host in OWN.get("hosts", [])]
#: The host printed on papers; it must outlive them, so it is a lasting setting.
#: Whom to tell of a weakness, as `mailto:…` or `https://…`; said in /.well-known/security.txt.
SECURITY_CONTACT = "".join(str(OWN.get("security_contact", "")).split())
PRINTED_BASE_URL = str(OWN.get("printed_base_url", "http://localhost:8000"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_q",
    "tadbir.database",
    "tadbir.councils",
    "tadbir.register",
    "tadbir.ui",
    "tadbir.textsearch",
    "tadbir.procedures",
    "tadbir.acts",
    "tadbir.dossiers",
    "tadbir.notify",
    "tadbir.desk",
    "tadbir.ledgers",
    "tadbir.services",
    "tadbir.site",
    "tadbir.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tadbir.ui.middleware.CompressionMiddleware",
    "tadbir.ui.middleware.HeadersMiddleware",
    "tadbir.ui.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tadbir.councils.middleware.CouncilMiddleware",
    "tadbir.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tadbir.ui.foreign.ForeignFormMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tadbir.councils.middleware.PersonMiddleware",
    "tadbir.site.account.middleware.SecondFactorMiddleware",
    "tadbir.ui.middleware.DrillMiddleware",
    "tadbir.ui.middleware.PageErrorMiddleware",
]

ROOT_URLCONF = "tadbir.urls"
WSGI_APPLICATION = "tadbir.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],  # our sign-in pages before allauth's
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tadbir.councils.middleware.council_context",
                "tadbir.ui.context.ui",
            ]
        },
    }
]


def _database() -> dict[str, Any]:
    """SQLite in the council's folder, or PostgreSQL when TADBIR_DATABASE_URL or `tadbir.toml` names one."""
    url = os.environ.get("TADBIR_DATABASE_URL") or OWN.get("database_url")
    if not url:
        return {
            "ENGINE": "tadbir.database.sqlite",
            "NAME": HOME / "tadbir.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA cache_size=-16000;PRAGMA journal_size_limit=67108864;"
                    "PRAGMA secure_delete=FAST;"  # what is deleted or changed is overwritten in the page it stood in
                ),
            },
        }
    parts = urlsplit(url)
    said: dict[str, Any] = dict(parse_qsl(parts.query))  # as sslmode=verify-full, or host=/folder/of/the/socket
    host = parts.hostname or said.pop("host", "")
    # Only the web server keeps a pool: its threads share one. The queue forks, and no fork may share a connection.
    pool = {"pool": {"min_size": 1, "max_size": 4}} if os.environ.get("TADBIR_POOL") else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # PostgreSQL was restarted: the next request gets a connection that works
        "OPTIONS": {**said, **pool},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits are counted here: a cache per process would multiply every limit by the number of workers.
    # With Django's own bound of 300 entries, tries at other numbers would make the table forget those at this one.
    "default": {
        "BACKEND": "tadbir.database.cache.JsonCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("fr", "Français")]
LOCALE_PATHS = sorted(PACKAGE.glob("*/locale"))  # our words before those of allauth, where both have one
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["tadbir.ui.formats"]

STATIC_URL = "/static/"  # never under /<council>/: one copy serves all
STATIC_ROOT = Path(os.environ.get("TADBIR_STATIC", HOME / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tadbir.ui.assets.Shortened"},
}
#: Bytes of one uploaded document, before the reader is told to send a lighter one.
UPLOAD_LIMIT = 8 * 1024 * 1024
#: Bytes of one request. Above the limit of a document, so that a photo a little too heavy gets a sentence of its own.
BODY_LIMIT = 3 * UPLOAD_LIMIT
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

AUTH_USER_MODEL = "councils.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "tadbir.site.account.passwords.NotOnesName"},
    {"NAME": "tadbir.site.account.passwords.NotAFewSigns"},
]
ACCOUNT_ADAPTER = "tadbir.site.account.rules.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # wrong tries are counted by tadbir.site.account.tries
MFA_ADAPTER = "tadbir.site.account.rules.MfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is enrolled by a link its administrator gave, not by e-mail
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "tadbir.site.account.forms.SignInForm",
    "change_password": "tadbir.site.account.forms.NewPasswordForm",
}
MFA_FORMS = {
    "add_webauthn": "tadbir.site.account.forms.PasskeyForm",
    "activate_totp": "tadbir.site.account.forms.CodesForm",
    "authenticate": "tadbir.site.account.forms.SecondFactorForm",
    "authenticate_webauthn": "tadbir.site.account.forms.PasskeyFactorForm",
    "login_webauthn": "tadbir.site.account.forms.PasskeySignInForm",
    "reauthenticate": "tadbir.site.account.forms.AgainForm",
    "reauthenticate_webauthn": "tadbir.site.account.forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Tadbir"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office-home"

SESSION_ENGINE = "tadbir.site.account.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 9
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:  # browsers take these names only over HTTPS, for this very host: no neighbouring host can plant one
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
WHITENOISE_ALLOW_ALL_ORIGINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tadbir.ui.errors.csrf_failure"

CONTENT_SECURITY_POLICY = policy()

Q_CLUSTER = {
    "name": "tadbir",
    "orm": "default",
    "workers": 1,
    "timeout": 120,
    "retry": 180,
    "max_attempts": 8,
    "poll": 1,
    "catch_up": False,
    "save_limit": 500,
    "ack_failures": False,
}

_mail = OWN.get("mail", {})
EMAIL_BACKEND = _mail.get("backend", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = _mail.get("host", "")
EMAIL_PORT = int(_mail.get("port", 587))
EMAIL_HOST_USER = _mail.get("user", "")
EMAIL_HOST_PASSWORD = _mail.get("password", "")
EMAIL_USE_TLS = bool(_mail.get("tls", bool(EMAIL_HOST)))
EMAIL_TIMEOUT = 20
#: Where letters go when the backend writes files (the demonstration).
EMAIL_FILE_PATH = str(HOME / "outbox" / "mail")
DEFAULT_FROM_EMAIL = _mail.get("from", "tadbir@localhost")
#: Settings of the text message gateway: {"kind": "gammu", "folder": ...}; "file" reaches nobody, see REHEARSAL.
TEXT_GATEWAY: dict[str, Any] = OWN.get(
    "text_messages", {"kind": "file", "folder": str(HOME / "outbox")} if DEMO else {}
)
#: Notices written into files count as sent: the demonstration, where nobody is to be reached.
REHEARSAL = DEMO

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tadbir.councils.clock.LogFormatter",
            "format": "%(asctime)sZ %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"keys": {"()": "tadbir.ui.logs.MaskSecrets"}, "short": {"()": "tadbir.ui.logs.ShortRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys", "short"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
