"""Real servers for the link check: one that answers in each way a site can, and one whose certificate nobody knows."""

import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Site(ThreadingHTTPServer):
    """A site on this machine that remembers what it was asked, and by whom."""

    daemon_threads = True

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.at_once: Counter[str] = Counter()
        self.most_at_once = 0
        self.lock = threading.Lock()
        #: Set when a test is over, so that answers that are kept waiting come.
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        site = self.server
        with site.lock:
            site.asked.append((method, self.path))
            site.agents.add(self.headers["User-Agent"])
            site.at_once["now"] += 1
            site.most_at_once = max(site.most_at_once, site.at_once["now"])
        # Long enough for another that comes at the same time to be seen.
        site.over.wait(10 if self.path == "/slow" else 0.01)
        # Whoever has the answer may ask again, so it is over before the answer leaves.
        with site.lock:
            site.at_once["now"] -= 1
        self.reply(method, self.path)

    def reply(self, method: str, path: str) -> None:
        to = {"/moved": "/fine", "/for-now": "/fine", "/moved-and-gone": "/gone", "/round": "/round"}.get(path, "")
        if path == "/away":
            to = "ftp://files.example/"
        status = {"/gone": 404, "/shy": 403, "/broken": 500, "/for-now": 302, "/away": 301}.get(
            path, 301 if to else 200
        )
        if path == "/no-head" and method == "HEAD":
            status = 405
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.over.set()
    made.shutdown()
    made.server_close()


@pytest.fixture
def untrusted(tmp_path: Path) -> Iterator[Site]:
    """A site with HTTPS whose certificate it made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    plain = serialization.NoEncryption()
    file = tmp_path / "site.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    made = Site(file)
    yield made
    made.shutdown()
    made.server_close()
