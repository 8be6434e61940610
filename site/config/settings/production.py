"""The root of all settings. It is strict: the demonstration and the tests import it and relax what they name."""

from pathlib import Path

import environ

from config.faces import Face
from config.headers import CSP_STRICT
from config.languages import LIKELY, with_names
from reporting.inbox.replies import Replies

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[3]
#: Everything that an installation keeps: database (if SQLite), media, the snapshot of the numbers.
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

# --- Who runs this site: names are settings, so that another council changes no code -----------------------
COUNCIL = env("PHOENIX_COUNCIL", default="Wiltshire Council")
AREA = env("PHOENIX_AREA", default="Wiltshire")
TEAM = env("PHOENIX_TEAM", default="MASH")
TEAM_LONG = env("PHOENIX_TEAM_LONG", default="Multi-Agency Safeguarding Hub")
#: Keys of the contact records that the code itself has to know.
EMERGENCY_CONTACT = env("PHOENIX_EMERGENCY_CONTACT", default="police-999")
TEAM_CONTACT = env("PHOENIX_TEAM_CONTACT", default="mash")
#: Those without which the site should not stand: hiding one asks twice, and a check warns while one is missing.
NEVER_HIDDEN = env.list("PHOENIX_NEVER_HIDDEN", default=["police-999", "police-101", "mash", "childline"])
#: Whether the link check may ask addresses of the council's own network (docs/decisions/checking-contacts.md).
LINKS_IN_PRIVATE = env.bool("PHOENIX_LINKS_IN_PRIVATE", default=False)
#: Where "Exit this page" goes, and what the tab is called while it goes there.
EXIT_ADDRESS = env("PHOENIX_EXIT_ADDRESS", default="https://www.bbc.co.uk/weather")
EXIT_TAB = env("PHOENIX_EXIT_TAB", default="Weather")
#: Whom to tell about a hole in this site, as an address like mailto:security@example.org, and the day (2027-05-21)
#: by which somebody looks at it again: /.well-known/security.txt, which is not there without them.
SECURITY_CONTACT = env("PHOENIX_SECURITY_CONTACT", default="")
SECURITY_EXPIRES = env("PHOENIX_SECURITY_EXPIRES", default="")

# --- Faces -------------------------------------------------------------------------------------------------
PHOENIX_FACE = Face(env("PHOENIX_FACE", default="public"))
DEBUG = False
#: Demonstration keys are refused everywhere but in the demonstration and the tests.
DEMO = False
SECRET_KEY = env("PHOENIX_SECRET_KEY")
ALLOWED_HOSTS = env.list("PHOENIX_HOSTS", default=[])
ADDRESS = env("PHOENIX_ADDRESS", default="")
WAGTAILADMIN_BASE_URL = ADDRESS
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "config.sign_in.apps.Accounts",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "home",
    "resources",
    "reporting.inbox",
    "reporting.delivery",
    "reporting.concern",
    "reporting.desk",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "csp",
]

MIDDLEWARE = [
    "config.errors.ErrorPages",
    # Outside of the redirect to HTTPS, so that what is refused there has the policy too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.faces.FaceMiddleware",
    "config.faces.compress_public",
    "config.compression.brotli_public",
    "config.faces.conditional_public",
    "config.onion.tell_tor_browsers",
    "config.languages.language_of_address",
    "django.middleware.common.CommonMiddleware",
    "config.faces.staff_session",
    "config.faces.staff_csrf",
    "config.faces.staff_authentication",
    "config.faces.staff_messages",
    "config.faces.staff_accounts",
    "config.faces.staff_second_factor",
    "home.publishing.refusal.KindRefusal",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "config.context.site",
                "resources.context.contacts",
                "config.context.staff",
            ],
        },
    }
]

# --- Database ----------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'phoenix.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and WAL: no "database is locked" with several workers. FULL: a report that was acknowledged
    # survives a power cut. secure_delete: deleted text is overwritten.
    # Kept open: the last connection to close would write the WAL back and remove it, for each request.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- What arrives: small, in memory, never on disk ---------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# The concern form has few fields; a long page in the editor has hundreds.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- Headers -----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_STRICT}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
