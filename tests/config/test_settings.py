"""Production is strict and the default: what is forgotten fails safe, and `check --deploy` names it."""

import json
import re
import site
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django
import pytest
import wagtail
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command

from config.checks import delivery_settings, privacy_settings
from config.languages import LIKELY

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Any]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "PHOENIX_SECRET_KEY": "made-up words that open nothing, but there are more than fifty of these letters",
    "PHOENIX_CODE_WORDS_PEPPER": "more made-up words that open nothing, for code words this time",
}
#: Everything that production asks for beside the keys.
COMPLETE = PRODUCTION | {
    "PHOENIX_HOSTS": "phoenix.example",
    "PHOENIX_ADDRESS": "https://phoenix.example",
    "PHOENIX_SMTP_HOST": "mail.example",
    "PHOENIX_MAIL_FROM": "phoenix@phoenix.example",
    "PHOENIX_MAIL_TO": "mash@phoenix.example",
    "PHOENIX_SECURITY_CONTACT": "mailto:security@phoenix.example",
    "PHOENIX_SECURITY_EXPIRES": (date.today() + timedelta(days=90)).isoformat(),
}


# --- Production, as a process of its own sees it ----------------------------------------------------------------

FACTS = '''
import json, sqlite3
import django
from django.conf import settings
from django.db import connection, transaction

django.setup()
with connection.cursor() as cursor:
    pragmas = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
               for name in ("journal_mode", "synchronous", "secure_delete")}
other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
with transaction.atomic():
    try:
        other.execute("BEGIN IMMEDIATE")
        writers = "two"
    except sqlite3.OperationalError:
        writers = "one"
names = """DEBUG DEMO ADMINS MANAGERS ALLOWED_HOSTS FILE_UPLOAD_HANDLERS PHOENIX_FACE SERVE_MEDIA SECURE_SSL_REDIRECT
    SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_SECURE INSTALLED_APPS MIDDLEWARE
    RECAPTCHA_PUBLIC_KEY RECAPTCHA_PRIVATE_KEY DATA_UPLOAD_MAX_MEMORY_SIZE SESSION_COOKIE_DOMAIN CSRF_COOKIE_DOMAIN
    LANGUAGES
""".split()
print(json.dumps({"writers": writers, **pragmas, **{name: getattr(settings, name) for name in names}}))
'''


