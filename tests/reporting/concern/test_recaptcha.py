"""django-recaptcha's one function: off by default, never an obstacle, hands on no address."""

import http.server
import json
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from reporting.concern.recaptcha import Verdict, ask_recaptcha


def self_signed(folder: Path) -> Path:
    """A certificate and key for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "verify-server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def verify_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[list[dict[str, Any]]]:
    """A local verify server over TLS; what it was asked. It says yes to "person" and no to everything else."""
    asked: list[dict[str, Any]] = []

    class Verify(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            asked.append(fields)
            answer = json.dumps({"success": fields["response"] == ["person"]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            """Silent."""

    file = self_signed(tmp_path)
    server = http.server.HTTPServer(("127.0.0.1", 0), Verify)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "public", "private"
    settings.RECAPTCHA_DOMAIN = f"127.0.0.1:{server.server_port}"
    yield asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_is_off_by_default() -> None:
    assert ask_recaptcha("person") is Verdict.UNCHECKED


@pytest.mark.parametrize(("response", "verdict"), [("person", Verdict.PASSED), ("robot", Verdict.FAILED)])
def test_the_verify_server_decides(verify_server: list[dict[str, Any]], response: str, verdict: Verdict) -> None:
    assert ask_recaptcha(response) is verdict


def test_no_address_is_handed_on(verify_server: list[dict[str, Any]]) -> None:
    ask_recaptcha("person")
    assert verify_server == [{"secret": ["private"], "response": ["person"], "remoteip": [""]}]


def test_people_without_script_are_unchecked_not_refused(verify_server: list[dict[str, Any]]) -> None:
    assert ask_recaptcha("") is Verdict.UNCHECKED
    assert verify_server == []


def test_a_verify_server_that_is_down_is_no_error(settings: Any) -> None:
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "public", "private"
    settings.RECAPTCHA_DOMAIN = "127.0.0.1:9"
    assert ask_recaptcha("person") is Verdict.UNCHECKED