#: Whether a proxy of ours stands in front, which says how somebody came (X-Forwarded-Proto) and from where (-For).
BEHIND_PROXY = env.bool("PHOENIX_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

#: These two stand in MIDDLEWARE under other names: faces set X-Frame-Options, and CSRF guards staff paths only.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W003"]

# --- Staff sign-in (CMS and desk faces only; the public face has no session at all; docs/sign-in.md) ----------
STAFF_URLCONFS = {Face.CMS: "config.sign_in.cms_urls", Face.DESK: "config.sign_in.desk_urls"}
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
#: A session ends so many minutes after its last request, and so many hours after the sign-in, whatever happens.
SESSION_IDLE_MINUTES = env.int("PHOENIX_SESSION_IDLE_MINUTES", default=60)
SESSION_HOURS = env.int("PHOENIX_SESSION_HOURS", default=10)
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
#: What touches keys and sign-in asks for the second factor again, if it was not given within so many minutes.
AGAIN_MINUTES = env.int("PHOENIX_AGAIN_MINUTES", default=10)
#: How many hours an invitation works.
PASSWORD_RESET_TIMEOUT = env.int("PHOENIX_INVITATION_HOURS", default=72) * 60 * 60
#: What locks the secrets of authenticator apps and recovery codes; the first locks, all of them open.
SECOND_FACTOR_KEYS = env.list("PHOENIX_SECOND_FACTOR_KEYS", default=[])
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = False  # Wagtail's editor reads it
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "config.sign_in.accounts.Accounts"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = AGAIN_MINUTES * 60
ACCOUNT_SESSION_REMEMBER = False
#: Counted for a name together with a device or an address (config/sign_in/devices.py), never for a name alone.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_ADAPTER = "config.sign_in.second_factor.SecondFactors"
MFA_FORMS = {
    "authenticate": "config.sign_in.codes.CodeForm",
    "reauthenticate": "config.sign_in.codes.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = f"Phoenix {TEAM}"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

# --- Sign-in with the council's own accounts, by OpenID Connect; off without a server (docs/sign-in.md) ----------
OIDC_TENANT = env("PHOENIX_OIDC_TENANT", default="")
SOCIALACCOUNT_ADAPTER = "config.sign_in.openid.CouncilAccounts"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is refused by our policy; `state` guards the way back
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "AUTH_PARAMS": {"prompt": "login"}, "APPS": []}
}
if OIDC_SERVER := env("PHOENIX_OIDC_SERVER", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "council",
            "name": env("PHOENIX_OIDC_NAME", default=COUNCIL),
            "client_id": env("PHOENIX_OIDC_CLIENT_ID"),
            "secret": env("PHOENIX_OIDC_SECRET"),
            "settings": {"server_url": OIDC_SERVER, "fetch_userinfo": False, "uid_field": "oid"},
        }
    ]

# --- Language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
#: Languages that editors may add: codes as Django has them. A page in one needs a named translator.
LANGUAGES = with_names([LANGUAGE_CODE, *env.list("PHOENIX_LANGUAGES", default=LIKELY)])
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- Static files and media ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
#: The list of code words is served to browsers from where the sealing code reads it.
STATICFILES_DIRS = [BASE_DIR / "static", ("words", BASE_DIR / "reporting/sealing/words")]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
#: Media is a web server's work; only the demonstration serves it from here.
SERVE_MEDIA = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.minify.SmallStaticFiles"},
}

# --- Wagtail -------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Phoenix"
# Editors' browsers call no third party either.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_I18N_ENABLED = True
# A page behind a sign-in or a password would need a session, and readers have none.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False, "LOGIN": False, "GROUPS": False}
WAGTAIL_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False, "LOGIN": False, "GROUPS": False}
#: One person writes, another publishes: everything, or what policy.COMPULSORY names (docs/decisions/four-eyes.md).
FOUR_EYES_EVERYWHERE = env.bool("PHOENIX_FOUR_EYES_EVERYWHERE", default=True)
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "odt", "ods", "docx", "xlsx", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# A file is saved, never shown: what is in it could act in a browser as if it were a page of ours.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []

# --- Code words: the salt is public, the pepper is a secret; both must outlive every conversation ------------
CODE_WORDS_SALT = env("PHOENIX_CODE_WORDS_SALT", default="phoenix code words").encode()
CODE_WORDS_PEPPER = env("PHOENIX_CODE_WORDS_PEPPER").encode()
#: How many days the words still open the replies after an officer closed the report.
WORDS_DAYS_AFTER_CLOSING = env.int("PHOENIX_WORDS_DAYS_AFTER_CLOSING", default=30)
#: Whether the team writes back: `off` (then there are no code words), `one` message, or `open`.
REPLIES = Replies(env("PHOENIX_REPLIES", default="open"))

# --- When the form is the phone numbers, in working days of the team; 0 is never (docs/decisions/gate.md) -------
#: Something waits, and no officer has opened any report.
CLOSE_AFTER_WORKING_DAYS = env.int("PHOENIX_CLOSE_AFTER_WORKING_DAYS", default=2)
#: The oldest unopened report waits for longer: the form stays open and asks people to ring.
SLOW_AFTER_WORKING_DAYS = env.int("PHOENIX_SLOW_AFTER_WORKING_DAYS", default=1)

