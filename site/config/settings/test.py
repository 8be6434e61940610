"""Settings of the test suite: the demonstration's, in a folder of its own that is thrown away."""

import os
import tempfile

if "PHOENIX_TEST_DIR" not in os.environ:
    os.environ["PHOENIX_TEST_DIR"] = tempfile.mkdtemp(prefix="phoenix-test-")
# Workers of pytest-xdist share nothing.
os.environ["DATA_DIR"] = os.path.join(os.environ["PHOENIX_TEST_DIR"], os.environ.get("PYTEST_XDIST_WORKER", ""))
os.environ["PHOENIX_PSEUDO_LANGUAGES"] = "true"

from config.settings.demo import *  # noqa: F403 (the environment had to be set first)

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The pages are tested against the collected files when the real site runs; here the names are enough.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A worker's database is a copy of one that the commands made (tests/conftest.py); it needs tables and no migrations.
DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False  # noqa: F405
WHITENOISE_AUTOREFRESH = True
