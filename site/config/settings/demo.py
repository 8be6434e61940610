"""The demonstration on one machine, which `make run` starts: all faces, plain HTTP on localhost, demo keys.

Only what must differ from production stands here.
"""

import os
import secrets
from pathlib import Path

_data = Path(os.environ.get("DATA_DIR", Path(__file__).resolve().parents[3] / "var")).resolve()
_data.mkdir(parents=True, exist_ok=True)


def _kept_secret(name: str) -> str:
    """A secret of this demonstration, made once and kept with its data."""
    file = _data / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


_port = int(os.environ.get("PHOENIX_PORT", "8000"))
os.environ["PHOENIX_SECRET_KEY"] = _kept_secret("secret-key")
os.environ["PHOENIX_CODE_WORDS_PEPPER"] = _kept_secret("code-words-pepper")
os.environ["PHOENIX_SECOND_FACTOR_KEYS"] = _kept_secret("second-factor-key")
os.environ.setdefault("PHOENIX_FACE", "all")
os.environ.setdefault("PHOENIX_HOSTS", "localhost,127.0.0.1")
os.environ.setdefault("PHOENIX_ADDRESS", f"http://localhost:{_port}")
os.environ.setdefault("PHOENIX_SMTP_HOST", "127.0.0.1")
os.environ.setdefault("PHOENIX_SMTP_PORT", str(_port + 25))
os.environ.setdefault("PHOENIX_SMTP_STARTTLS", "false")
# Its sample reports wait for whoever tries it out, perhaps for weeks.
os.environ.setdefault("PHOENIX_CLOSE_AFTER_WORKING_DAYS", "0")
os.environ.setdefault("PHOENIX_SLOW_AFTER_WORKING_DAYS", "0")
# Its officers' passphrases lie beside it; nobody has to prove anything before it can be tried out.
os.environ.setdefault("PHOENIX_OFFICERS_TO_OPEN", "0")
os.environ.setdefault("PHOENIX_MAIL_FROM", "phoenix@demo.example")
os.environ.setdefault("PHOENIX_MAIL_TO", "mash@demo.example")
os.environ.setdefault("PHOENIX_RESTRICTED_MAIL_TO", "senior@demo.example")
os.environ.setdefault("PHOENIX_SECURITY_CONTACT", "mailto:security@demo.example")
os.environ.setdefault("PHOENIX_SECURITY_EXPIRES", "2027-05-21")

from config.languages import pseudo_languages  # noqa: E402
from config.settings.production import *  # noqa: E402, F403 (the environment had to be set first)

DEMO = True
DEMO_DIR = _data / "demo"
SERVE_MEDIA = True
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost, with its port

# For tests and for trying out by hand: two languages that nobody speaks. WAGTAIL_CONTENT_LANGUAGES is the same list.
if env.bool("PHOENIX_PSEUDO_LANGUAGES", default=False):  # noqa: F405
    LANGUAGES += pseudo_languages()  # noqa: F405
