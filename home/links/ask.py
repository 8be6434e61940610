"""Asks other sites whether an address still answers: politely, a few at once, and never one of our own network.

Only the command `check_links` imports this (.importlinter): nothing that a reader or an editor does reaches out.
"""

import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    HTTPError,
    LocationParseError,
    MaxRetryError,
    NewConnectionError,
    SSLError,
)
from urllib3.exceptions import TimeoutError as NoAnswerInTime

from home.models import LinkCheck

Outcome = LinkCheck.Outcome
#: So many sites are asked at the same time, each of them one address after another with a pause between.
AT_ONCE = 4
PAUSE = 1.0
TIMEOUT = 15.0
MOST_REDIRECTS = 6
REDIRECTS = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}
#: Sites that are there and turn programs away: somebody has to look.
SHY = {401, 403, 405, 406, 418, 429, 451}


class PrivateAddress(HTTPError):
    """A name that leads to a machine which the public internet does not reach."""


@dataclass(frozen=True)
class Answer:
    """How one address answered."""

    address: str
    outcome: Outcome
    status: int | None = None
    moved_to: str = ""


class Asker:
    """Asks addresses with one set of manners."""

    def __init__(
        self,
        agent: str,
        *,
        private: bool = False,
        timeout: float = TIMEOUT,
        pause: float = PAUSE,
        ca: str | None = None,
    ) -> None:
        self.pause = pause
        # Answers are not read, so that nobody can send us a large one; redirects are followed here, to tell of them.
        self.pools = urllib3.PoolManager(
            headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.5"},
            timeout=urllib3.Timeout(total=timeout),
            retries=False,
            ca_certs=ca,
        )
        if not private:
            self.pools.pool_classes_by_scheme = {"http": PublicHTTPPool, "https": PublicHTTPSPool}

    def ask_all(self, addresses: Iterable[str]) -> Iterator[Answer]:
        """Ask all; answers come as they arrive. Each site is asked by one thread alone."""
        sites = defaultdict(list)
        for address in addresses:
            sites[site_of(address)].append(address)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for done in as_completed([threads.submit(self.ask_site, site) for site in sites.values()]):
                yield from done.result()

    def ask_site(self, addresses: list[str]) -> list[Answer]:
        """Ask the addresses of one site, one after another."""
        answers = []
        for place, address in enumerate(addresses):
            if place:
                time.sleep(self.pause)
            answers.append(self.ask(address))
        return answers

    def ask(self, address: str) -> Answer:
        """Ask one address and follow where it leads."""
        here, has_moved = address, False
        try:
            for _ in range(MOST_REDIRECTS):
                status, to = self.fetch(here)
                if status not in REDIRECTS or not to:
                    return Answer(address, outcome_of(status, has_moved), status, here if has_moved else "")
                has_moved = has_moved or (here == address and status in FOR_GOOD)
                here = urljoin(here, to)
                if urlsplit(here).scheme not in ("http", "https"):
                    return Answer(address, Outcome.BROKEN, status)
        except HTTPError as error:
            return Answer(address, outcome_of_error(error))
        except (ValueError, UnicodeError):  # nothing that can be asked
            return Answer(address, Outcome.BROKEN)
        return Answer(address, Outcome.BROKEN, status)  # it leads round in circles

    def fetch(self, address: str) -> tuple[int, str]:
        """The status of an answer, and where it leads. HEAD first; many sites answer rightly to GET alone."""
        status, to = self.send("HEAD", address)
        return (status, to) if status < 400 else self.send("GET", address)

    def send(self, method: str, address: str) -> tuple[int, str]:
        answer = self.pools.request(method, address, redirect=False, preload_content=False)
        try:
            return answer.status, answer.headers.get("Location", "")
        finally:
            answer.close()


def site_of(address: str) -> str:
    """The host that an address is asked of; what has none stands by itself."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def outcome_of(status: int, has_moved: bool) -> Outcome:
    if status < 400:
        return Outcome.MOVED if has_moved else Outcome.FINE
    return Outcome.SHY if status in SHY else Outcome.BROKEN


def outcome_of_error(error: HTTPError) -> Outcome:
    """What an exception of urllib3 means to people."""
    reason: Any = error.reason if isinstance(error, MaxRetryError) else error
    if isinstance(reason, PrivateAddress):
        return Outcome.PRIVATE
    if isinstance(reason, SSLError):
        return Outcome.TLS
    if isinstance(reason, LocationParseError):
        return Outcome.BROKEN
    if isinstance(reason, NoAnswerInTime) and not isinstance(reason, NewConnectionError):
        return Outcome.TIMEOUT
    return Outcome.UNREACHABLE


def refuse_private(address: str) -> None:
    """Raise PrivateAddress for what is not on the public internet: loopback, private, link-local and their like."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    if not (mapped or found).is_global or found.is_multicast:
        raise PrivateAddress(address)


class PublicOnly:
    """Looks at the addresses of a name before it connects, and at what it is connected to before it says anything.

    The second look is for names that lead elsewhere when they are asked again.
    """

    def _new_conn(self) -> socket.socket:
        connection: Any = self
        try:
            addresses = socket.getaddrinfo(connection.host.strip("[]"), connection.port, type=socket.SOCK_STREAM)
        except OSError:
            addresses = []  # urllib3 says it in its own way
        for *_, where in addresses:
            refuse_private(str(where[0]))
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        try:
            refuse_private(made.getpeername()[0])
        except BaseException:
            made.close()
            raise
        return made


class PublicHTTPConnection(PublicOnly, HTTPConnection):
    """HTTP to the public internet alone."""


class PublicHTTPSConnection(PublicOnly, HTTPSConnection):
    """HTTPS to the public internet alone."""


class PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = PublicHTTPConnection


class PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = PublicHTTPSConnection