# --- The desk ------------------------------------------------------------------------------------------------
#: How many officers must have opened a test report before the form is there (docs/decisions/keys.md); 0 is nobody.
OFFICERS_TO_OPEN = env.int("PHOENIX_OFFICERS_TO_OPEN", default=3)
#: After so many minutes without a key or a touch, an officer's browser forgets the inbox key.
DESK_IDLE_MINUTES = env.int("PHOENIX_DESK_IDLE_MINUTES", default=20)
#: Who is called to the desk, in the team's hours: when a clock has run out, or somebody may be in danger.
DUTY_ALARM_TO = env.list("PHOENIX_DUTY_ALARM_TO", default=[])
#: Who is called outside of those hours when somebody may be in danger: officers who can open reports then. Nobody: the
#: form says so before anyone types.
NIGHT_ALARM_TO = env.list("PHOENIX_NIGHT_ALARM_TO", default=[])
#: A report goes so many days after it was closed and copied to its case; 0 is never (docs/decisions/retention.md).
RETENTION_DAYS = env.int("PHOENIX_RETENTION_DAYS", default=0)
#: Who decided on that period, and when, in words for officers.
RETENTION_DECIDED_BY = env("PHOENIX_RETENTION_DECIDED_BY", default="")
#: Who opens more reports than this in one hour is named to duty managers in the audit.
BULK_READING = env.int("PHOENIX_BULK_READING", default=30)
#: By when a report is read, and its outcome recorded, for each urgency: `4 h` by the clock, `4 working h` or
#: `1 working day` by the hours of the team's record (docs/decisions/clocks.md). What is not named keeps its limit.
READ_WITHIN = {"red": "1 h", "amber": "4 working h", "green": "1 working day", "blue": "1 working day"} | env.dict(
    "PHOENIX_READ_WITHIN", default={}
)
OUTCOME_WITHIN = {"red": "4 h", "amber": "24 h", "green": "72 h", "blue": "3 working days"} | env.dict(
    "PHOENIX_OUTCOME_WITHIN", default={}
)
#: By when the next step is decided. The statutory working day holds beside it: only a shorter limit changes anything.
STEP_WITHIN = env("PHOENIX_STEP_WITHIN", default="1 working day")

# --- Mail to the team's mailbox ------------------------------------------------------------------------------
EMAIL_HOST = env("PHOENIX_SMTP_HOST", default="")
EMAIL_PORT = env.int("PHOENIX_SMTP_PORT", default=587)
EMAIL_HOST_USER = env("PHOENIX_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env("PHOENIX_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("PHOENIX_SMTP_STARTTLS", default=True)
EMAIL_TIMEOUT = 20
MAIL_FROM = env("PHOENIX_MAIL_FROM", default="")
MAIL_TO = env("PHOENIX_MAIL_TO", default="")
#: The mailbox of the restricted inbox. Without one the form does not offer it (docs/decisions/restricted-inbox.md).
RESTRICTED_MAIL_TO = env("PHOENIX_RESTRICTED_MAIL_TO", default="")
#: How many people hold its key: the form says so in words, and does not offer it while there are fewer.
RESTRICTED_HOLDERS = 2
#: Editors are reminded, and asked for a second pair of eyes, from the same sender.
DEFAULT_FROM_EMAIL = MAIL_FROM
#: `sealed` mails the sealed report itself; `notice` only says that one waits, for mailboxes that cannot open it.
MAIL_CONTENT = env("PHOENIX_MAIL_CONTENT", default="sealed")
# No error report is ever mailed: it could carry what somebody told us.
ADMINS: list[tuple[str, str]] = []
MANAGERS: list[tuple[str, str]] = []

# --- Robots (docs/decisions/robots.md) -------------------------------------------------------------------------
#: More than so many tellings from one address in so many seconds are marked for the desk, and kept all the same.
BURST_LIMIT = env.int("PHOENIX_BURST_LIMIT", default=120)
BURST_SECONDS = env.int("PHOENIX_BURST_SECONDS", default=3600)
#: How many bytes what is marked may fill, until officers have looked at it. What is not marked has no such end.
MARKED_QUOTA = env.int("PHOENIX_MARKED_QUOTA_MB", default=200) * 1024 * 1024
#: What is counted stands in memory: of each process, or of a cache server (redis://…) that all of them share.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
if CACHE_SERVER := env("PHOENIX_CACHE_SERVER", default=""):
    CACHES["limits"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_SERVER,
        "KEY_PREFIX": "phoenix",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }

# --- The same site as an onion service: its address, like http://…….onion (docs/decisions/onion.md) ------------
ONION_ADDRESS = env("PHOENIX_ONION_ADDRESS", default="").rstrip("/")

# --- django-recaptcha: off unless a council sets both keys (docs/decisions/recaptcha.md) -----------------------
RECAPTCHA_PUBLIC_KEY = env("RECAPTCHA_PUBLIC_KEY", default="")
RECAPTCHA_PRIVATE_KEY = env("RECAPTCHA_PRIVATE_KEY", default="")
#: A person waits while Google is asked.
RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 3

# --- Logs: to stdout, without addresses, query strings, bodies or what an exception says -------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "config.logs.BareFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "bare"}},
    "root": {"handlers": ["stdout"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
        # Robots send odd host names all day; they are answered and not worth a line.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.request": {"handlers": ["stdout"], "level": "ERROR", "propagate": False},
        "phoenix": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
    },
}