@pytest.fixture(scope="module")
def production(python: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Production's settings where only the secret key is given, and its connection to a database on disk."""
    done = python("-c", FACTS, **PRODUCTION, DATA_DIR=str(tmp_path_factory.mktemp("production")))
    assert done.returncode == 0, done.stderr
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def test_a_forgotten_setting_is_the_safe_one(production: dict[str, Any]) -> None:
    assert production["DEBUG"] is False
    assert production["DEMO"] is False
    assert production["SERVE_MEDIA"] is False
    assert production["PHOENIX_FACE"] == "public"
    assert production["ALLOWED_HOSTS"] == []
    assert production["RECAPTCHA_PUBLIC_KEY"] == production["RECAPTCHA_PRIVATE_KEY"] == ""


def test_production_speaks_https_only(production: dict[str, Any]) -> None:
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert production["SESSION_COOKIE_SECURE"] is True
    assert production["CSRF_COOKIE_SECURE"] is True
    assert production["SESSION_COOKIE_HTTPONLY"] is True


def test_cookies_of_staff_are_for_one_host(production: dict[str, Any]) -> None:
    assert production["SESSION_COOKIE_DOMAIN"] is None
    assert production["CSRF_COOKIE_DOMAIN"] is None


def test_no_error_report_is_ever_mailed(production: dict[str, Any]) -> None:
    assert production["ADMINS"] == []
    assert production["MANAGERS"] == []


def test_what_arrives_is_small_and_stays_in_memory(production: dict[str, Any]) -> None:
    assert production["FILE_UPLOAD_HANDLERS"] == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert production["DATA_UPLOAD_MAX_MEMORY_SIZE"] == 256 * 1024


def test_sessions_and_sign_in_run_on_staff_paths_only(production: dict[str, Any]) -> None:
    whole_site = [name for name in production["MIDDLEWARE"] if not name.startswith("config.faces.staff_")]
    for word in ("session", "csrf.", "auth", "messages"):
        assert not [name for name in whole_site if word in name.lower()], word


def test_there_is_no_second_way_in(production: dict[str, Any]) -> None:
    assert "django.contrib.admin" not in production["INSTALLED_APPS"]
    assert "wagtail.api.v2" not in production["INSTALLED_APPS"]
    assert "wagtail.contrib.forms" not in production["INSTALLED_APPS"]


def test_a_report_that_was_acknowledged_survives_a_power_cut(production: dict[str, Any]) -> None:
    assert production["journal_mode"] == "wal"
    assert production["synchronous"] == 2  # FULL


def test_deleted_text_is_overwritten(production: dict[str, Any]) -> None:
    assert production["secure_delete"] == 1


def test_a_transaction_waits_for_its_turn_before_it_reads(production: dict[str, Any]) -> None:
    assert production["writers"] == "one"


def test_the_languages_are_the_sites_own_and_the_likely_ones(production: dict[str, Any]) -> None:
    assert [code for code, _ in production["LANGUAGES"]] == ["en-gb", *LIKELY]


# --- What refuses to start --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["tlh", "en-xa", "ar-xb"])
def test_a_language_that_nobody_reads_is_refused_and_named(python: Run, code: str) -> None:
    done = python("-c", "import django; django.setup()", **PRODUCTION, PHOENIX_LANGUAGES=f"pl,{code}")
    assert done.returncode != 0
    assert f"PHOENIX_LANGUAGES names languages that are not known: {code}." in done.stderr


def test_without_a_secret_key_nothing_starts_and_production_is_the_default(python: Run) -> None:
    done = python("manage.py", "check")
    assert done.returncode != 0
    assert "PHOENIX_SECRET_KEY" in done.stderr


def test_the_server_program_is_as_strict(python: Run) -> None:
    done = python("-c", "import config.wsgi")
    assert done.returncode != 0
    assert "PHOENIX_SECRET_KEY" in done.stderr


def test_a_mistyped_face_does_not_start(python: Run) -> None:
    done = python("-c", "from django.conf import settings; settings.DEBUG", **PRODUCTION, PHOENIX_FACE="pubic")
    assert done.returncode != 0
    assert "pubic" in done.stderr


# --- What `check --deploy` says ---------------------------------------------------------------------------------


def found(text: str) -> list[str]:
    return re.findall(r"phoenix\.[EW]\d+", text)


def test_a_complete_installation_lacks_its_keys_and_what_people_confirm(python: Run, loaded_folder: Path) -> None:
    done = python("manage.py", "check", "--deploy", "--database", "default", **COMPLETE, DATA_DIR=str(loaded_folder))
    assert set(found(done.stdout + done.stderr)) == {"phoenix.E010", "phoenix.W020", "phoenix.W046"}, done.stderr


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


@pytest.mark.parametrize(
    ("setting", "variable"),
    [
        ("EMAIL_HOST", "PHOENIX_SMTP_HOST"),
        ("MAIL_FROM", "PHOENIX_MAIL_FROM"),
        ("MAIL_TO", "PHOENIX_MAIL_TO"),
        ("ADDRESS", "PHOENIX_ADDRESS"),
    ],
)
def test_what_is_missing_is_named(settings: Any, setting: str, variable: str) -> None:
    assert delivery_settings() == []
    setattr(settings, setting, "")
    [missing] = delivery_settings()
    assert (missing.id, missing.msg) == ("phoenix.E004", f"{variable} is not set.")


def test_the_checks_are_part_of_check_deploy(settings: Any) -> None:
    settings.MAIL_TO = ""
    settings.ADMINS = [("somebody", "somebody@phoenix.example")]
    told = ids(run_checks(include_deployment_checks=True))
    assert {"phoenix.E001", "phoenix.E003", "phoenix.E004"} <= set(told)
    assert not {"phoenix.E001", "phoenix.E003", "phoenix.E004"} & set(ids(run_checks()))


def test_what_could_carry_words_out_of_the_house_is_an_error(settings: Any) -> None:
    settings.DEMO = False
    assert ids(privacy_settings()) == []
    settings.ADMINS = [("somebody", "somebody@phoenix.example")]
    assert ids(privacy_settings()) == ["phoenix.E001"]
    settings.ADMINS = []
    settings.MANAGERS = [("somebody", "somebody@phoenix.example")]
    assert ids(privacy_settings()) == ["phoenix.E001"]
    settings.MANAGERS = []
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    assert ids(privacy_settings()) == ["phoenix.E002"]


def test_the_demonstration_does_not_pass_for_the_real_thing(settings: Any) -> None:
    assert settings.DEMO
    assert ids(privacy_settings()) == ["phoenix.E003"]


def test_every_error_says_what_to_do(settings: Any) -> None:
    settings.ADMINS = [("somebody", "somebody@phoenix.example")]
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    settings.MAIL_TO = ""
    messages = privacy_settings() + delivery_settings()
    assert len(messages) == 4
    assert all(message.hint for message in messages)


# --- What the project is made of --------------------------------------------------------------------------------


def test_it_is_wagtail_8_on_django_5_2() -> None:
    assert wagtail.VERSION[:2] == (8, 0)
    assert django.VERSION[:2] == (5, 2)


def test_the_folder_of_the_wiring_does_not_hide_the_standard_library() -> None:
    assert not (ROOT / "site/__init__.py").exists()
    assert not str(site.__file__).startswith(str(ROOT / "site"))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


REQUIREMENTS = sorted(file.name for file in ROOT.glob("requirements*.txt"))


def test_there_are_requirements_for_running_and_for_working() -> None:
    assert {"requirements.txt", "requirements-dev.txt"} <= set(REQUIREMENTS)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.M).strip())
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^ ]+ ", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("name", [*REQUIREMENTS, "package-lock.json"])
def test_a_lock_does_not_say_where_its_packages_come_from(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b", text, re.M)
    assert not re.search(r"@ (file|git|https?)", text)
    assert '"resolved"' not in text
    if name.endswith(".txt"):
        assert "://" not in text
