"""Log lines cannot carry what a person told us, whatever goes wrong with it."""

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client

from config.logs import BareFormatter

CANARY = "canary violet teapot"
HERE = Path(__file__).name


def raise_with_words() -> None:
    """Three exceptions, each with the words in it, as chained as they come."""
    try:
        try:
            int(CANARY)
        except ValueError as first:
            raise KeyError(CANARY) from first
    except KeyError:
        raise RuntimeError(f"we were told: {CANARY}") from None


def record_of(error: BaseException, message: str = "It went wrong") -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__)
    return logging.LogRecord("phoenix.test", logging.ERROR, HERE, 1, message, None, exc_info)


@pytest.fixture
def error() -> Exception:
    with pytest.raises(RuntimeError) as caught:
        raise_with_words()
    caught.value.add_note(f"a note: {CANARY}")
    return caught.value


def test_of_an_exception_the_class_and_the_place_are_told_and_never_the_words(error: Exception) -> None:
    told = BareFormatter().format(record_of(error))
    assert CANARY not in told
    lines = told.splitlines()
    assert lines[0] == "ERROR phoenix.test: It went wrong"
    assert lines[-1] == "  RuntimeError"
    assert any(f"/{HERE}:" in line and line.endswith(" in raise_with_words") for line in lines)


def test_of_a_library_only_the_end_is_told() -> None:
    import yaml

    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load(f"[{CANARY}")
    told = BareFormatter().format(record_of(caught.value))
    assert CANARY not in told
    assert told.count("site-packages") == 1
    assert HERE in told


def test_words_that_another_handler_wrote_into_the_record_are_not_taken_over(error: Exception) -> None:
    record = record_of(error)
    assert CANARY in logging.Formatter().format(record)
    assert CANARY not in BareFormatter().format(record)


def test_a_message_made_of_the_words_of_an_exception_is_not_told(error: Exception) -> None:
    told = BareFormatter().format(record_of(error, message=f"It went wrong: {error}"))
    assert CANARY not in told
    assert "RuntimeError" in told


def test_an_exception_without_words_or_trace_is_no_trouble() -> None:
    assert BareFormatter().format(record_of(ValueError())).endswith("  ValueError")
    record = logging.LogRecord("phoenix.test", logging.ERROR, HERE, 1, "Nothing raised", None, (None, None, None))
    assert "Nothing raised" in BareFormatter().format(record)


# --- Through the logging that the site runs with ----------------------------------------------------------------


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handler writes, which in production is stdout."""
    handlers = logging.getLogger("phoenix").handlers  # pytest adds its own
    [handler] = [handler for handler in handlers if isinstance(handler.formatter, BareFormatter)]
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def test_whatever_is_logged_passes_the_bare_formatter(settings: Any) -> None:
    logging_ = settings.LOGGING
    assert {name: handler["formatter"] for name, handler in logging_["handlers"].items()} == {"stdout": "bare"}
    assert logging_["formatters"]["bare"]["()"] == "config.logs.BareFormatter"
    assert logging_["root"]["handlers"] == ["stdout"]
    for name, logger in logging_["loggers"].items():
        assert set(logger["handlers"]) <= {"stdout"}, name
    # Nothing goes on to a handler that somebody else put on the root.
    assert logging_["loggers"]["django"]["propagate"] is False


@pytest.mark.parametrize(
    ("exception", "status", "told"),
    [
        (ValueError(CANARY), 500, "ValueError"),
        (OperationalError(CANARY), 503, "OperationalError"),
        (SuspiciousOperation(CANARY), 400, "SuspiciousOperation"),
        (BadRequest(CANARY), 400, ""),
    ],
)
def test_an_error_on_a_public_path_leaves_no_word_in_the_log(
    site_of: Callable[..., None], log: io.StringIO, exception: Exception, status: int, told: str
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        assert request.POST["story"] == CANARY
        raise exception

    site_of({"page/": view})
    response = Client(raise_request_exception=False).post(
        f"/page/?q={CANARY}", {"story": CANARY}, headers={"user-agent": CANARY, "referer": f"https://x/{CANARY}"}
    )
    assert response.status_code == status
    assert CANARY not in log.getvalue()
    assert CANARY.replace(" ", "%20") not in log.getvalue()
    assert CANARY not in response.content.decode()
    assert told in log.getvalue()


def test_the_log_says_where_our_code_failed(site_of: Callable[..., None], log: io.StringIO) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise ValueError(CANARY)

    site_of({"page/": view})
    Client(raise_request_exception=False).get("/page/")
    assert "ERROR django.request: Internal Server Error: /page/" in log.getvalue()
    assert f"/{HERE}:" in log.getvalue()


def test_a_strange_host_is_answered_and_leaves_no_word(client: Client, log: io.StringIO) -> None:
    assert client.get("/", headers={"host": "canary.example"}).status_code == 400
    assert "canary" not in log.getvalue()


def test_a_concern_that_is_too_long_leaves_no_word(client: Client, log: io.StringIO) -> None:
    story = f"{CANARY} " * 20_000
    assert client.post("/tell-us/", {"story": story}).status_code == 413
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_an_unknown_page_is_not_worth_a_line(client: Client, log: io.StringIO) -> None:
    client.get("/no-such-page/?q=canary")
    assert log.getvalue() == ""


def test_the_server_program_keeps_no_list_of_visits() -> None:
    values: dict[str, Any] = {}
    exec(compile((Path(__file__).parents[2] / "gunicorn.conf.py").read_text(), "gunicorn.conf.py", "exec"), values)  # noqa: S102
    assert values["accesslog"] is None
    assert values["loglevel"] == "warning"
